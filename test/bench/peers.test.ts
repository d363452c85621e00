import { describe, expect, it } from 'vitest';
import { fullEffort, quickEffort } from '../../bench/effort.js';
import { problemFile } from '../../bench/native/problem-file.js';
import { foldedSystem, plainSystem } from '../../bench/plain-system.js';
import { loadProblem } from '../../bench/problems.js';
import { TooSlow } from '../../bench/race/contestant.js';
import { Deadline } from '../../bench/race/deadline.js';
import { derivativeOf } from '../../bench/race/derivative.js';
import { naiveContestant } from '../../bench/race/naive.js';
import { numericContestant, odexContestant } from '../../bench/race/npm.js';
import { ourContestants } from '../../bench/race/ours.js';
import { ladder } from '../../bench/tolerances.js';
import { digitsReached } from '../../bench/work-precision.js';
import { neuralForward, orego, pollu } from '../problems/index.js';
import { naiveDerivative } from '../tools/naive.js';
import { networkOf } from '../tools/network.js';

describe('a network as numbers', () => {
  it.each([pollu, orego, neuralForward(3), neuralForward(12)])(
    '$name has the derivative of the definition',
    ({ text }) => {
      const network = networkOf(text);
      const system = plainSystem(network);
      const y = system.initial.map((value, i) => value + 0.01 * (i + 1));
      const { value, magnitude } = naiveDerivative(
        network,
        network.reactions.map(({ rate }) => (rate.kind === 'number' ? rate.value : Number.NaN)),
        y,
      );
      derivativeOf(system)(0, y).forEach((slope, s) => {
        expect(Math.abs(slope - value[s])).toBeLessThanOrEqual(1e-13 * magnitude[s]);
      });
    },
  );

  it('folded, changes its unknowns as the whole does', () => {
    const network = networkOf(neuralForward(3).text);
    const [whole, folded] = [plainSystem(network), foldedSystem(network)];
    expect(folded.species.length).toBe(6);
    const all = derivativeOf(whole)(0, whole.initial);
    derivativeOf(folded)(0, folded.initial).forEach((slope, i) => {
      expect(slope).toBeCloseTo(all[folded.places[i]], 10);
    });
  });

  it('as the text that cvode.c reads', () => {
    const system = plainSystem(networkOf('init A = 2\n2 A ->{3} A + B\n∅ ->{4} B'));
    expect(problemFile(system, 10)).toBe('2 2 10\n2 0\n3 2 0 0 2 0 -1 1 1\n4 0 1 1 1\n');
    const odd = plainSystem(networkOf('init A = 2\nA -> B [rate 3*A^0.5]'));
    expect(() => problemFile(odd, 1)).toThrow(/an order is 0.5/);
  });
});

describe('contestants', () => {
  const defaults = ourContestants.find(({ name }) => name === 'default')!;
  it.each([defaults, odexContestant, numericContestant, naiveContestant])(
    '$name solves what is not stiff',
    async (solver) => {
      const problem = await loadProblem('brusselator');
      const { end, micros } = await solver.measure(problem, 1e-8, { ...quickEffort, seconds: 60 });
      expect(digitsReached(end, problem.reference)).toBeGreaterThan(5);
      expect(micros).toBeGreaterThan(0);
    },
  );

  it('end when their time is up', () => {
    const deadline = new Deadline(0);
    deadline.start();
    expect(() => {
      for (let call = 0; call < 1000; call++) deadline.check();
    }).toThrow(TooSlow);
  });
});

it('tolerances go down in half decades and keep powers of ten exact', () => {
  const steps = ladder(fullEffort, { coarse: false });
  expect(steps.length).toBe(17);
  expect(steps).toContain(1e-6);
  expect(steps[1]).toBeCloseTo(Math.sqrt(10) * 1e-3, 12);
  expect([...steps].sort((a, b) => b - a)).toEqual(steps);
});
