import { countsOf } from '../circuit.js';
import { PhasedDraft } from '../draft.js';
import type { LearnerCircuit } from '../learner.js';
import { dual, railOf, rails, type Signal, single } from '../rails.js';
import { rateIndependentAbout } from './about.js';
import { type Fraction, lcm } from './fractions.js';
import { ListWriter, linearLayer, rectifier } from './layers.js';
import { type Lists, reduceUnimolecular } from './lists.js';
import type { RateIndependentOptions, RateIndependentSettings } from './options.js';
import { type CheckedReluNetwork, checkedReluNetwork } from './relu-network.js';
import { rateIndependentSettings } from './settings.js';

/** What one unit of an input is in the pot, on either rail: amounts by species. */
export interface EncodedInput {
  plus: Record<string, number>;
  /** `null` with single rails. */
  minus: Record<string, number> | null;
}

/** A compiled network of rectifiers. It infers and does not learn: it has no weights that change. Plain data. */
export interface RateIndependentCircuit extends LearnerCircuit {
  settings: RateIndependentSettings;
  inputs: EncodedInput[];
  outputs: Signal[];
  /** Outputs in the pot are so many times the digital network's; 1 unless fractions are scaled. */
  outputScale: number;
}

/**
 * Compiles a trained network of rectifiers with whole, ternary or rational weights into a network that computes its outputs
 * whatever the rate constants are: after Vasić, Chalk, Khurshid & Soloveichik, "Deep molecular programming: a natural
 * implementation of binary-weight ReLU neural networks" (ICML 2020), section 4. The authors' reactions; dividing by trees of
 * pairs is ours.
 *
 * A value v is an amount |v| on the rail of its sign, biases are there at the start, and the outputs are read when everything
 * has come to rest. The network is non-competitive (`rateIndependence` checks it): the end does not depend on rates.
 *
 * With n₀ inputs on two rails, H hidden neurons in all and n_L outputs, whole weights and no reduction: species
 * 2n₀ + 5H + 2n_L, reactions 2n₀ + 4H. Reduced, `'inner'`: 2n₀ + H reactions; `'all'`: H, all of two molecules.
 * @throws RangeError or TypeError naming the option (also one that there is not), or the place in the network
 */
export function rateIndependent(options: RateIndependentOptions): RateIndependentCircuit {
  const settings = rateIndependentSettings(options);
  const checked = checkedReluNetwork(settings.network);
  const { sizes } = checked;
  const rail = settings.inputRails === 'dual' ? dual : single;
  const inputs = upTo(sizes[0]!).map((i) => rail(`X[${i}]`));
  const outputs = upTo(sizes[sizes.length - 1]!).map((j) => dual(`Y[${sizes.length - 1},${j}]`));
  const writer = new ListWriter();
  const outputScale = write(writer, checked, settings, inputs);
  const { lists } = writer;
  for (const signal of inputs) {
    for (const { species } of rails(signal)) lists.rails.set(species, new Map([[species, 1]]));
  }
  if (settings.reduce !== 'none') {
    const held = settings.reduce === 'inner' ? inputs.flatMap((signal) => rails(signal)) : [];
    reduceUnimolecular(lists, new Set(held.map(({ species }) => species)));
  }
  settings.x?.forEach((value, i) => {
    if (value === 0) return;
    for (const [name, amount] of lists.rails.get(railOf(inputs[i]!, value < 0 ? -1 : 1))!) {
      lists.start.set(name, (lists.start.get(name) ?? 0) + Math.abs(value) * amount);
    }
  });
  const network = drawn(lists, settings);
  const encoded = (name: string) => Object.fromEntries(lists.rails.get(name)!);
  return {
    ...rateIndependentAbout,
    title: `Rate-independent ReLU network ${sizes.join('-')}`,
    settings,
    network,
    counts: countsOf(network),
    phases: [PHASE],
    weights: [],
    inputs: inputs.map(({ plus, minus }) => ({
      plus: encoded(plus),
      minus: minus === null ? null : encoded(minus),
    })),
    outputs,
    outputScale,
    digital: digitalActs(settings, outputScale),
  };
}

/** The only phase. */
const PHASE = 'settle';

const upTo = (count: number): number[] => Array.from({ length: count }, (_, k) => k + 1);

/** All layers, with biases at the start. @returns the factor of the outputs */
function write(
  writer: ListWriter,
  { sizes, layers }: CheckedReluNetwork,
  { fractions, order }: RateIndependentSettings,
  inputs: readonly Signal[],
): number {
  let values: readonly Signal[] = inputs;
  let scale = 1;
  layers.forEach(({ weights, biases, relu }, l) => {
    const layer = l + 1;
    const common =
      fractions === 'scale' ? weights.flat().reduce((all, { denominator }) => lcm(all, denominator), 1) : 1;
    scale *= common;
    const made = upTo(sizes[layer]!).map((j) => dual(`Y[${layer},${j}]`));
    const sums = relu ? upTo(sizes[layer]!).map((j) => dual(`I[${layer},${j}]`)) : made;
    values.forEach((value, i) => {
      const targets = sums.map((signal, j) => ({ signal, weight: times(weights[j]![i]!, common) }));
      linearLayer(writer, { name: 'weigh', index: [layer, i + 1] }, value, targets, order);
    });
    sums.forEach((sum, j) => {
      writer.declare(...rails(sum).map(({ species }) => species));
      writer.fill(sum, biases[j]! * scale);
      if (relu) rectifier(writer, [layer, j + 1], sum, `M[${layer},${j + 1}]`, made[j]!);
    });
    values = made;
  });
  return scale;
}

const times = ({ numerator, denominator }: Fraction, factor: number): Fraction =>
  factor === 1
    ? { numerator, denominator }
    : { numerator: numerator * (factor / denominator), denominator: 1 };

/** @throws RangeError for a list of rates that has another length than that of the reactions */
function drawn({ species, start, conversions }: Lists, { rates, duration }: RateIndependentSettings) {
  if (typeof rates !== 'number' && rates.length !== conversions.length) {
    throw new RangeError(
      `rates must be one number or ${conversions.length}, one a reaction, got ${rates.length}`,
    );
  }
  const draft = new PhasedDraft();
  draft.params({ ...(typeof rates === 'number' && { k: rates }), T: duration });
  const settle = draft.phase(PHASE, 'T');
  for (const name of species) draft.declare(name, start.get(name) ?? 0);
  conversions.forEach(({ label, reactants, products }, r) => {
    settle.reaction({
      label,
      reactants: Object.fromEntries(reactants),
      products: Object.fromEntries(products),
      rate: typeof rates === 'number' ? 'k' : rates[r]!,
    });
  });
  return draft.finish();
}

function digitalActs({ x, reduce, fractions }: RateIndependentSettings, outputScale: number): string[] {
  return [
    'training: weights and biases were found by a computer; the chemistry infers',
    x === null
      ? `dosing: each example's inputs are put in at the start${reduce === 'all' ? ', as what they would turn into' : ''}`
      : 'dosing: the inputs are in the pot at the start',
    'read-out: the observer reads the outputs at the end, and takes the largest for the answer',
    ...(fractions === 'scale' && outputScale !== 1
      ? [`scale: the observer divides outputs by ${outputScale}`]
      : []),
  ];
}
