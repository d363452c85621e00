import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseNetwork } from '../../src/network/index.js';
import { buildTime, neuralCrn, ready, Workplace } from './command.js';

const place = new Workplace();
const run = (args: string[]) => neuralCrn(['circuit', ...args], { cwd: place.path });
const read = (name: string) => readFileSync(place.at(name), 'utf8');

beforeAll(ready, buildTime);
afterAll(() => place.remove());

describe('circuit bfcnn', () => {
  test.each([
    [['--sizes', '2,2,1'], 83, 196],
    [['--sizes', '2,2,1', '--batch', '4'], 200, 565],
    [['--sizes', '2,2,1', '--examples', 'xor'], 200, 565],
    [['--sizes', '4,3,3'], 195, 507],
  ])('%j: %i species, %i reactions', async (args, species, reactions) => {
    const { code, stdout, stderr } = await run(['bfcnn', ...args, '--json', '-']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ species, reactions, maxMolecularity: 2 });
    expect(stderr).toContain(`${reactions} reactions, ${species} species, at most 2 molecules react at once`);
  });

  test('prints a step that simulate runs, and says what is not chemistry', async () => {
    const sizes = ['bfcnn', '--sizes', '2,2,1', '--x', '1,0', '--y', '1', '--seed', '3', '--tolerance', '0'];
    expect((await run([...sizes, '--crn', 'step.crn'])).code).toBe(0);
    const text = read('step.crn');
    expect(text).toMatch(
      /^# BFCNN 2-2-1, one copy, after Fan et al\., our reactions: 196 reactions, 83 species/,
    );
    expect(text).toContain('# A step: phases load, sum1, act1, sum2, act2, grad, judge, latch, update.\n');
    expect(text).toMatch(/^# Not chemistry: clock: an outside schedule/m);
    expect(text).toContain('\nparam x[1,1] = 1\n');
    expect(parseNetwork(text).issues).toEqual([]);
    const { stdout } = await neuralCrn(['simulate', 'step.crn', '--json', '-'], { cwd: place.path });
    const { species, times, concentrations } = JSON.parse(stdout);
    expect(times[times.length - 1]).toBe(180);
    const last = concentrations[concentrations.length - 1];
    const at = (name: string) => last[species.indexOf(name)];
    const value = (name: string) => at(`${name}+`) - at(`${name}-`);
    // The output of the weights that the seed drew.
    const first = concentrations[0];
    const w = (name: string) => first[species.indexOf(`${name}+`)] - first[species.indexOf(`${name}-`)];
    const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
    const hidden = [1, 2].map((j) => sigmoid(w(`W[1,${j},1]`) + w(`W[1,${j},0]`)));
    const z = w('W[2,1,1]') * hidden[0] + w('W[2,1,2]') * hidden[1] + w('W[2,1,0]');
    expect(at('A[2,1,1]')).toBeCloseTo(sigmoid(z), 4);
    // The bias of the output has moved by η(y − a)a(1 − a).
    const a = sigmoid(z);
    expect(value('W[2,1,0]') - w('W[2,1,0]')).toBeCloseTo(4 * (1 - a) * a * (1 - a), 4);
  });

  test('wholly by itself: 303 species, 738 reactions, no phases', async () => {
    const alone = ['--data', 'constants', '--cursor', '--clock', 'ring', '--clock-epsilon', '1e-6'];
    const { code, stdout } = await run([
      ...['bfcnn', '--sizes', '2,2,1', '--examples', 'xor', ...alone],
      ...['--gate', 'proxy', '--relays', 'first', '--json', '-', '--crn', 'alone.crn'],
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      species: 303,
      reactions: 738,
      maxMolecularity: 2,
      phases: [],
    });
    expect(read('alone.crn')).toMatch(
      /^# Driven by a ring clock, gate proxy: a step is a turn of 196\.\d, over when C\[25\] falls through/m,
    );
  });

  test('takes examples from a table', async () => {
    place.write('table.csv', 'a,b,y\n0,1,1\n1,1,0\n');
    const { code, stdout } = await run(['bfcnn', '--sizes', '2,1', '--examples', 'table.csv']);
    expect(code).toBe(0);
    expect(stdout).toContain('param x[2,1] = 1\n');
    expect(stdout).toContain('BFCNN 2-1, 2 copies');
  });
});

describe('circuit lakin', () => {
  test('one example after the other, 80 species and 203 reactions', async () => {
    const { stdout } = await run([
      ...['lakin', '--sizes', '2,2,1', '--examples', 'xor', '--data', 'constants', '--json', '-'],
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ species: 80, reactions: 203, maxMolecularity: 2 });
  });
});

describe('circuit one-pot', () => {
  test('XOR: 194 species, 597 reactions, no phases; simulate runs it', async () => {
    const { code, stdout } = await run([
      ...[
        'one-pot',
        '--sizes',
        '2,3,1',
        '--examples',
        'xor',
        '--seed',
        '1',
        '--json',
        '-',
        '--crn',
        'pot.crn',
      ],
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      species: 194,
      reactions: 597,
      maxMolecularity: 2,
      phases: [],
    });
    expect(read('pot.crn')).toMatch(/^# One-pot 2-3-1, 4 copies, after Kang & Kim, our reactions/);
    const csv = await neuralCrn(['simulate', 'pot.crn', '--to', '20', '--save', '1', '--csv', '-'], {
      cwd: place.path,
    });
    expect(csv.code).toBe(0);
  });
});

describe('circuits at rest, fields and spikes', () => {
  test('smooth rectifiers and sequestration perceptrons give the rectifier of a sum', async () => {
    for (const [name, output] of [
      ['smooth-relu', (1.5 + Math.sqrt(1.5 ** 2 + 0.2)) / 2],
      ['sequestration', 1.5],
    ] as const) {
      const { code } = await run([
        ...[name, '--sizes', '2,1', '--weights', '1,-0.5,0.25', '--x', '2,1.5', '--crn', 'rest.crn'],
      ]);
      expect(code).toBe(0);
      const { stdout } = await neuralCrn(['simulate', 'rest.crn', '--to', '40', '--json', '-'], {
        cwd: place.path,
      });
      const { species, concentrations } = JSON.parse(stdout);
      const last = concentrations[concentrations.length - 1];
      expect(last[species.indexOf('Y[1,1]')]).toBeCloseTo(output, 2);
    }
  });

  test('a field is trained, and told how well', async () => {
    const { code, stdout, stderr } = await run(['rncrn', '--field', 'bistable', '--start', '2.8']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# RNCRN with 1 visible species and 3 neurons, authors' reactions: 16 reactions/);
    expect(stderr).toMatch(/trained to one species that rests at 1 or at 5.*: off by 0\.0\d+ \(rms\)/);
  });

  test('a Hebbian neuron has its spikes as doses', async () => {
    const { code, stdout } = await run(['hebbian', '--task', 'bias', '--seed', '3', '--cooperativity', '2']);
    expect(code).toBe(0);
    const doses = Number(/^# Spikes: .*; (\d+) doses by seed 3\.$/m.exec(stdout)?.[1]);
    expect(parseNetwork(stdout).network?.doses).toHaveLength(doses);
    expect((await run(['hebbian', '--reversible', '--json', '-'])).stdout).toContain('"reactions": 56');
  });
});

describe('refusals', () => {
  test.each<[string[], RegExp]>([
    [['bfcn'], /there is no circuit "bfcn"\n {2}hint: did you mean `bfcnn`\?/],
    [
      ['perceptron'],
      /there is no circuit "perceptron"\n {2}hint: without a name it is a Neural CRN; .*bfcnn, lakin/,
    ],
    [['bfcnn'], /required option '--sizes/],
    [['bfcnn', '--sizes', '2'], /--sizes must be at least two numbers of neurons/],
    [['bfcnn', '--sizes', '2,1', '--slope', '0.1'], /unknown option '--slope'/],
    [
      ['bfcnn', '--sizes', '2,1', '--examples', 'xo'],
      /there is no gate "xo"\n {2}hint: did you mean `xor`\?/,
    ],
    [
      ['bfcnn', '--sizes', '3,1', '--examples', 'table.csv'],
      /table\.csv: error: has 3 columns; 3 inputs and 1 label/,
    ],
    [['bfcnn', '--sizes', '2,1', '--examples', 'xor', '--batch', '3'], /--examples must fill whole batches/],
    [['bfcnn', '--sizes', '2,1', '--examples', 'xor', '--x', '1,0'], /--examples and --x exclude each other/],
    [['bfcnn', '--sizes', '2,1', '--x', '1,0'], /--x needs the label it belongs to/],
    [
      ['bfcnn', '--sizes', '2,1', '--seed', '1', '--weights', '1,2,3'],
      /--seed and --weights exclude each other/,
    ],
    [
      ['bfcnn', '--sizes', '2,1', '--data', 'dosed', '--clock', 'ring'],
      /--clock: data 'dosed' comes in the middle/,
    ],
    [['one-pot', '--sizes', '2,1', '--softness', '0'], /--softness must be .*> 0/],
    [['one-pot', '--sizes', '2,1', '--forward', '--examples', 'or'], /--examples are for learning/],
    [['smooth-relu', '--sizes', '2,1', '--x', '1'], /--x needs 2 values, got 1/],
    [['rncrn', '--field', 'hopf', '--start', '1'], /--start needs 2 values, got 1/],
    [['hebbian', '--drive', '3'], /--drive belongs to the reversible form/],
    [['hebbian', '--seed', '3'], /--seed needs spike trains: add --task/],
    [
      ['hebbian', '--channels', '2', '--task', 'bias'],
      /--channels: the task has spike trains for 3, the neuron has 2/,
    ],
    [['bfcnn', '--sizes', '2,1', '--clock-epsilon', '1e-4'], /--clock-epsilon needs a clock/],
    [['--clock', 'coop', '--relays', 'first'], /--relays needs --gate proxy/],
    [['--inputs', '3', 'bfcnn', '--sizes', '2,1'], /--inputs stands before bfcnn and would be lost/],
  ])('%j ends with exit code 2', async (args, message) => {
    place.write('table.csv', 'a,b,y\n0,1,1\n1,1,0\n');
    const { code, stdout, stderr } = await run(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });
});
