import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseNetwork } from '../../src/network/index.js';
import { buildTime, neuralCrn, ready, Workplace } from './command.js';
import { neuralCrnHere } from './here.js';

const place = new Workplace();
const run = (args: string[]) => neuralCrn(['circuit', ...args], { cwd: place.path });
/** For what is refused. */
const here = (args: string[]) => neuralCrnHere(['circuit', ...args], { cwd: place.path });
const read = (name: string) => readFileSync(place.at(name), 'utf8');
/** Where a file's run begins and ends: concentrations by name, and values of dual rails. */
async function ends(file: string, ...flags: string[]) {
  const { stdout } = await neuralCrn(['simulate', file, ...flags, '--json', '-'], { cwd: place.path });
  const { species, times, concentrations } = JSON.parse(stdout);
  const reader = (row: number[]) => {
    const at = (name: string) => row[species.indexOf(name)];
    return { at, value: (name: string) => at(`${name}+`) - at(`${name}-`) };
  };
  return { to: times.at(-1), first: reader(concentrations[0]), last: reader(concentrations.at(-1)) };
}

beforeAll(ready, buildTime);
afterAll(() => place.remove());

const alone = ['--data', 'constants', '--cursor', '--clock', 'ring', '--clock-epsilon', '1e-6'];

describe('sizes', () => {
  test.each<[string, string[], number, number]>([
    ['bfcnn', ['--sizes', '2,2,1'], 83, 196],
    ['bfcnn', ['--sizes', '2,2,1', '--batch', '4'], 200, 565],
    ['bfcnn', ['--sizes', '2,2,1', '--examples', 'xor'], 200, 565],
    ['bfcnn', ['--sizes', '4,3,3'], 195, 507],
    [
      'bfcnn',
      ['--sizes', '2,2,1', '--examples', 'xor', ...alone, '--gate', 'proxy', '--relays', 'first'],
      303,
      738,
    ],
    ['lakin', ['--sizes', '2,2,1', '--examples', 'xor', '--data', 'constants'], 80, 203],
    ['one-pot', ['--sizes', '2,3,1', '--examples', 'xor'], 194, 597],
    ['perturbation', ['--sizes', '2,3,1', '--examples', 'xor'], 230, 714],
    ['perceptron', [], 24, 39],
    ['hebbian', ['--reversible'], 20, 56],
  ])('%s %j: %i species, %i reactions', async (name, args, species, reactions) => {
    const { code, stdout, stderr } = await here([name, ...args, '--json', '-']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ species, reactions, maxMolecularity: 2 });
    expect(stderr).toContain(`${reactions} reactions, ${species} species, at most 2 molecules react at once`);
  });
});

describe('circuit bfcnn', () => {
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
    const {
      to,
      last: { at, value },
      first: { value: w },
    } = await ends('step.crn');
    expect(to).toBe(180);
    // The output of the weights that the seed drew.
    const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
    const hidden = [1, 2].map((j) => sigmoid(w(`W[1,${j},1]`) + w(`W[1,${j},0]`)));
    const z = w('W[2,1,1]') * hidden[0] + w('W[2,1,2]') * hidden[1] + w('W[2,1,0]');
    expect(at('A[2,1,1]')).toBeCloseTo(sigmoid(z), 4);
    // The bias of the output has moved by η(y − a)a(1 − a).
    const a = sigmoid(z);
    expect(value('W[2,1,0]') - w('W[2,1,0]')).toBeCloseTo(4 * (1 - a) * a * (1 - a), 4);
  });

  test('wholly by itself: no phases, and the file says when a step is over', async () => {
    const { stdout } = await run([
      ...['bfcnn', '--sizes', '2,2,1', '--examples', 'xor', ...alone],
      ...['--gate', 'proxy', '--relays', 'first', '--json', '-', '--crn', 'alone.crn'],
    ]);
    expect(JSON.parse(stdout).phases).toEqual([]);
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

describe('circuit one-pot', () => {
  test('--forward takes inputs as amounts, on the rails of their signs', async () => {
    const { code, stdout } = await here([
      ...['one-pot', '--sizes', '2,3,1', '--forward', '--x', '1,-0.5', '--input-rails', 'dual', '--quiet'],
    ]);
    expect(code).toBe(0);
    const begun = stdout.split('\n').filter((line) => line.startsWith('init A[0'));
    expect(begun).toEqual(['init A[0,1,1]+ = 1', 'init A[0,2,1]- = 0.5']);
  });

  test('has no phases; simulate runs it', async () => {
    const { stdout } = await run([
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
    expect(JSON.parse(stdout).phases).toEqual([]);
    expect(read('pot.crn')).toMatch(/^# One-pot 2-3-1, 4 copies, after Kang & Kim, our reactions/);
    expect((await ends('pot.crn', '--to', '20', '--save', '1')).to).toBe(20);
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
      const { last } = await ends('rest.crn', '--to', '40');
      expect(last.at('Y[1,1]')).toBeCloseTo(output, 2);
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
  });
});

describe('circuit perceptron', () => {
  test('a step that simulate runs', async () => {
    const example = ['--weights', '0.3,-0.2,0.4', '--rate', '0.6', '--x', '1,1', '--y', '0'];
    expect((await run(['perceptron', ...example, '--crn', 'step.crn'])).code).toBe(0);
    expect(read('step.crn')).toMatch(
      /^# Weight-loop perceptron of 2 inputs, after Banda et al\., our reactions: 39 reactions, 24 species/,
    );
    const { last } = await ends('step.crn');
    [0.2, 0.1, -0.4].forEach((weight, i) => {
      expect(last.value(`W[${i}]`)).toBeCloseTo(weight, 4);
    });
  });
});

describe('circuit perturbation', () => {
  test('stores the bits of a gate with signs', async () => {
    const { stdout } = await run([
      'perturbation',
      ...['--sizes', '2,3,1', '--examples', 'xor', '--seed', '1'],
    ]);
    expect(stdout).toContain(
      '# A step: 14 times the phases arrive, sum1, act1, sum2, act2, loss, compare, leave.\n',
    );
    expect(stdout).toContain('\nparam y[1,1] = 0.9\n');
    expect(stdout).toMatch(/^load\[1,1\]: Batch\[1\] ->\{.*\} A\[0,1,1\]- \+ Batch\[1\]$/m);
  });
});

describe('circuit rate-independent', () => {
  test('compiles a network that simulate runs to the digital outputs, whatever the rates', async () => {
    place.write(
      'net.json',
      JSON.stringify({
        layers: [
          {
            weights: [
              [1, -1],
              ['1/2', 1],
            ],
            biases: [0.5, -1],
          },
          {
            weights: [
              [1, -1],
              [-1, 1],
            ],
          },
        ],
      }),
    );
    const more = ['--x', '2,0.5', '--spread', '3', '--rate-seed', '5', '--crn', 'any.crn', '--json', '-'];
    const { code, stdout } = await run(['rate-independent', '--network', 'net.json', ...more]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      species: 12,
      reactions: 6,
      maxMolecularity: 2,
      phases: [{ name: 'settle' }],
    });
    const text = read('any.crn');
    expect(text).toMatch(/^# Rate-independent by structure: /m);
    // z = 2 and 0.5.
    expect(text).toMatch(/^# The digital network says y1 1\.5, y2 -1\.5: y1\.$/m);
    const { last } = await ends('any.crn');
    // Fractions are scaled, by 2.
    expect(last.value('Y[2,1]') / 2).toBeCloseTo(1.5, 3);
    expect(last.value('Y[2,2]') / 2).toBeCloseTo(-1.5, 3);
  });

  test('trains a network and keeps it', async () => {
    const train = ['--train', 'iris', '--epochs', '150', '--seed', '2', '--save-network', 'iris.json'];
    const { code, stdout } = await run(['rate-independent', ...train, '--x', '5.1,3.5,1.4,0.2']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# Trained digitally: 9\d(\.\d+)? % of 120 training rows right/m);
    expect(stdout).toMatch(/^# The digital network says .*: setosa\.$/m);
    const again = await run(['rate-independent', '--network', 'iris.json', '--x', '5.1,3.5,1.4,0.2']);
    const body = (text: string) => text.replace(/^#.*\n/gm, '');
    expect(body(again.stdout)).toBe(body(stdout));
  });

  test('trains on a table', async () => {
    const rows = Array.from(
      { length: 30 },
      (_, k) => `${k % 7},${(k * 3) % 5},${k % 7 > 3 ? 'big' : 'small'}`,
    );
    place.write('sizes.csv', `a,b,size\n${rows.join('\n')}\n`);
    const { code, stdout } = await run([
      'rate-independent',
      '--train',
      'sizes.csv',
      '--target',
      'size',
      '--hidden',
      '4',
      '--epochs',
      '300',
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# Trained digitally: 100 % of 30 training rows right/m);
  });
});

describe('refusals', () => {
  test.each<[string[], RegExp]>([
    [['bfcn'], /there is no circuit "bfcn"\n {2}hint: did you mean `bfcnn`\?/],
    [
      ['hopfield'],
      /there is no circuit "hopfield"\n {2}hint: without a name it is a Neural CRN; .*bfcnn, lakin, perturbation, perceptron, rate-independent/,
    ],
    [['perceptron', '--x', '0,2', '--y', '1'], /--x must be 2 of 0 and 1, got \[0,2\]/],
    [['perceptron', '--y', '1'], /--y needs the inputs it belongs to/],
    [['perceptron', '--weights', '1,2'], /--weights needs 3 values, got 2/],
    [['perturbation', '--sizes', '2,1', '--cursor'], /--cursor: a step learns from all examples/],
    [['rate-independent'], /a network is needed\n {2}hint: give --network with a file, or --train/],
    [
      ['rate-independent', '--network', 'net.json', '--train', 'iris'],
      /--network and --train exclude each other/,
    ],
    [['rate-independent', '--network', 'net.json', '--hidden', '3'], /--hidden belongs to --train/],
    [['rate-independent', '--network', 'table.csv'], /table\.csv: error: is no JSON/],
    [
      ['rate-independent', '--network', 'wrong.json'],
      /wrong\.json: layers\[1\]\.weights\[1\]\[2\] must be .*got 0\.123456789; round it first/,
    ],
    [['rate-independent', '--network', 'net.json', '--x', '1'], /--x must have 2 values, got 1/],
    [['rate-independent', '--network', 'net.json', '--rate-seed', '1'], /--rate-seed needs --spread/],
    [['rate-independent', '--train', 'irises'], /--train: there is no data set "irises"/],
    [['rate-independent', '--train', 'table.csv'], /--target is needed/],
    [['bfcnn'], /required option '--sizes/],
    [
      ['bfcnn', '--sizes', '10000,10000,10'],
      /--sizes make 100110010 weights, got 10000,10000,10; at most 200000/,
    ],
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
    [['one-pot', '--sizes', '2,1', '--forward', '--x', '1'], /--x must have 2 values, got 1/],
    [['one-pot', '--sizes', '2,1', '--forward', '--x', '1,-1'], /--x has -1, and inputs have one rail/],
    [['bfcnn', '--sizes', '2,1', '--x', '1,0', '--y', '1,1'], /--y must have 1 value, got 2/],
    [['one-pot', '--sizes', '2,1', '--softness', '0'], /--softness must be a number, greater than 0/],
    [
      ['one-pot', '--sizes', '2,1', '--forward', '--examples', 'or'],
      /--forward learns nothing, so --examples has no use/,
    ],
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
    place.write('net.json', '{"layers":[{"weights":[[1,-1]]}]}');
    place.write('wrong.json', '{"layers":[{"weights":[[1,0.123456789]]}]}');
    const { code, stdout, stderr } = await here(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });
});
