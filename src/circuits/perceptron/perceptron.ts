import type { Network } from '../../network/index.js';
import { countsOf } from '../circuit.js';
import { PhasedDraft } from '../draft.js';
import { type Branch, fanOut, gatedTransfer } from '../flows.js';
import type { LearnerCircuit } from '../learner.js';
import { annihilate, clear, transfer } from '../modules.js';
import { dual, railOf, rails, type Signal, single, turned } from '../rails.js';
import { addReaction, labelOf, type ReactionSink } from '../reactions.js';
import { perceptronAbout } from './about.js';
import type { PerceptronOptions, PerceptronSettings } from './options.js';
import { checkedBits, perceptronSettings } from './settings.js';

/** A weight-loop perceptron with the names that its protocol needs. Plain data. */
export interface PerceptronCircuit extends LearnerCircuit {
  settings: PerceptronSettings;
  /** Value species: the first rail stands for 1, the second for 0; one of them is dosed, at 1. */
  inputs: Signal[];
  /** The answer and the one that is shown, likewise; the latter is dosed at the learning rate. */
  output: Signal;
  label: Signal;
}

/** A signal whose rails mean the values 1 and 0. */
const bit = (letter: string, index = ''): Signal => ({
  plus: `${letter}1${index}`,
  minus: `${letter}0${index}`,
});

const OUTPUT = bit('Y');
const LABEL = bit('D');
const SUM = dual('Z');
const ERROR = dual('E');
const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);
const W = (i: number): Signal => dual(`W[${i}]`);
const spent = (i: number): Signal => dual(`S[${i}]`);
const input = (i: number): Signal => bit('X', `[${i}]`);

/**
 * A binary perceptron that learns online by the weight loop, in mass action and by reactions of at most two molecules: after
 * Banda, Teuscher & Lakin, "Online learning in a chemical perceptron" (Artificial Life 19(2), 2013). A reconstruction: of the
 * paper the abstract was at hand, and an early model file, `perceptron_v06` of COEL, has the skeleton (value species, spent
 * weights that come back, answers that turn into weights). Theirs is gated by inhibitors and has Michaelis–Menten rates, ours by
 * phases; their reaction of an answer, an output and an input is two here, through E.
 * ```
 * answer    W₀^s -> S₀^s + Z^s    Wᵢ^s + X1ᵢ -> Sᵢ^s + Z^s + X1ᵢ    Wᵢ^s + X0ᵢ -> Sᵢ^s + X0ᵢ       (k)
 * decide    Z+ -> Y1    Z− -> Y0                                                                 (k)
 * learn     D1 + Y0 -> E+ + Y0    D0 + Y1 -> E− + Y1    (kann)      E^s + X1ᵢ -> Wᵢ^s + X1ᵢ    E^s -> W₀^s    (k)
 * loop      S^s -> W^s    X, Y, D -> ∅                                                            (k)
 * always    Z+ + Z− -> ∅    Y1 + Y0 -> ∅    W+ + W− -> ∅                                           (kann)
 * ```
 * Law: with z = w₀ + Σ wᵢxᵢ, the answer is 1 for z > 0, else 0, and where it is wrong, the weights of the bias and of the a inputs
 * that are 1 change by ±η/(1 + a) each. An answer that is nearly undecided, |z| below 1/(kann·T), learns a part of that.
 *
 * With n inputs 6n + 12 species and 11n + 17 reactions; 24 and 39 for two.
 * @throws RangeError or TypeError naming the option (also one that there is not)
 */
export function perceptron(options: PerceptronOptions = {}): PerceptronCircuit {
  const settings = perceptronSettings(options);
  const { inputs: n, rate, phaseLength, annihilation, weights } = settings;
  const draft = new PhasedDraft();
  draft.params({ k: 1, kann: annihilation, eta: rate, T: phaseLength });
  const answer = draft.phase('answer', 'T');
  const decide = draft.phase('decide', 'T');
  const learn = draft.phase('learn', 'T');
  const loop = draft.phase('loop', 'T');

  fanOut(answer, { name: 'useBias', index: [] }, W(0), used(0), 'k');
  for (const i of upTo(n)) {
    use(answer, i);
    gatedTransfer(answer, { name: 'bypass', index: [i] }, W(i), spent(i), single(railOf(input(i), -1)), 'k');
  }
  transfer(decide, { name: 'decide', index: [] }, SUM, OUTPUT, 'k');
  contradicted(learn);
  transfer(learn, { name: 'teachBias', index: [] }, ERROR, W(0), 'k');
  for (const i of upTo(n)) {
    gatedTransfer(learn, { name: 'teach', index: [i] }, ERROR, W(i), single(input(i).plus), 'k');
  }
  for (const i of [0, ...upTo(n)]) {
    transfer(loop, { name: 'return', index: [i] }, spent(i), W(i), 'k');
    annihilate(draft.always, { name: 'cancelW', index: [i] }, W(i), 'kann');
    draft.fill(W(i), weights[(i + n) % (n + 1)]);
  }
  for (const i of upTo(n)) clear(loop, { name: 'clearX', index: [i] }, input(i), 'k');
  clear(loop, { name: 'clearY', index: [] }, OUTPUT, 'k');
  clear(loop, { name: 'clearD', index: [] }, LABEL, 'k');
  annihilate(draft.always, { name: 'cancelZ', index: [] }, SUM, 'kann');
  annihilate(draft.always, { name: 'cancelY', index: [] }, OUTPUT, 'kann');

  const network = draft.finish();
  return {
    ...perceptronAbout,
    title: `Weight-loop perceptron of ${n} input${n === 1 ? '' : 's'}, after Banda et al., our reactions`,
    settings,
    network,
    counts: countsOf(network),
    phases: network.phases.map(({ name }) => name),
    weights: [...upTo(n), 0].map((i) => ({ name: `w[${i}]`, signal: W(i) })),
    inputs: upTo(n).map(input),
    output: OUTPUT,
    label: LABEL,
    digital: [
      'dosing: before phase answer X1[i] or X0[i] += 1 as the input is 1 or 0, before phase learn D1 or D0 += η as the label is',
      `clock: an outside schedule switches reactions between 4 phases of ${phaseLength} each`,
      'read-out: the observer reads Y1 and Y0 after phase decide; predictions for other inputs are made in a second pot that ' +
        'gets a sample of the weights',
    ],
  };
}

const used = (i: number): Branch[] => [
  { signal: spent(i), sign: 1 },
  { signal: SUM, sign: 1 },
];

/** `Wᵢ^s + X1ᵢ -> Sᵢ^s + Z^s + X1ᵢ`. */
function use(sink: ReactionSink, i: number): void {
  const on = input(i).plus;
  for (const p of rails(W(i))) {
    const made = used(i).map(({ signal }) => railOf(signal, p.sign));
    addReaction(sink, labelOf({ name: 'use', index: [i] }, p), [p.species, on], [...made, on], 'k');
  }
}

/** `D^s + Y^{−s} -> E^s + Y^{−s}`: an answer that was shown and not given becomes an error. */
function contradicted(sink: ReactionSink): void {
  const given = rails(turned(OUTPUT));
  rails(LABEL).forEach((shown, r) => {
    const made = [railOf(ERROR, shown.sign), given[r].species];
    addReaction(
      sink,
      labelOf({ name: 'contradict', index: [] }, shown),
      [shown.species, given[r].species],
      made,
      'kann',
    );
  });
}

/** What is dosed for bits: each on the rail of its value. */
export const bitDoses = (
  signals: readonly Signal[],
  bits: readonly number[],
  amount: number,
): { species: string; amount: number }[] =>
  signals.map((signal, i) => ({ species: railOf(signal, bits[i] === 1 ? 1 : -1), amount }));

/**
 * The perceptron's network with the doses of one example in its schedule, as text that `simulate` runs.
 * @param y left out for a prediction alone
 * @throws RangeError for what are no bits, or too many or few
 */
export function perceptronWithSample(circuit: PerceptronCircuit, x: readonly number[], y?: number): Network {
  const { inputs, label, settings, network } = circuit;
  checkedBits('example', { inputs: [x], labels: [[y ?? 0]] }, settings.inputs);
  const dosed = structuredClone(network);
  const add = (phase: string, doses: ReturnType<typeof bitDoses>) => {
    for (const { species, amount } of doses) {
      dosed.doses.push({
        species: dosed.species.findIndex(({ name }) => name === species),
        amount: { kind: 'number', value: amount },
        mode: 'add',
        at: { kind: 'phase', phase },
      });
    }
  };
  add('answer', bitDoses(inputs, x, 1));
  if (y !== undefined) add('learn', bitDoses([label], [y], settings.rate));
  return dosed;
}
