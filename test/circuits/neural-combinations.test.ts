import { expect, it } from 'vitest';
import { type NeuralCrnOptions, neuralCrn } from '../../src/circuits/index.js';
import { createRandom } from '../../src/learning/index.js';
import { parseNetwork, printNetwork } from '../../src/network/index.js';

type Values = Readonly<Record<string, readonly unknown[]>>;

/** `undefined` leaves an option out. */
const words: Values = {
  dynamics: ['linear', 'quadratic', 'cubic', 'relu', 'rectified'],
  wiring: [undefined, 'diagonal', 'full', 'recurrent'],
  adjoint: [undefined, 'constant', 'leaky', 'frozen', 'exact'],
  readout: [undefined, 'sum', 'signed', 'trained'],
  error: [undefined, 'squared', 'hinge'],
  pipeline: [undefined, 'staged'],
  rails: [undefined, 'positive'],
};
const others: Values = {
  inputs: [1, 2, 3],
  hidden: [1, 2, 3],
  outputs: [1, 2],
  inputRails: ['dual', 'single'],
  targetRails: ['dual', 'single'],
  start: ['input', 0, 0.5],
  drift: [false, 0.1, -0.1, 0],
  augment: [false, 0.5],
  bias: [false, 0.25],
  fuel: [false, 'constant', 100],
  exactCubic: [true],
  stages: [null, 1, 3],
  coupling: [null, [0], [0, 1, -1, 0.5]],
  biases: [null, 0.2, [0.1, -0.1]],
  staged: [null, {}, { update: 'digital' }, { backward: 'published' }, { times: { backward: 2 } }],
  readoutWeights: [
    [1, 1],
    [1, -1, 0.5],
  ],
  readoutRate: [0.05, null],
  kappa: [null, 0.3],
  rate: [0.05, 2],
  theta: [[0.1, -0.2]],
  horizon: [1],
  learnTime: [5],
};

function everyCombination(values: Values): Record<string, unknown>[] {
  let all: Record<string, unknown>[] = [{}];
  for (const [name, choices] of Object.entries(values)) {
    all = all.flatMap((one) =>
      choices.map((value) => (value === undefined ? one : { ...one, [name]: value })),
    );
  }
  return all;
}

/** Builds a circuit that survives as text and is rebuilt by its own options (true), or is refused with a reason. */
function builds(options: Record<string, unknown>): boolean {
  const shown = JSON.stringify(options);
  let circuit: ReturnType<typeof neuralCrn>;
  try {
    circuit = neuralCrn(options as unknown as NeuralCrnOptions);
  } catch (error) {
    expect(error, shown).toBeInstanceOf(RangeError);
    expect((error as Error).message.length, `${shown}: ${error}`).toBeGreaterThan(30);
    return false;
  }
  const text = printNetwork(circuit.network);
  const { network, issues } = parseNetwork(text);
  expect(issues, shown).toEqual([]);
  expect(printNetwork(network!) === text, shown).toBe(true);
  for (const count of Object.values(circuit.counts)) {
    expect(Number.isInteger(count) && count > 0, shown).toBe(true);
  }
  const again = neuralCrn(JSON.parse(JSON.stringify(circuit.options)));
  expect(printNetwork(again.network) === text, shown).toBe(true);
  const { inputs, bias, augment } = circuit.options;
  expect(circuit.inputs.length, shown).toBe(inputs - (bias === false && augment === false ? 0 : 1));
  if (augment !== false) {
    const without = neuralCrn({ ...circuit.options, augment: false });
    expect(printNetwork(without.network) === text, shown).toBe(true);
    expect(without.counts, shown).toEqual(circuit.counts);
  }
  return true;
}

// Small as the networks are, there are many.
const patience = 60_000;

it('builds every combination of words, or says why not', { timeout: patience }, () => {
  const built = everyCombination(words).filter((options) => builds({ inputs: 2, ...options }));
  expect(built.length).toMatchInlineSnapshot(`652`);
  // Every one of them can dose its last input itself, but for those that have a bias.
  for (const options of built) {
    const hinge = options.error === 'hinge' || options.dynamics === 'rectified';
    expect(builds({ inputs: 2, ...options, augment: 0.5 }), JSON.stringify(options)).toBe(!hinge);
  }
});

it('the same with other options drawn at random', { timeout: patience }, () => {
  const random = createRandom(0, 'combinations');
  const draw = (values: Values, often: number) =>
    Object.fromEntries(
      Object.entries(values)
        .filter(() => random.uniform() < often)
        .map(([name, choices]) => [name, choices[random.integer(choices.length)]])
        .filter(([, value]) => value !== undefined),
    );
  let built = 0;
  for (let k = 0; k < 3000; k++) {
    if (builds({ inputs: 2, ...draw(words, 0.4), ...draw(others, 0.12) })) built++;
  }
  expect(built).toBeGreaterThan(300);
});
