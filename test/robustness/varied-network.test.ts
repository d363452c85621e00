import { describe, expect, it } from 'vitest';
import { ringClock } from '../../src/circuits/index.js';
import { type Task, tasks } from '../../src/learning/index.js';
import { parameterValues, printNetwork, rateConstants, validateNetwork } from '../../src/network/index.js';
import {
  drawFactors,
  drawTask,
  type Variation,
  type Varied,
  variationSettings,
  variedNetwork,
  withFactors,
} from '../../src/robustness/index.js';
import { simulate } from '../../src/simulate/inlined.js';
import { networkOf } from '../tools/network.js';

const text = `param k = 2; param vary = 1
init A = 1; init B = 0.5
make[1]: A ->{k} C
make[2]: B + C ->{0.3} D + C
both: C <->{0.1}{0.2} E
A + B -> 2 B
phase one 1: make[*], both
phase two 2: both
dose A += 0.5 at two
`;

const varied = (vary: Varied | Variation | (Varied | Variation)[]) => {
  const variations = variationSettings(vary, 'network');
  return { ...variedNetwork(networkOf(text), variations), variations };
};
const everything: Varied[] = ['rates', 'initial', 'doses', 'jitter', 'leaks'];

describe('a network whose numbers vary', () => {
  it('does, undisturbed, what the given one does', async () => {
    const { network } = varied(everything);
    expect(validateNetwork(network).filter(({ severity }) => severity === 'error')).toEqual([]);
    const [one, other] = await Promise.all(
      [networkOf(text), network].map((each) => simulate(each, { to: 6 })),
    );
    expect(other.toCSV()).toBe(one.toCSV());
  });

  it('has a factor for every number, by name', () => {
    const { factors, network } = varied(everything);
    expect(factors.map(({ what, of }) => `${what} ${of}`)).toEqual([
      'rates make[1]',
      'rates make[2]',
      'rates both',
      'rates both (back)',
      'rates A + B -> 2 B',
      'initial A',
      'initial B',
      'doses A at two',
      'jitter one',
      'jitter two',
      'leaks make[2] without C',
      'leaks A + B -> 2 B without B',
    ]);
    // `vary` is taken.
    expect(factors[0].parameter).toBe('vary_[1]');
    expect(network.parameters.map(({ name }) => name).slice(0, 3)).toEqual(['k', 'vary', 'vary_[1]']);
  });

  it('by type: one factor for the labels of a family; without labels each its own', () => {
    const { factors } = varied({ what: 'rates', per: 'type' });
    expect(factors.map(({ of }) => of)).toEqual(['make', 'both', 'A + B -> 2 B']);
    const { network } = withOnes(factors.length, 0);
    const rates = rateConstants(network, parameterValues(network));
    expect([...rates]).toEqual([6, expect.closeTo(0.9, 12), 0.1, 0.2, 1]);
    function withOnes(count: number, which: number) {
      const made = varied({ what: 'rates', per: 'type' });
      return {
        network: withFactors(
          made,
          Array.from({ length: count }, (_, k) => (k === which ? 3 : 1)),
        ),
      };
    }
  });

  it('only what is asked for', () => {
    const of = (variation: Variation) => varied(variation).factors.map((factor) => factor.of);
    expect(of({ what: 'rates', only: ['make[*]'] })).toEqual(['make[1]', 'make[2]']);
    expect(of({ what: 'rates', only: ['both', 'make[1]'] })).toEqual(['make[1]', 'both', 'both (back)']);
    expect(of({ what: 'initial', only: ['B'] })).toEqual(['B']);
    expect(of({ what: 'jitter', only: ['two'] })).toEqual(['two']);
    expect(() => varied({ what: 'rates', only: ['mak'] })).toThrow(/no reaction has the label "mak"/);
    expect(() => varied({ what: 'initial', only: ['Q'] })).toThrow(/there is no species "Q"/);
  });

  it('terms of one law go together', () => {
    const network = networkOf('A -> B\nA -> B\nA -> B');
    network.reactions[0].channel = { name: 'v', sign: 1 };
    network.reactions[2].channel = { name: 'v', sign: -1 };
    const { factors } = variedNetwork(network, variationSettings('rates', 'network'));
    expect(factors.map(({ of }) => of)).toEqual(['v', 'A -> B']);
  });

  it('leaks: a catalyst less on both sides, in the same phases, at the constant as drawn', () => {
    const made = varied('leaks');
    const network = withFactors(made, [0.01, 0.02]);
    const lines = printNetwork(network).split('\n');
    expect(lines).toContain('spontaneous[1]: B ->{vary_[1]*0.3} D');
    expect(lines).toContain('A ->{vary_[2]*1} B');
    expect(network.phases.map(({ active }) => active)).toEqual([
      ['make[*]', 'both', 'spontaneous[1]'],
      ['both'],
    ]);
    const rates = rateConstants(network, parameterValues(network));
    expect([...rates].slice(-2)).toEqual([expect.closeTo(0.003, 12), 0.02]);
    // Around a ring every reaction leaks into the next species.
    const ring = variedNetwork(ringClock().network, variationSettings('leaks', 'clock'));
    expect(printNetwork(ring.network)).toContain('spontaneous[1]: C[1] ->{vary[1]*clockRate} C[2]');
    expect(ring.factors.length).toBe(5);
  });

  it.each([
    ['nothing', 'network', /there is no "nothing"; there are rates, initial/],
    ['labels', 'network', /labels mean nothing to a network that is simulated; there are rates/],
    ['jitter', 'clock', /jitter mean nothing to a clock/],
    [[], 'network', /vary is empty/],
    [['rates', 'rates'], 'network', /rates are given twice/],
    [{ what: 'rates', spread: 'wide' }, 'network', /spread must be 'logNormal' or 'uniform', got "wide"/],
    [{ what: 'rates', per: 'kind' }, 'network', /per must be 'reaction' or 'type'/],
    [{ what: 'rates', sigma: -1 }, 'network', /sigma must be a finite number ≥ 0, got -1/],
    [{ what: 'rates', sigma: 1.5, spread: 'uniform' }, 'network', /sigma 1\.5: a uniform factor/],
    [{ what: 'labels', sigma: 1.5 }, 'task', /no more than all labels can be mistaken/],
  ])('refuses %j of a %s', (vary, kind, message) => {
    expect(() => variationSettings(vary as never, kind as never)).toThrow(RangeError);
    expect(() => variationSettings(vary as never, kind as never)).toThrow(message);
  });
});

describe('draws', () => {
  const draw = (vary: Varied | Variation, sigma: number, which: number, seed = 4) => {
    const { factors, variations } = varied(vary);
    return drawFactors(factors, variations, { sigma, seed, draw: which });
  };

  it('depend on seed and number, and grow with sigma from the same random numbers', () => {
    expect(draw('rates', 0.1, 3)).toEqual(draw('rates', 0.1, 3));
    expect(draw('rates', 0.1, 3)).not.toEqual(draw('rates', 0.1, 4));
    expect(draw('rates', 0.1, 3)).not.toEqual(draw('rates', 0.1, 3, 5));
    expect(draw('rates', 0, 3)).toEqual([1, 1, 1, 1, 1]);
    const [small, large] = [0.1, 0.3].map((sigma) => draw('rates', sigma, 3).map(Math.log));
    large.forEach((value, k) => {
      expect(value / small[k]).toBeCloseTo(3, 10);
    });
    // What else varies does not shift them.
    const { factors, variations } = varied(['initial', 'leaks', 'rates']);
    expect(drawFactors(factors, variations, { sigma: 0.1, seed: 4, draw: 3 }).slice(-5)).toEqual(
      draw('rates', 0.1, 3),
    );
  });

  it('are log-normal, uniform, and for leaks between 0 and twice their mean', () => {
    const many = (vary: Varied | Variation, sigma: number) =>
      Array.from({ length: 400 }, (_, k) => draw(vary, sigma, k)).flat();
    const logs = many('rates', 0.2).map(Math.log);
    const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
    const deviation = Math.sqrt(logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / logs.length);
    // 2000 numbers: standard errors of 0.0045 and 0.0032.
    expect(Math.abs(mean)).toBeLessThan(0.015);
    expect(Math.abs(deviation - 0.2)).toBeLessThan(0.011);
    const flat = many({ what: 'rates', spread: 'uniform' }, 0.2);
    expect(Math.min(...flat)).toBeGreaterThan(0.8);
    expect(Math.min(...flat)).toBeLessThan(0.81);
    expect(Math.max(...flat)).toBeLessThan(1.2);
    expect(Math.max(...flat)).toBeGreaterThan(1.19);
    const leaks = many('leaks', 1e-3);
    expect(Math.min(...leaks)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...leaks)).toBeLessThan(2e-3);
    expect(leaks.reduce((sum, value) => sum + value, 0) / leaks.length).toBeCloseTo(1e-3, 4);
  });

  it('noise on inputs and labels: of the rows that are learned from, by their own spread', () => {
    const task = tasks['linear-regression'].create();
    const noisy = (vary: Varied | Variation, sigma: number): Task =>
      drawTask(task, variationSettings(vary, 'task'), { sigma, seed: 0, draw: 0 });
    const moved = noisy('inputs', 0.1);
    expect(moved.validation).toEqual(task.validation);
    expect(moved.train.targets).toEqual(task.train.targets);
    const shifts = moved.train.inputs.flatMap((row, k) =>
      row.map((value, j) => value - task.train.inputs[k][j]),
    );
    // Inputs between 1 and 5 have a deviation of about 1.15.
    const size = Math.sqrt(shifts.reduce((sum, shift) => sum + shift ** 2, 0) / shifts.length);
    expect(size).toBeGreaterThan(0.09);
    expect(size).toBeLessThan(0.14);
    const one = noisy({ what: 'inputs', only: ['x2'] }, 0.1).train.inputs;
    expect(
      one.every((row, k) => row[0] === task.train.inputs[k][0] && row[1] !== task.train.inputs[k][1]),
    ).toBe(true);
    expect(noisy('labels', 0.1).train.inputs).toEqual(task.train.inputs);
    expect(noisy('labels', 0.1).train.targets.some((label, k) => label !== task.train.targets[k])).toBe(true);
  });

  it.each(['xor', 'iris'] as const)('labels of classes are mistaken for others: %s', (name) => {
    const task = tasks[name].create();
    const at = (sigma: number) =>
      drawTask(task, variationSettings('labels', 'task'), { sigma, seed: 1, draw: 2 }).train.targets;
    const { targets } = task.train;
    const mistaken = (labels: number[]) =>
      labels.filter((label, k) => label !== targets[k]).length / labels.length;
    expect(mistaken(at(0))).toBe(0);
    expect(mistaken(at(1))).toBe(1);
    expect(mistaken(at(0.3))).toBeGreaterThan(0.15);
    expect(mistaken(at(0.3))).toBeLessThan(0.45);
    expect(new Set(at(0.3))).toEqual(new Set(targets));
  });
});
