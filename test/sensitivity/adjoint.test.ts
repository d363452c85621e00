import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Network, type SimulateOptions, type Solution, simulate } from '../../src/index.js';
import {
  createGradientSimulator,
  type GradientOptions,
  type LossGradient,
  lossGradient,
  sensitivities,
} from '../../src/sensitivity/index.js';
import { neuralForward, referenceProblems } from '../problems/index.js';
import { allQuantities } from '../tools/differences.js';
import { networkOf } from '../tools/network.js';
import { randomNetwork } from '../tools/random-network.js';
import { saveAt, scheduled } from './examples.js';

/** A sum of all saved concentrations with weights that have nothing to do with each other. */
function weighed(solution: Solution): { loss: number; cotangents: number[] } {
  const cotangents: number[] = [];
  let loss = 0;
  for (let i = 0; i < solution.times.length; i++) {
    solution.row(i).forEach((value, s) => {
      const weight = Math.cos(1 + 3 * i + 7 * s);
      loss += weight * value;
      cotangents.push(weight);
    });
  }
  return { loss, cotangents };
}

/** The derivative of a gradient by the name of a quantity. */
function of(gradient: LossGradient, network: Network, quantity: string): number {
  const [kind, rest] = [quantity.slice(0, quantity.indexOf(':')), quantity.slice(quantity.indexOf(':') + 1)];
  if (kind === 'rate') return gradient.constants[Number(rest) - 1];
  if (kind === 'dose') return gradient.doses[Number(rest) - 1];
  if (kind === 'init') return gradient.initial[network.species.findIndex(({ name }) => name === rest)];
  return gradient.parameters[quantity];
}

/** The rate constant that a quantity is, where it is a number. */
function rateOf(network: Network, quantity: string): number {
  const rate = quantity.startsWith('rate:')
    ? network.reactions[Number(quantity.slice(5)) - 1].rate
    : undefined;
  return rate?.kind === 'number' ? rate.value : 1;
}

/** Compares the gradient of the weighed sum with forward sensitivities of the same steps. */
async function compare(network: Network, options: GradientOptions, tolerance = 1e-10): Promise<LossGradient> {
  const quantities = allQuantities(network);
  const { tapeBytes: _, ...run } = options;
  const forward = await sensitivities(network, { ...run, of: quantities, errorControl: 'state' });
  const gradient = await lossGradient(network, weighed, { ...options, errorControl: 'state' });
  const { cotangents, loss } = weighed(forward);
  expect(gradient.loss).toBe(loss);
  expect(gradient.stats).toEqual(forward.stats);
  const width = network.species.length;
  const largest = Math.max(...Array.from(forward.times, (_, i) => Math.max(...forward.row(i))));
  for (const quantity of quantities) {
    let wanted = 0;
    let size = 0;
    for (let i = 0; i < forward.times.length; i++) {
      forward.sensitivityRow(i, quantity).forEach((value, s) => {
        wanted += value * cotangents[i * width + s];
        size += Math.abs(value);
      });
    }
    // Rounding is that of the concentrations, which a constant's derivative is a part of, by the constant.
    const rounding = (1e-14 * largest) / (rateOf(network, quantity) || 1);
    const off = Math.abs(of(gradient, network, quantity) - wanted);
    expect(off, quantity).toBeLessThanOrEqual(tolerance * size + rounding);
  }
  return gradient;
}

describe('the gradient is the transpose of forward sensitivities', () => {
  it.each(['rodas5p', 'rodas4', 'tsit5', 'auto'] as const)('%s', async (method) => {
    const network = networkOf(
      'param k = 0.7, c = 2; init A = 2; A ->{k*c} B; 2 B ->{c} A + C; C ->{exp(-c)} ∅',
    );
    await compare(network, { to: 6, saveAt, method });
  });

  it.each(Object.entries(scheduled))('with %s', async (_, text) => {
    await compare(networkOf(text), { saveAt });
  });

  it.each(referenceProblems.filter(({ name }) => name !== 'e5'))(
    'of $name',
    async ({ text, ends: [{ to }] }) => {
      const options = { to, saveAt: [to / 1e3, to / 7, to / 2, to], atol: 1e-10, maxSteps: 4000 };
      // Rates of up to 1e9 multiply what rounding leaves of a radical's own derivative.
      await compare(networkOf(text), options, 1e-7);
    },
  );

  it('of random networks, and with the same bits in both engines', async () => {
    await fc.assert(
      fc.asyncProperty(randomNetwork(), async ({ network }) => {
        const options: SimulateOptions = { to: 0.3, saveAt: [0, 0.07, 0.3], maxSteps: 300 };
        const runs = await simulate(network, options).then(
          () => true,
          () => false,
        );
        // Laws of one's own may use up what is not there, or make it without bound.
        if (!runs) return;
        const wasm = await compare(network, options);
        const js = await lossGradient(network, weighed, { ...options, engine: 'js', errorControl: 'state' });
        expect(js).toEqual(wasm);
      }),
      { seed: 20_260_701, numRuns: 25 },
    );
  });
});

describe('the tape', () => {
  const network = networkOf(scheduled['phases that start at crossings']);

  it('that holds few states gives the same gradient from those between', async () => {
    const whole = await compare(network, { saveAt });
    for (const tapeBytes of [2000, 1]) {
      const again = await lossGradient(network, weighed, { saveAt, tapeBytes, errorControl: 'state' });
      expect(again).toEqual(whole);
    }
  });

  it('is taken from the kernel in pieces', async () => {
    // Some ten thousand steps of three unknowns: more than the kernel's buffer holds.
    const small = networkOf('init X = 1, Y = 3.1; -> X; X ->{3} Y; 2 X + Y -> 3 X; X -> ∅; X -> X + Z');
    await compare(small, { to: 3, saveAt: [1, 3], fixedStep: 3e-4, method: 'tsit5' });
  });
});

describe('losses', () => {
  const text = 'param k = 0.5; init A = 1; A ->{k} B; B ->{0.2} C';

  it('of measurements are half the sum of squares, with σ and without what was not measured', async () => {
    const network = networkOf(text);
    const times = [3, 1, 1];
    const values = { A: [0.2, 0.6, Number.NaN], B: [Number.NaN, 0.3, 0.4] };
    const data = { times, values, sigma: { A: 0.1, B: [1, 0.5, 2] } };
    const sharp = { to: 3, saveAt: [1, 3], rtol: 1e-12, atol: 1e-14 };
    const at = async (k: number) => {
      const solution = await simulate(network, { ...sharp, parameters: { k } });
      const [A, B] = [solution.column('A'), solution.column('B')];
      const residuals = [(A[1] - 0.2) / 0.1, (A[0] - 0.6) / 0.1, (B[0] - 0.3) / 0.5, (B[0] - 0.4) / 2];
      return residuals.reduce((sum, r) => sum + 0.5 * r * r, 0);
    };
    const { loss, parameters } = await lossGradient(network, data, { rtol: 1e-11, atol: 1e-13 });
    expect(loss).toBeCloseTo(await at(0.5), 9);
    const slope = ((await at(0.5 + 1e-4)) - (await at(0.5 - 1e-4))) / 2e-4;
    expect(parameters.k).toBeCloseTo(slope, 5);
  });

  it('of observables', async () => {
    const network = networkOf(`${text}; observable sum = 2 A + C`);
    const data = { times: [2], values: { sum: [1] } };
    const found = await lossGradient(network, data, { rtol: 1e-11, atol: 1e-13 });
    const { final } = await simulate(network, { to: 2, rtol: 1e-11, atol: 1e-13 });
    expect(found.loss).toBeCloseTo(0.5 * (2 * final.A + final.C - 1) ** 2, 10);
  });

  it('a loss of another length is refused', async () => {
    const run = lossGradient(networkOf(text), () => ({ loss: 0, cotangents: [1, 2] }), {
      to: 1,
      saveAt: [1],
    });
    await expect(run).rejects.toThrow('the loss gave 2 cotangents; 1 saved times of 3 species need 3');
  });
});

describe('a gradient simulator', () => {
  it('gives for other constants what another network gives', async () => {
    const { text } = neuralForward(2);
    const network = networkOf(text);
    const options = { to: 1, saveAt: [0.5, 1], errorControl: 'state' } as const;
    const simulator = await createGradientSimulator(network, weighed, options);
    const constants = network.reactions.map((_, r) => 0.5 + (r % 3));
    const other = structuredClone(network);
    other.reactions.forEach((reaction, r) => {
      reaction.rate = { kind: 'number', value: constants[r] };
    });
    const initial = Object.fromEntries(network.species.map(({ name }, s) => [name, 0.1 * (s % 4)]));
    const wanted = await lossGradient(other, weighed, { ...options, initial });
    // By chance or by the last run nothing may be left over.
    simulator.run();
    expect(simulator.run({ constants, initial })).toEqual(wanted);
    expect(simulator.run({ constants: new Map(constants.entries()), initial })).toEqual(wanted);
    expect(() => simulator.run({ constants: [1] })).toThrow(
      /^constants has 1 entries, but the network has \d+ reactions$/,
    );
    expect(() => simulator.run({ constants: new Map([[0, -1]]) })).toThrow(
      'constants[0] must not be negative, but is -1',
    );
    expect(() => simulator.run({ constants: new Map([[9999, 1]]) })).toThrow(
      /^constants has the reaction 9999/,
    );
    simulator.dispose();
    expect(() => simulator.run()).toThrow('disposed');
  });

  it('trains the hundreds of constants of a network by their gradient', async () => {
    // Twenty species, each of which turns into every other: 380 constants, from one value for all to those of the data.
    const names = Array.from({ length: 20 }, (_, i) => `S${i}`);
    const text = (constant: (r: number) => number) => {
      const pairs = names.flatMap((a) => names.filter((b) => b !== a).map((b) => [a, b]));
      return `init S0 = 1\n${pairs.map(([a, b], r) => `${a} ->{${constant(r)}} ${b}`).join('\n')}`;
    };
    const times = [0.5, 1, 2, 4];
    const truth = await simulate(networkOf(text((r) => 0.02 * (1 + (r % 7)))), { to: 4, saveAt: times });
    const values = Object.fromEntries(names.map((name) => [name, truth.column(name)]));
    const network = networkOf(text(() => 0.05));
    const simulator = await createGradientSimulator(
      network,
      { times, values },
      { errorControl: 'state', rtol: 1e-5 },
    );
    const logs = new Float64Array(network.reactions.length).fill(Math.log(0.05));
    const losses: number[] = [];
    for (let step = 0; step < 60; step++) {
      const constants = logs.map(Math.exp);
      const { loss, constants: slopes } = simulator.run({ constants });
      losses.push(loss);
      for (let r = 0; r < logs.length; r++) logs[r] -= 40 * slopes[r] * constants[r];
    }
    simulator.dispose();
    expect(losses.at(-1)).toBeLessThan(0.05 * losses[0]);
    expect(losses.every((loss, i) => i === 0 || loss < losses[i - 1])).toBe(true);
  });

  it('steps are short enough for the gradient where the state stands still', async () => {
    const network = networkOf('param f = 2; init A = 0.2, B = 0.8; A <->{f}{0.5} B');
    const times = [0.2, 0.5, 1];
    const data = { times, values: { A: [0, 0, 0] } };
    const run = async (errorControl: 'full' | 'state') =>
      (await lossGradient(network, data, { to: 100, errorControl })).parameters.f;
    const wanted = times.reduce((sum, t) => sum + 0.2 * -0.08 * (1 - Math.exp(-2.5 * t)), 0);
    expect(Math.abs((await run('full')) / wanted - 1)).toBeLessThan(1e-4);
    expect(Math.abs((await run('state')) / wanted - 1)).toBeGreaterThan(1e-2);
  });
});

describe('pausing and cancelling', () => {
  it('tells how far it is, and stops on the way back', async () => {
    const { text, ends } = referenceProblems.find(({ name }) => name === 'repressilator')!;
    const fractions: number[] = [];
    const abort = new AbortController();
    const run = lossGradient(networkOf(text), weighed, {
      to: ends[0].to,
      rtol: 1e-10,
      atol: 1e-12,
      signal: abort.signal,
      onProgress: ({ fraction }) => {
        fractions.push(fraction);
        if (fraction > 0.6) abort.abort();
      },
    });
    await expect(run).rejects.toMatchObject({ name: 'SolveFailure', code: 'cancelled' });
    expect(fractions.every((fraction, i) => i === 0 || fraction >= fractions[i - 1])).toBe(true);
    expect(fractions.at(-1)).toBeGreaterThan(0.6);
  });
});
