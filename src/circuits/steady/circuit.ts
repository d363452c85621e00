import { type Counts, countsOf } from '../circuit.js';
import type { PhasedDraft } from '../draft.js';
import { matrix } from '../given.js';
import { upTo } from '../layered/parts.js';
import { checkedSizes, weightCount } from '../layered/settings.js';
import type { LearnerAbout } from '../learner.js';

/** A network whose steady state is its answer: inference alone, its weights are rate constants. Plain data. */
export interface SteadyCircuit<Settings> extends LearnerAbout {
  /** Every option with its value, enough to build the same circuit again. */
  settings: Settings;
  network: ReturnType<PhasedDraft['finish']>;
  counts: Counts;
  /** Species of inputs: amounts that stay. */
  inputs: string[];
  /** Species that are the outputs at rest. */
  outputs: string[];
  digital: string[];
}

/** Options that networks of steady-state neurons share. */
export interface SteadyOptions {
  /** Neurons per layer, inputs first and outputs last. */
  sizes: readonly number[];
  /** Layer by layer, neuron by neuron, those of the inputs in order and then the bias. Default 0. */
  weights?: readonly number[];
  /** Amounts of the inputs, ≥ 0. Default 0. */
  x?: readonly number[];
}

export interface SteadySettings {
  sizes: number[];
  weights: number[];
  x: number[];
}

/** @throws RangeError or TypeError naming the option */
export function steadySettings({ sizes, weights, x }: SteadyOptions): SteadySettings {
  const checked = checkedSizes(sizes);
  const count = weightCount(checked);
  const amounts = x === undefined ? new Array<number>(checked[0]).fill(0) : matrix('x', x, checked[0]);
  amounts.forEach((value, i) => {
    if (value < 0) throw new RangeError(`x[${i + 1}] must be ≥ 0, got ${value}: inputs are amounts`);
  });
  return {
    sizes: checked,
    weights: weights === undefined ? new Array<number>(count).fill(0) : matrix('weights', weights, count),
    x: amounts,
  };
}

/** A neuron with its weights: those of its inputs in order, and its bias. */
export interface SteadyNeuron {
  layer: number;
  neuron: number;
  weights: number[];
  bias: number;
}

/** Every neuron with its own weights. */
export function steadyNeurons({ sizes, weights }: SteadySettings): SteadyNeuron[] {
  let e = 0;
  return upTo(sizes.length - 1).flatMap((layer) =>
    upTo(sizes[layer]).map((neuron) => {
      const own = weights.slice(e, e + sizes[layer - 1]);
      e += sizes[layer - 1] + 1;
      return { layer, neuron, weights: own, bias: weights[e - 1] };
    }),
  );
}

/** A term of a neuron's sum: the label of its reaction, its value, the species that it is multiplied by (none for the bias). */
export interface SteadyTerm {
  label: string;
  value: number;
  catalysts: string[];
}

/** The terms of a neuron's sum that are not 0: weights, then the bias. */
export function steadyTerms({ layer, neuron, weights, bias }: SteadyNeuron): SteadyTerm[] {
  return [
    ...weights.map((value, i) => ({
      label: `weigh${layer}[${neuron},${i + 1}]`,
      value,
      catalysts: [steadySpecies(layer - 1, i + 1)],
    })),
    { label: `bias${layer}[${neuron}]`, value: bias, catalysts: [] },
  ].filter(({ value }) => value !== 0);
}

/** The species of an input or a neuron. */
export const steadySpecies = (layer: number, neuron: number): string =>
  layer === 0 ? `X[${neuron}]` : `Y[${layer},${neuron}]`;

/** Finishes the draft: inputs get their amounts. */
export function steadyCircuit<S extends SteadySettings>(
  draft: PhasedDraft,
  about: LearnerAbout,
  settings: S,
  output: (layer: number, neuron: number) => string = steadySpecies,
): SteadyCircuit<S> {
  const { sizes, x } = settings;
  x.forEach((value, i) => {
    draft.declare(steadySpecies(0, i + 1), value);
  });
  const network = draft.finish();
  const last = sizes.length - 1;
  return {
    ...about,
    settings,
    network,
    counts: countsOf(network),
    inputs: upTo(sizes[0]).map((i) => steadySpecies(0, i)),
    outputs: upTo(sizes[last]).map((o) => output(last, o)),
    digital: [
      'training: weights are rate constants, chosen outside',
      'dosing: X[i] is put in at x_i, once',
      'read-out: the observer reads the outputs when they have come to rest',
    ],
  };
}
