import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import type { LayeredOptions } from '../../src/circuits/index.js';
import { parseNetwork, printNetwork, simulate } from '../../src/index.js';
import {
  bfcnnSystem,
  gateExamples,
  type LearnerSystem,
  lakinSystem,
  startingWeights,
  unitUniform,
  wideNormal,
} from '../../src/learning/index.js';

/** x1 + x2/2. */
const SUM = {
  inputs: [
    [1, 0],
    [0, 1],
    [1, 1],
  ],
  labels: [[1], [0.5], [1.5]],
};

const folder = fileURLToPath(new URL('../../examples/', import.meta.url));
const run = async (name: string, ...words: string[]) =>
  (await promisify(execFile)(process.execPath, [`${folder}${name}`, ...words], { timeout: 110_000 })).stdout;

describe('examples for Node, as their users run them', () => {
  beforeAll(() => {
    // They import the built package: `npm test` builds it first.
    expect(existsSync(`${folder}../dist/index.js`)).toBe(true);
  });

  test('a first simulation', async () => {
    const printed = await run('first-simulation.js');
    expect(printed).toMatch(/^time,A,B,C\n/);
    expect(printed).toMatch(/\d+ steps; at the end A = 0\.01786592/);
  });

  test('a parameter sweep finds where the oscillation sets in', async () => {
    const swings = [...(await run('parameter-sweep.js')).matchAll(/B = ([\d.]+) {2}swing of X ([\d.]+)/g)];
    expect(swings).toHaveLength(13);
    for (const [, B, swing] of swings) {
      if (Number(B) < 1.9) expect(Number(swing)).toBeLessThan(0.01);
      if (Number(B) > 2.1) expect(Number(swing)).toBeGreaterThan(1);
    }
  });

  test('networks at rest decide XOR from any start', async () => {
    const rows = [...(await run('steady-state.js')).matchAll(/(\d\d) -> ([\d.]+) \((\d)e-(\d+)\)/g)];
    expect(rows).toHaveLength(8);
    for (const [, bits, value, , exponent] of rows) {
      expect(Number(value) > 0.5).toBe(bits === '01' || bits === '10');
      expect(Number(exponent)).toBeGreaterThan(6);
    }
  });

  test('a CRN++ program finds the greatest common divisor', async () => {
    expect(await run('crnpp.js')).toMatch(/after 6 turns {2}a = 4\.00 {2}b = 4\.00\n$/);
    expect(await run('crnpp.js', '21', '14')).toMatch(/a = 7\.00 {2}b = 7\.00\n$/);
  });

  test('a sweep from a program, which goes on from its store', async () => {
    const out = mkdtempSync(join(tmpdir(), 'neural-crn-example-'));
    try {
      const first = await run('sweep/sweep.js', `${out}/`);
      expect(first).toMatch(/^0 of 13 cases are there\nB = 1\.00 {2}done {2}swing of X 0\.000\n/);
      const second = await run('sweep/sweep.js', `${out}/`);
      expect(second.replace(/^.*\n/, '')).toBe(first.replace(/^.*\n/, ''));
      expect(second).toMatch(/^13 of 13 cases are there\n/);
      expect(readFileSync(join(out, 'results.csv'), 'utf8').split('\n')).toHaveLength(15);
    } finally {
      rmSync(out, { recursive: true });
    }
  });

  test('training on a table', async () => {
    const printed = await run('train-on-csv.js');
    expect(printed).toContain('epoch 5');
    expect(Number(/R² of rows held back: ([\d.]+)/.exec(printed)?.[1])).toBeGreaterThan(0.9);
    expect(Number(/\(2, 3\): ([\d.]+)/.exec(printed)?.[1])).toBeCloseTo(9.4, 0);
  });

  test('a circuit with a clock inside', async () => {
    const printed = await run('clocked-circuit.js');
    expect(printed).toMatch(/22 species become 42; a turn takes 33\.5/);
    expect(printed).toContain('t =  33.5');
  });

  test('clocks and wrong constants: cooperative rings stand them, even autocatalytic ones do not', async () => {
    const lines = (await run('robust-clocks.js', '2')).trim().split('\n');
    expect(lines).toHaveLength(20);
    const successes = (clock: string, error: string) =>
      Number(lines.find((line) => line.startsWith(clock) && line.includes(error))?.match(/: (\d) of 2/)?.[1]);
    expect(successes('cooperative, 4', '±30 %')).toBe(2);
    expect(successes('ring, 4', '±5 %')).toBe(2);
    expect(successes('ring, 4', '±30 %')).toBe(0);
  });

  test('learning with few molecules, whose draws are kept', async () => {
    const kept = mkdtempSync(join(tmpdir(), 'neural-crn-example-'));
    try {
      const words = ['linear-regression', '30,100', '2', kept];
      const first = await run('robust-molecules.js', ...words);
      expect(first).toMatch(/^linear-regression: loss of rate equations 0\.12\d\n/);
      expect([...first.matchAll(/^ +(30|100) molecules: [012] of 2 \(/gm)]).toHaveLength(2);
      const files = readdirSync(kept);
      expect(files).toHaveLength(5);
      const [lost] = files;
      const figure = join(kept, 'figure.svg');
      expect(await run('robust-molecules.js', ...words, figure)).toBe(first);
      expect(readFileSync(figure, 'utf8')).toContain('molecules to a concentration of 1');
      rmSync(join(kept, lost));
      expect(await run('robust-molecules.js', ...words)).toBe(first);
      expect(existsSync(join(kept, lost))).toBe(true);
    } finally {
      rmSync(kept, { recursive: true });
    }
  });

  test('digits by molecules and by rate equations', async () => {
    const [head, before, after] = (await run('digits-molecules.js', '1', '1e4')).trim().split('\n');
    expect(head).toBe('examples,molecules,rate equations');
    expect(before).toMatch(/^0,([\d.]+),\1$/);
    expect(after).toMatch(/^1,/);
  });

  test('a BFCNN stops itself, as its twin', async () => {
    const printed = await run('bfcnn.js');
    expect(printed).toMatch(
      /^BFCNN 2-4-1, 4 copies, after Fan et al\., our reactions: 329 species, 969 reactions/,
    );
    const [, own, twin, outputs] =
      /after (\d+) steps, its twin after (\d+); outputs (.*)\n/.exec(printed) ?? [];
    expect(own).toBe(twin);
    expect(outputs.split(', ').map((text) => Math.round(Number(text)))).toEqual([0, 1, 1, 0]);
  });

  test('a pot without phases learns XOR', async () => {
    const printed = await run('one-pot.js');
    expect(printed).toMatch(
      /^One-pot 2-3-1, 4 copies, after Kang & Kim, our reactions: 194 species, 597 reactions/,
    );
    const outputs = /does not learn: (.*)\n/
      .exec(printed)?.[1]
      .split(', ')
      .map((text) => Math.round(Number(text)));
    expect(outputs).toEqual([0, 1, 1, 0]);
  });

  test('a spiking neuron learns and unlearns', async () => {
    const ratios = [...(await run('hebbian.js')).matchAll(/strong over others ([\d.]+) ([\d.]+)$/gm)];
    expect(ratios).toHaveLength(6);
    for (const [, before, after] of ratios) {
      expect(Number(before)).toBeGreaterThan(1);
      expect(Number(after)).toBeGreaterThan(1);
    }
  });

  test('a network trained to be bistable is', async () => {
    const rests = [...(await run('rncrn.js')).matchAll(/lies between ([\d.]+) and ([\d.]+)/g)];
    expect(rests.map(([, least]) => Math.round(Number(least)))).toEqual([1, 1, 5, 5]);
    for (const [, least, most] of rests) expect(Number(most) - Number(least)).toBeLessThan(0.02);
  });

  test('perceptrons learn the separable gates, weight perturbation XOR', async () => {
    const printed = await run('perceptrons.js');
    expect(printed).toContain('after Banda et al., our reactions: 24 species, 39 reactions, order 2');
    expect(printed).toContain('after Arredondo & Lakin, our reactions: 230 species, 714 reactions, order 2');
    const gates = [...printed.matchAll(/^ {2}(\w+): ([01]{4}), wanted ([01]{4})$/gm)];
    expect(gates).toHaveLength(15);
    for (const [, name, decided, wanted] of gates) expect(decided, name).toBe(wanted);
  });

  test('irises are told apart at any rates', async () => {
    const printed = await run('rate-independent.js');
    expect(printed).toContain('reduced none: 54 species, 40 reactions, rate-independent: true');
    expect(printed).toContain('16 reactions, rate-independent: true');
    expect(printed).toContain('8 reactions, rate-independent: true');
    expect(printed.match(/^rates \d: 150 of 150 flowers decided as digitally$/gm)).toHaveLength(3);
  });

  test('leaky rectifiers learn beside their twin', async () => {
    const printed = await run('leaky-relu.js');
    const epochs = [
      ...printed.matchAll(/^epoch \d+: outputs (.*); weights differ from the twin's by (.*)$/gm),
    ];
    expect(epochs).toHaveLength(3);
    for (const [, , apart] of epochs) expect(Number(apart)).toBeLessThan(1e-3);
    expect(epochs[2][1].split(', ').map((text) => Number(text) > 0.5)).toEqual([false, true, true, false]);
  });

  test('reactions are learned from a table', async () => {
    const printed = await run('learn-reactions.js');
    expect(printed).toMatch(/^6 courses of A, B, C, D, E\n/);
    for (const [reaction, constant] of [
      ['2 A -> B', 0.1],
      ['A -> C', 0.2],
      ['C -> D', 0.13],
      ['B + D -> E', 0.3],
    ] as const) {
      const found = printed.split('\n').find((line) => line.startsWith(`${reaction}: `));
      expect(Number(found?.slice(reaction.length + 2).split(' ')[0])).toBeCloseTo(constant, 2);
    }
  });

  test('an oscillator is designed, and goes on', async () => {
    const printed = await run('design-network.js');
    expect(printed).toMatch(/^\d+ of 36 reactions, error 0\.0[01]\d\n/);
    const [, low, high] = /X swings from ([\d.]+) to ([\d.]+)/.exec(printed) ?? [];
    expect(Number(high) - Number(low)).toBeGreaterThan(0.25);
  });
});

test.each([
  ['bfcnn-or.crn', () => bfcnnSystem, gateExamples.or, { sizes: [2, 1], batch: 4 }, 6, wideNormal],
  ['leaky-relu.crn', () => lakinSystem, SUM, { sizes: [2, 1], rate: 0.3 }, 1, unitUniform],
] as const)('%s is what the builder makes', (name, system, samples, options, seed, draw) => {
  const { network } = parseNetwork(readFileSync(`${folder}${name}`, 'utf8'));
  const weights = startingWeights(options.sizes, seed, draw);
  const built = (system() as LearnerSystem<LayeredOptions>).build({
    ...options,
    samples,
    weights,
    data: 'constants',
  });
  expect(printNetwork({ ...network!, simulation: {} })).toBe(printNetwork(built.network));
});

test.each(readdirSync(folder).filter((name) => name.endsWith('.crn')))('%s runs to its end', async (name) => {
  const { network, issues } = parseNetwork(readFileSync(`${folder}${name}`, 'utf8'));
  expect(issues).toEqual([]);
  expect((await simulate(network!)).status).toBe('done');
});
