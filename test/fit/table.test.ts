import { describe, expect, it } from 'vitest';
import { experimentsOf } from '../../src/fit/index.js';
import { parseCsv } from '../../src/learning/index.js';
import { networkOf } from '../tools/network.js';

const network = networkOf('param k = 1; init A = 1; A ->{k} B; observable sum = A + B');
const read = (text: string, from?: number) => experimentsOf(network, parseCsv(text, { header: true }), from);

describe('measurements from a table', () => {
  it('columns, gaps, standard deviations', () => {
    const [only, ...others] = read('time,A,sum,sigma:A\n0,1,,0.1\n2,,0.5,\n');
    expect(others).toEqual([]);
    expect(only.times).toEqual([0, 2]);
    expect(only.values).toEqual({ A: [1, Number.NaN], sum: [Number.NaN, 0.5] });
    expect(only.sigma).toEqual({ A: [0.1, 1] });
  });

  it('experiments in the order in which they appear, with what they differ by', () => {
    const found = read('experiment,time,A,init:B,param:k\nb,1,0.5,2,\na,1,0.7,,3\nb,2,0.4,2,\n');
    expect(found).toEqual([
      { name: 'b', times: [1, 2], values: { A: [0.5, 0.4] }, initial: { B: 2 } },
      { name: 'a', times: [1], values: { A: [0.7] }, parameters: { k: 3 } },
    ]);
  });

  it('a run may begin before 0', () => {
    expect(read('time,A\n-1,2\n', -1)[0].times).toEqual([-1]);
  });

  it.each([
    ['A\n1\n', 'there is no column "time"; there are A'],
    ['time\n1\n', 'there is no column of measurements'],
    ['time,A,X\n1,1,1\n', 'column "X" is not time, experiment, a species or observable'],
    ['time,A,sigma:B\n1,1,1\n', 'column "sigma:B": there is no measured column "B"'],
    ['time,A\n1,1\n2,x\n', 'line 3, column "A": "x" is not a finite number'],
    ['time,A\n1,1\n,1\n', 'line 3, column "time": the time is missing'],
    ['time,A\n1,1\n-2,1\n', 'line 3, column "time": -2 is before the run, which starts at 0'],
    [
      'time,A,sigma:A\n1,1,0\n',
      'line 2, column "sigma:A": the standard deviation is 0; it must be greater than 0',
    ],
    ['time,A,sigma:A\n1,1,\n', 'line 2, column "sigma:A": the standard deviation is missing'],
    ['time,A,init:B\n1,1,2\n2,1,3\n', 'line 3, column "init:B": 3 after 2'],
    ['time,A,init:B\n1,1,-2\n', 'line 2, column "init:B": -2 is no concentration: it must not be negative'],
    ['experiment,time,A\n,1,1\n', 'line 2, column "experiment": the experiment is missing'],
  ])('%j is refused', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});
