import { countsOf } from '../circuit.js';
import { PhasedDraft } from '../draft.js';
import { copiesText } from '../layered/circuit.js';
import { edges, neurons, place, upTo } from '../layered/parts.js';
import { errors, slopedErrors, steps, weightedSums } from '../layered/passes.js';
import type { LearnerCircuit } from '../learner.js';
import { annihilate, clear } from '../modules.js';
import { railOf, type Signal } from '../rails.js';
import { addReaction } from '../reactions.js';
import { onePotAbout } from './about.js';
import { slopes, smoothRectifiers } from './neuron.js';
import type { OnePotOptions, OnePotSettings } from './options.js';
import { type OnePotParts, onePotParts } from './parts.js';
import { onePotSettings } from './settings.js';

/** A one-pot learner: see {@link onePot}. */
export interface OnePotCircuit extends LearnerCircuit {
  /** Every option with its value, enough to build the same circuit again. */
  settings: OnePotSettings;
  /** Inputs and outputs of every copy. */
  inputs: Signal[][];
  outputs: Signal[][];
}

/**
 * A fully connected network of smooth rectifiers that learns by backpropagation without phases, clock or schedule, by
 * reactions of at most two molecules: all of them run all the time, and learning is merely slower than inference. After
 * Kang & Kim, noise-robust training of chemical neural networks in one pot (arXiv 2410.11919), with neurons after Anderson,
 * Joshi & Deshpande (J. R. Soc. Interface 18, 2021). A reconstruction: of the papers the abstracts were at hand, and the
 * reactions are ours.
 *
 * Every example has a copy of the network, and all copies share the weights. Where η is far below k, all else is at rest
 * and the weights follow the gradient flow dw/dt = −η·∂/∂w ½Σ(y − a)² of the ideal network with
 * a = (z + √(z² + 4h))/2 in every neuron, outputs too.
 *
 * With H neurons, M weights (biases too), P weights in layers 2 … L, nᵢ inputs, nₒ outputs, B examples:
 *  - species B(10H + nᵢ) + 2M;
 *  - reactions B(23H + 4(M − H) + 4P + 2nᵢ + 2nₒ) + M.
 *
 * Dual-rail inputs add Bnᵢ species and as many decays, and double the reactions in which an input meets a weight or an
 * error. Constants of value 0 have no reaction.
 * @throws RangeError or TypeError naming the option (also one that there is not), or why options do not go together
 */
export function onePot(options: OnePotOptions): OnePotCircuit {
  const settings = onePotSettings(options);
  const { sizes, batch, weights, learns } = settings;
  const parts = onePotParts(settings);
  const draft = new PhasedDraft();
  draft.params({ k: settings.speed, kann: settings.annihilation, h: settings.softness });
  if (learns) {
    draft.params({ eta: settings.rate });
    hold(draft, settings, parts);
  }
  for (const layer of upTo(sizes.length - 1)) weightedSums(draft.always, parts, layer);
  smoothRectifiers(draft, parts);
  if (learns) learn(draft, settings, parts);
  const learned = edges(parts).map((edge, e) => {
    const signal = parts.W(edge);
    draft.fill(signal, weights[e]);
    return { name: `w[${edge.layer},${edge.neuron},${edge.input}]`, signal };
  });
  const network = draft.finish();
  const last = sizes.length - 1;
  const perCopy = (layer: number) =>
    upTo(batch).map((copy) => upTo(sizes[layer]).map((i) => parts.A(layer, i, copy)));
  const role = learns ? copiesText(batch) : 'forward pass';
  return {
    ...onePotAbout,
    title: `One-pot ${sizes.join('-')}, ${role}, after Kang & Kim, our reactions`,
    network,
    counts: countsOf(network),
    phases: [],
    weights: learned,
    digital: acts(settings),
    settings,
    inputs: perCopy(0),
    outputs: perCopy(last),
  };
}

/** Inputs that are held at their values: `∅ -> A₀ (k·x)`, `A₀ -> ∅ (k)`. */
function hold(draft: PhasedDraft, { samples, data, sizes, batch }: OnePotSettings, parts: OnePotParts): void {
  for (const copy of upTo(batch)) {
    for (const i of upTo(sizes[0])) {
      const signal = parts.A(0, i, copy);
      const value = samples?.inputs[copy - 1][i - 1] ?? 0;
      constant(draft, data, { name: 'x', index: [copy, i], label: 'load' }, signal, value);
      clear(draft.always, { name: 'unload', index: [i, copy] }, signal, 'k');
    }
  }
}

/** A source at k times a value, a parameter of its own if values are. */
function constant(
  draft: PhasedDraft,
  data: OnePotSettings['data'],
  { name, index, label }: { name: string; index: number[]; label: string },
  into: Signal,
  value: number,
): void {
  if (data === 'constants' && value === 0) return;
  const size = Math.abs(value);
  const parameter = `${name}[${index.join(',')}]`;
  if (data === 'parameters') draft.params({ [parameter]: size });
  const rate = data === 'parameters' ? `k*${parameter}` : `k*${size}`;
  addReaction(draft.always, `${label}[${index.join(',')}]`, [], [railOf(into, value < 0 ? -1 : 1)], rate);
}

/**
 * The backward pass, and weights that follow it directly, at η:
 * ```
 * ∅ -> V+ (k·y)    A -> V− + A    W^s + Z^t -> V^{s·t} + W + Z    V^s + G -> Z^s + V + G    Z^s + A -> W^s + Z + A (η)
 * ```
 * V and Z die out at k; the rails of N, V, Z and W annihilate.
 */
function learn(draft: PhasedDraft, { samples, data }: OnePotSettings, parts: OnePotParts): void {
  const { always } = draft;
  slopes(draft, parts);
  errors(always, parts, (output, copy, into) => {
    const value = samples?.labels[copy - 1][output - 1] ?? 0;
    constant(draft, data, { name: 'y', index: [copy, output], label: 'show' }, into, value);
  });
  slopedErrors(always, parts);
  steps(always, parts, parts.W, 'eta');
  for (const at of neurons(parts)) {
    annihilate(always, { name: 'cancelV', index: place(at) }, parts.V(at), 'kann');
    annihilate(always, { name: 'cancelZ', index: place(at) }, parts.Z(at), 'kann');
  }
  for (const edge of edges(parts)) {
    const index = [edge.layer, edge.neuron, edge.input];
    annihilate(always, { name: 'cancelW', index }, parts.W(edge), 'kann');
  }
}

function acts({ learns, data }: OnePotSettings): string[] {
  const readOut = 'read-out: the observer reads the outputs at any time';
  if (!learns) return ['dosing: A[0,i,1] is put in at x_i, once', readOut];
  const values = data === 'parameters' ? 'rate constants' : 'plain rate constants';
  return [
    `data: the examples are ${values} of the reactions that make inputs and errors, a copy of the network for each`,
    `${readOut}; predictions for other inputs are made in a second pot that gets a sample of the weights and to which the ` +
      'inputs are added',
  ];
}
