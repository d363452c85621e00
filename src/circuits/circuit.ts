import type { Expression, Network } from '../network/model.js';
import type { CircuitClock } from './circuit-clock.js';
import type { NeuralCrnSettings } from './options.js';
import { type Rails, railOf, type Sign, type Signal, signedValue } from './rails.js';
import type { Stage } from './stage.js';

/** The species without which nothing is learned, in circuits that have it. */
export const FUEL = 'L';

/** Size of a network. */
export interface Counts {
  species: number;
  reactions: number;
  /** Largest number of reactant molecules of one reaction. */
  maxMolecularity: number;
}

/** Trained weights of one kind, as a matrix of signals. */
export interface WeightGroup {
  rows: number;
  columns: number;
  /** Row by row. */
  signals: Signal[];
  /** Changes that are made but not yet written (with the opposite sign) into the signals; empty or one per signal. */
  pending: Signal[];
  /** Species of which L writes the part 0.1·L/(0.1·L + 0.9) of what is pending; `null` where all of it is written. */
  fuel: string | null;
}

/** Signed weights by name, row by row. */
export interface WeightValues {
  theta: number[];
  /** Output weights, where they are trained. */
  W?: number[];
  /** Biases of nodes, where they are trained. */
  B?: number[];
}

/** When and how the read-out signals mean the outputs. */
export interface Reading {
  /** `'feed'`: at the end of phase 1. `'learn'`: in phase 2, `after` its start. `'readout'`: at the end of that stage. */
  phase: 'feed' | 'learn' | 'readout';
  after: number;
  /** Multiplies what is read. */
  scale: number;
  /** What is read when a label is there: the output ŷ all the same, or the error ŷ − y. */
  labelled: 'output' | 'error';
}

/**
 * A network made to compute and to learn, with the names a trainer needs. Plain data.
 *
 * The network itself holds everything that is chemistry; the other fields say which species mean what.
 */
export interface Circuit {
  /** `'linear'`: the linear circuit with diagonal wiring, whose prediction is a formula of its weights. */
  family: 'linear' | 'neural';
  /** Every option with its value, enough to build the same circuit again. */
  options: NeuralCrnSettings;
  network: Network;
  rails: Rails;
  /** Input signals `X[1]`, …, one per value of an example (a bias or `augment` is not among them). */
  inputs: Signal[];
  /** Where input i is injected a second time, as the starting state z(0) = x (the same species may occur repeatedly). */
  start: Signal[];
  /** What the environment adds with every example, whatever its values: constant input and starting states. */
  extra: SpeciesDose[];
  /** The label's signal, that of the first output. */
  target: Signal;
  /** One label per output. */
  targets: Signal[];
  /** Signals whose sum is read as the prediction, that of the first output: see `reading`. */
  readout: Signal[];
  /** Per output the signals whose sum is read. */
  readouts: Signal[][];
  reading: Reading;
  /** Trained weights θ as signals, row by row. In the positive form `minus` is the debt species `N[i]`. */
  weights: Signal[];
  /** All trained weights by name: θ, and the output weights W and the biases β where they are trained. */
  groups: { theta: WeightGroup; W?: WeightGroup; B?: WeightGroup };
  /** Names of the two phases of the schedule; of a staged circuit, its first and its last. */
  phases: { feed: string; learn: string };
  /** The clock inside that drives the circuit in place of a schedule; the network then has no phases. */
  clock?: CircuitClock;
  /** Where the network stands for another in which signals are partly bound, as strands of DNA are. */
  binding?: SignalBinding;
  /** The stages of a staged circuit in order, with what is done by hand between them. */
  stages?: Stage[];
  counts: Counts;
  /** Γ of the weights θ in one example's update (learning phase of infinite length), as the circuit's law states it. */
  gamma: number;
  /** Γ of the output weights, where they are trained. */
  gammaW?: number;
  /** What is done from outside to run the circuit, in words. */
  digital: string[];
}

/** What is free of a signal means what its species means; further molecules of it are bound. */
export interface SignalBinding {
  /** By how much more of a species is dosed than is to be free. */
  gain: number;
  /** Where the others are, by the species of the free ones: an aliquot takes them along. */
  bound: Record<string, string[]>;
  /** What is used up, and how much of each there is at the start; `null` where somebody keeps it as it is. */
  fuels: { species: string[]; concentration: number } | null;
}

/** An addition of concentration to one species. */
export interface SpeciesDose {
  species: string;
  amount: number;
}

/**
 * What the environment adds for one example at the start of phase 1: the inputs X, the starting state (Z, or their
 * sum in O), a constant input and, for learning, the labels Y. Zero amounts are left out.
 *
 * @param x one concentration per input, signed
 * @param y the label's concentration, signed, or one per output; leave out to predict
 * @throws RangeError when the number of inputs or labels is wrong, a value is not finite, or a negative value would have to go
 *   onto a positive rail
 */
export function doses(circuit: Circuit, x: readonly number[], y?: number | readonly number[]): SpeciesDose[] {
  if (x.length !== circuit.inputs.length) {
    throw new RangeError(`the circuit has ${circuit.inputs.length} inputs, got ${x.length}`);
  }
  const amounts = new Map<string, number>();
  const add = (signal: Signal, value: number) => {
    const name = signal.plus.replace(/\+$/, '');
    if (!Number.isFinite(value)) throw new RangeError(`${name} must be a finite number, got ${value}`);
    if (value === 0) return;
    if (value < 0 && signal.minus === null) {
      throw new RangeError(
        `${name} cannot be ${value}: this circuit has positive rails only; use dual rails`,
      );
    }
    const sign: Sign = value < 0 ? -1 : 1;
    const species = railOf(signal, sign);
    amounts.set(species, (amounts.get(species) ?? 0) + sign * value);
  };
  for (let i = 0; i < x.length; i++) add(circuit.inputs[i], x[i]);
  for (let i = 0; i < circuit.start.length; i++) add(circuit.start[i], x[i]);
  for (const { species, amount } of circuit.extra) amounts.set(species, (amounts.get(species) ?? 0) + amount);
  if (y !== undefined) {
    const labels = typeof y === 'number' ? [y] : y;
    if (labels.length !== circuit.targets.length) {
      throw new RangeError(`the circuit has ${circuit.targets.length} outputs, got ${labels.length} labels`);
    }
    labels.forEach((value, k) => {
      add(circuit.targets[k], value);
    });
  }
  const { gain } = circuit.binding ?? { gain: 1 };
  return [...amounts].map(([species, amount]) => ({ species, amount: gain * amount }));
}

/**
 * The prediction (of the first output) in a pot when it can be read: see `Circuit.reading`.
 * @returns the signed, scaled sum of the read-out signals
 */
export function prediction(circuit: Circuit, concentration: (species: string) => number): number {
  return outputs(circuit, concentration)[0];
}

/** What all read-outs say, one number per output: see `Circuit.reading`. */
export function outputs(circuit: Circuit, concentration: (species: string) => number): number[] {
  return circuit.readouts.map((signals) => {
    let sum = 0;
    for (const signal of signals) sum += signedValue(signal, concentration);
    return circuit.reading.scale * sum;
  });
}

/** Signed weights θ in a pot, row by row, from its concentrations. */
export function weights(circuit: Circuit, concentration: (species: string) => number): number[] {
  return groupValues(circuit.groups.theta, concentration);
}

/** All signed weights in a pot by name, row by row, from its concentrations. */
export function parameters(circuit: Circuit, concentration: (species: string) => number): WeightValues {
  const { theta, W, B } = circuit.groups;
  return {
    theta: groupValues(theta, concentration),
    ...(W && { W: groupValues(W, concentration) }),
    ...(B && { B: groupValues(B, concentration) }),
  };
}

function groupValues(
  { signals, pending, fuel }: WeightGroup,
  concentration: (species: string) => number,
): number[] {
  const left = fuel === null ? 1 : concentration(fuel);
  const part = fuel === null ? 1 : (0.1 * left) / (0.1 * left + 0.9);
  return signals.map((signal, k) => {
    const value = signedValue(signal, concentration);
    return k < pending.length ? value - part * signedValue(pending[k], concentration) : value;
  });
}

/** Species that hold what has been learned, and how fast learning goes on: an aliquot carries them into another pot. */
export function learnedSpecies(circuit: Circuit): string[] {
  const weights = Object.values(circuit.groups)
    .flatMap(({ signals, pending }) => [...signals, ...pending])
    .flatMap(({ plus, minus }) => (minus === null ? [plus] : [plus, minus]));
  const free = circuit.options.fuel === false ? weights : [...weights, FUEL];
  return free.flatMap((species) => [species, ...(circuit.binding?.bound[species] ?? [])]);
}

/**
 * The circuit's network with the doses of one example written into its schedule, or where a clock drives it into its
 * starting amounts: text that `simulate` can run as it stands through both phases.
 */
export function withSample(circuit: Circuit, x: readonly number[], y?: number | readonly number[]): Network {
  const network = structuredClone(circuit.network);
  const index = new Map(network.species.map((species, i) => [species.name, i]));
  for (const { species, amount } of doses(circuit, x, y)) {
    const place = index.get(species)!;
    if (circuit.clock !== undefined) {
      network.species[place].initial = sum(network.species[place].initial, amount);
      continue;
    }
    network.doses.push({
      species: place,
      amount: { kind: 'number', value: amount },
      mode: 'add',
      at: { kind: 'phase', phase: circuit.phases.feed },
    });
  }
  return network;
}

function sum(initial: Expression, amount: number): Expression {
  if (initial.kind === 'number') return { kind: 'number', value: initial.value + amount };
  return { kind: 'binary', operator: '+', left: initial, right: { kind: 'number', value: amount } };
}

/** Species, reactions and largest molecularity of a network. */
export function countsOf(network: Network): Counts {
  let maxMolecularity = 0;
  for (const reaction of network.reactions) {
    const molecules = reaction.reactants.reduce((sum, term) => sum + term.value, 0);
    maxMolecularity = Math.max(maxMolecularity, molecules);
  }
  return { species: network.species.length, reactions: network.reactions.length, maxMolecularity };
}
