import type { Network } from '../network/model.js';
import type { LinearCrnSettings } from './linear.js';
import { type Rails, railOf, type Sign, type Signal, signedValue } from './rails.js';

/** Size of a network. */
export interface Counts {
  species: number;
  reactions: number;
  /** Largest number of reactant molecules of one reaction. */
  maxMolecularity: number;
}

/**
 * A network made to compute and to learn, with the names a trainer needs. Plain data.
 *
 * The network itself holds everything that is chemistry; the other fields say which species mean what.
 */
export interface Circuit {
  /** The model that the chemistry integrates. */
  family: 'linear';
  /** Every option with its value, enough to build the same circuit again. */
  options: LinearCrnSettings;
  network: Network;
  rails: Rails;
  /** Input signals `X[1]`, …, one per input. */
  inputs: Signal[];
  /** Where input i is injected a second time, as the starting state z(0) = x (the same species may occur repeatedly). */
  start: Signal[];
  /** The label's signal `Y`. */
  target: Signal;
  /** Signals whose sum, at the end of phase 1, is the prediction. */
  readout: Signal[];
  /** Trained weights θ as signals, one per input. In the positive form `minus` is the debt species `N[i]`. */
  weights: Signal[];
  /** Names of the two phases of the schedule. */
  phases: { feed: string; learn: string };
  counts: Counts;
  /** Γ in Δθᵢ = −Γ·e·xᵢ of one example (learning phase of infinite length): rate · horizon. */
  gamma: number;
  /** What is done from outside to run the circuit, in words. */
  digital: string[];
}

/** An addition of concentration to one species. */
export interface SpeciesDose {
  species: string;
  amount: number;
}

/**
 * What the environment adds for one example at the start of phase 1: the inputs X, the starting state (Z, or their
 * sum in O) and, for learning, the label Y. Zero amounts are left out.
 *
 * @param x one concentration per input, signed
 * @param y the label's concentration, signed; leave out to predict
 * @throws RangeError when the number of inputs is wrong, a value is not finite, or a negative value would have to go
 *   onto a positive rail
 */
export function doses(circuit: Circuit, x: readonly number[], y?: number): SpeciesDose[] {
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
  for (let i = 0; i < x.length; i++) add(circuit.start[i], x[i]);
  if (y !== undefined) add(circuit.target, y);
  return [...amounts].map(([species, amount]) => ({ species, amount }));
}

/** The prediction in a pot at the end of phase 1, from its concentrations. */
export function prediction(circuit: Circuit, concentration: (species: string) => number): number {
  let sum = 0;
  for (const signal of circuit.readout) sum += signedValue(signal, concentration);
  return sum;
}

/** Signed weights θ in a pot, from its concentrations. */
export function weights(circuit: Circuit, concentration: (species: string) => number): number[] {
  return circuit.weights.map((signal) => signedValue(signal, concentration));
}

/**
 * The circuit's network with the doses of one example written into its schedule: text that `simulate` can run as it
 * stands through both phases.
 */
export function withSample(circuit: Circuit, x: readonly number[], y?: number): Network {
  const network = structuredClone(circuit.network);
  const index = new Map(network.species.map((species, i) => [species.name, i]));
  for (const { species, amount } of doses(circuit, x, y)) {
    network.doses.push({
      species: index.get(species)!,
      amount: { kind: 'number', value: amount },
      mode: 'add',
      at: { kind: 'phase', phase: circuit.phases.feed },
    });
  }
  return network;
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
