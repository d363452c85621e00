import { describe, expect, it } from 'vitest';
import {
  checkCriteria,
  criteriaText,
  meets,
  namedMeasure,
  parseCriteria,
  reportMeasures,
  solutionMeasure,
} from '../../src/robustness/index.js';
import { simulate } from '../../src/simulate/inlined.js';
import { networkOf } from '../tools/network.js';

const known = (name: string) => {
  if (!'abc'.includes(name)) throw new RangeError(`no ${name}`);
  return (outcome: Record<string, number>) => outcome[name];
};

describe('conditions', () => {
  it.each([
    ['a < 0.2', { below: 0.2 }],
    ['a<=-2e3', { atMost: -2000 }],
    ['a > 1.5x', { above: { times: 1.5 } }],
    ['a >= .95 x', { atLeast: { times: 0.95 } }],
    ['a within 10%', { within: 0.1 }],
    ['a in 0.9..1.1', { atLeast: 0.9, atMost: 1.1 }],
    ['a in -1 .. 1', { atLeast: -1, atMost: 1 }],
  ])('%s', (text, bounds) => {
    const [criterion, ...others] = parseCriteria(text, known);
    expect(others).toEqual([]);
    expect(criterion).toEqual({ name: 'a', of: expect.any(Function), ...bounds });
    expect(criterion.of({ a: 7 })).toBe(7);
  });

  it('are joined by "and", those of one name into one, and read back from their text', () => {
    const text = 'a > 1 and b within 20% and a < 2x';
    const criteria = parseCriteria(text, known);
    expect(criteria.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(criteriaText(criteria)).toBe('a > 1 and a < 2x and b within 20%');
    expect(criteriaText(parseCriteria(criteriaText(criteria), known))).toBe(criteriaText(criteria));
  });

  it.each([
    ['a', /"a" is no condition; write NAME < 0\.2/],
    ['a = 3', /is no condition/],
    ['a < b', /is no condition/],
    ['a within 10', /is no condition/],
    ['', /"" is no condition/],
    ['a < 1 and a < 2', /a has such a bound already/],
    ['d < 1', /no d/],
  ])('refused: %s', (text, message) => {
    expect(() => parseCriteria(text, known)).toThrow(RangeError);
    expect(() => parseCriteria(text, known)).toThrow(message);
  });

  it('hold or do not, at the bound itself too, and never for what is no number', () => {
    expect(meets(2, { below: 2 }, 1)).toBe(false);
    expect(meets(2, { atMost: 2 }, 1)).toBe(true);
    expect(meets(2, { above: 2 }, 1)).toBe(false);
    expect(meets(2, { atLeast: 2 }, 1)).toBe(true);
    expect(meets(2.9, { below: { times: 3 } }, 1)).toBe(true);
    expect(meets(-1.125, { within: 0.125 }, -1)).toBe(true);
    expect(meets(-1.126, { within: 0.125 }, -1)).toBe(false);
    expect(meets(5, { atLeast: 1, atMost: 3 }, 1)).toBe(false);
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY])
      expect(meets(value, { above: 0 }, 1)).toBe(false);
  });

  it('made by hand are checked', () => {
    const of = () => 1;
    expect(() => checkCriteria([])).toThrow(/measure is empty/);
    expect(() => checkCriteria([{ name: 'x', of }])).toThrow(/x has no bound/);
    expect(() => checkCriteria([{ name: '', of, above: 1 }])).toThrow(/needs a name/);
    expect(() => checkCriteria([{ name: 'x', of: 3 as never, above: 1 }])).toThrow(
      /x\.of must be a function/,
    );
    expect(() => checkCriteria([{ name: 'x', of, above: Number.NaN }])).toThrow(/bounds of x must be finite/);
    expect(() => checkCriteria([{ name: 'x', of, within: -1 }])).toThrow(/within of x/);
    const twice = { name: 'x', of, above: 1 };
    expect(() => checkCriteria([twice, twice])).toThrow(/x is given twice/);
  });
});

describe('what is measured', () => {
  it('of a simulation: ends, extremes, means over time, periods; dual rails and observables', async () => {
    const network = {
      ...networkOf('init A = 4; init `Z+` = 3; init `Z-` = 1\nA ->{1} B\n`Z+` ->{0} B'.replaceAll('`', '')),
      observables: [
        {
          name: 'all',
          terms: [
            { species: 0, value: 1 },
            { species: 3, value: 2 },
          ],
        },
      ],
    };
    const solution = await simulate(network, { to: 2, save: 400, rtol: 1e-9 });
    const of = (name: string) => solutionMeasure(network)(name)(solution);
    expect(of('A')).toBeCloseTo(4 * Math.exp(-2), 7);
    expect(of('final(A)')).toBe(of('A'));
    expect(of('max(A)')).toBe(4);
    expect(of('min(B)')).toBe(0);
    expect(of('mean(A)')).toBeCloseTo(2 * (1 - Math.exp(-2)), 4);
    expect(of('Z')).toBe(2);
    expect(of('all')).toBeCloseTo(4 * Math.exp(-2) + 2 * 4 * (1 - Math.exp(-2)), 7);
    expect(of('period(A)')).toBeNaN();
  });

  it('a period, from the rows', async () => {
    // A harmonic oscillator around 1 with the period 2π/2, from two explicit laws.
    const network = networkOf(
      'init X = 1.5; init Y = 1\n-> X [rate 2*Y]\nX -> [rate 2]\nY -> [rate 2*X]\n-> Y [rate 2]',
    );
    const solution = await simulate(network, { to: 30, save: 3000, rtol: 1e-9 });
    expect(solutionMeasure(network)('period(X)')(solution)).toBeCloseTo(Math.PI, 4);
  });

  it('refuses what there is not', () => {
    const network = networkOf('A -> B');
    expect(() => solutionMeasure(network)('final(C)')).toThrow(
      /"final\(C\)" cannot be taken from the network; it is about/,
    );
    expect(() => solutionMeasure(network)('last(A)')).toThrow(/there are final\(…\), min\(…\)/);
    expect(() => namedMeasure(reportMeasures, 'a training run')('los')).toThrow(
      /a training run has no "los"; did you mean `loss`/,
    );
  });
});
