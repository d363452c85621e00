import { type Circuit, doses, learnedSpecies, outputs, parameters, weights } from '../circuits/index.js';
import { SolveFailure } from '../simulate/failure.js';
import { createReactor } from '../simulate/reactor.js';
import type { Reactor, SolverOptions } from '../simulate/types.js';
import { DataError } from './data.js';
import { CircuitFailure } from './failure.js';
import { encodeLabel, type LabelCode, PLAIN } from './labels.js';
import type { Pacer } from './pace.js';
import { type Scaling, scaleInputs } from './scaling.js';

/** Concentrations by species name. */
export type Concentrations = Record<string, number>;

/**
 * A pot with a circuit in it. All it can do to its contents is add doses, let a phase run, and look; `load` is for
 * filling a pot before an experiment.
 */
export class Pot {
  readonly circuit: Circuit;
  readonly #reactor: Reactor;
  readonly #places: Map<string, number>;

  private constructor(circuit: Circuit, reactor: Reactor) {
    this.circuit = circuit;
    this.#reactor = reactor;
    this.#places = new Map(reactor.species.map((name, i) => [name, i]));
  }

  static async create(circuit: Circuit, solver: SolverOptions = {}): Promise<Pot> {
    return new Pot(circuit, await createReactor(circuit.network, solver));
  }

  get stats() {
    return this.#reactor.stats;
  }

  /** Concentration of one species. */
  readonly read = (species: string): number => this.#reactor.state[this.#place(species)];

  /** Adds one example's inputs and, if given, its label. @throws RangeError as `doses` does */
  dose(x: readonly number[], y?: number | readonly number[]): void {
    const { state } = this.#reactor;
    for (const { species, amount } of doses(this.circuit, x, y)) state[this.#place(species)] += amount;
  }

  /** Runs phase 1. */
  feed(): void {
    this.#reactor.run(this.circuit.phases.feed);
  }

  /** What the read-outs say as they stand; see `Circuit.reading` for when that means something. */
  outputs(): number[] {
    return outputs(this.circuit, this.read);
  }

  /** Feeds forward what has been dosed, without a label, and reads the outputs. */
  predict(): number[] {
    const { phase, after } = this.circuit.reading;
    this.feed();
    if (phase === 'learn') this.learn(after);
    return this.outputs();
  }

  /**
   * Feeds forward and learns what has been dosed.
   * @param y the dosed labels
   * @param duration another length of phase 2
   * @returns the outputs, read on the way
   */
  learnExample(y: readonly number[], duration?: number): number[] {
    const { phase, after, labelled } = this.circuit.reading;
    this.feed();
    let read: number[];
    if (phase === 'feed') {
      read = this.outputs();
      this.learn(duration);
    } else {
      this.learn(after);
      read = this.outputs();
      this.learn((duration ?? this.circuit.options.learnTime) - after);
    }
    return labelled === 'error' ? read.map((error, k) => error + y[k]) : read;
  }

  /** Runs phase 2, or a phase 2 of another length. */
  learn(duration?: number): void {
    this.#reactor.run(this.circuit.phases.learn, duration === undefined ? {} : { duration });
  }

  /** Runs a phase and keeps the concentrations at the given times since its start (rows of `species`). */
  record(phase: string, saveAt: ArrayLike<number>): Float64Array {
    return this.#reactor.run(phase, { saveAt }).rows;
  }

  get species(): readonly string[] {
    return this.#reactor.species;
  }

  /** Signed weights θ. */
  weights(): number[] {
    return weights(this.circuit, this.read);
  }

  /** All signed weights by name. */
  values(): { theta: number[]; W?: number[] } {
    return parameters(this.circuit, this.read);
  }

  /** A sample of the weight species: what an aliquot carries into another pot. */
  parameters(): Concentrations {
    const taken: Concentrations = {};
    for (const species of learnedSpecies(this.circuit)) taken[species] = this.read(species);
    return taken;
  }

  /** A copy of the whole state, for `restore`. */
  snapshot(): Float64Array {
    return this.#reactor.state.slice();
  }

  /** Empties the pot and fills it as it was at a snapshot. */
  restore(snapshot: Float64Array): void {
    this.#reactor.state.set(snapshot);
  }

  /** Everything in the pot. */
  concentrations(): Concentrations {
    return Object.fromEntries(this.species.map((name) => [name, this.read(name)]));
  }

  /** Fills the pot; species not named keep what they have. @throws RangeError for a species that does not exist */
  load(contents: Concentrations): void {
    for (const [name, value] of Object.entries(contents)) this.#reactor.state[this.#place(name)] = value;
  }

  dispose(): void {
    this.#reactor.dispose();
  }

  #place(species: string): number {
    const place = this.#places.get(species);
    if (place === undefined) throw new RangeError(`the pot has no species ${species}`);
    return place;
  }
}

/** Examples as concentrations: scaled inputs (with the augmented one) and label. */
export interface PreparedSamples {
  x: number[][];
  /** One row of labels per example, one label per output; empty when there are no labels. */
  y: number[][];
}

/**
 * Turns rows into concentrations, refusing what the circuit's rails cannot hold.
 *
 * @param what the rows are, for messages: `training`, `validation`, …
 * @throws DataError `needsDualRails` naming row and column
 */
export function prepare(
  circuit: Circuit,
  scaling: Scaling,
  samples: { inputs: readonly (readonly number[])[]; targets?: readonly number[] },
  names: { features: readonly string[]; target: string },
  what: string,
  code: LabelCode = PLAIN,
): PreparedSamples {
  const refuse = (row: number, column: string, value: number, concentration: number): never => {
    const scaled = value === concentration ? '' : ` (concentration ${Number(concentration.toPrecision(6))})`;
    throw new DataError(
      'needsDualRails',
      `${what} row ${row + 1}, column "${column}": ${value}${scaled} is below 0, which positive rails cannot hold; ` +
        'use dual rails',
      { column, value: String(value) },
    );
  };
  const x = samples.inputs.map((row, k) => {
    const scaled = scaleInputs(scaling, row);
    if (scaled.length !== circuit.inputs.length) {
      const given = `${scaled.length} inputs${scaling.augment === null ? '' : ' with the augmented one'}`;
      throw new RangeError(`the ${what} rows have ${given}, but the circuit has ${circuit.inputs.length}`);
    }
    row.forEach((value, j) => {
      if (!Number.isFinite(value)) {
        throw new RangeError(
          `${what} row ${k + 1}, column "${names.features[j]}": ${value} is not a finite number`,
        );
      }
      if (circuit.inputs[j].minus === null && scaled[j] < 0) refuse(k, names.features[j], value, scaled[j]);
    });
    return scaled;
  });
  const y = (samples.targets ?? []).map((value, k) => {
    if (!Number.isFinite(value)) {
      throw new RangeError(`${what} row ${k + 1}, column "${names.target}": ${value} is not a finite number`);
    }
    const labels = encodeLabel(code, scaling, value);
    if (labels.length !== circuit.targets.length) {
      throw new RangeError(
        `a label gives ${labels.length} values, but the circuit has ${circuit.targets.length} outputs`,
      );
    }
    labels.forEach((label, o) => {
      if (label < 0 && circuit.targets[o].minus === null) refuse(k, names.target, value, label);
    });
    return labels;
  });
  return { x, y };
}

/**
 * The second pot, in which everything that is reported is measured: the same circuit, emptied, given the circuit's
 * own starting amounts and a sample of the trained weights, dosed with the inputs alone, run through phase 1 and read.
 */
export class EvaluationPot {
  readonly #pot: Pot;
  readonly #clean: Float64Array;

  private constructor(pot: Pot) {
    this.#pot = pot;
    this.#clean = pot.snapshot();
  }

  static async create(circuit: Circuit, solver: SolverOptions = {}): Promise<EvaluationPot> {
    return new EvaluationPot(await Pot.create(circuit, solver));
  }

  get stats() {
    return this.#pot.stats;
  }

  /** The simulated outputs for one row, as concentrations. */
  predict(parameters: Concentrations, x: readonly number[]): number[] {
    this.#pot.restore(this.#clean);
    this.#pot.load(parameters);
    this.#pot.dose(x);
    return this.#pot.predict();
  }

  /** Simulated outputs for many rows, as concentrations. @throws CircuitFailure naming the row */
  async predictAll(
    parameters: Concentrations,
    rows: readonly (readonly number[])[],
    pacer: Pacer,
  ): Promise<number[][]> {
    const outputs: number[][] = [];
    for (const [k, x] of rows.entries()) {
      if (pacer.due()) await pacer.rest();
      outputs.push(guard({ sample: k }, () => this.predict(parameters, x)));
    }
    return outputs;
  }

  dispose(): void {
    this.#pot.dispose();
  }
}

/** Runs chemistry; a failed integration becomes a `CircuitFailure` that says where in the data it happened. */
export function guard<T>(at: { epoch?: number; sample: number }, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof SolveFailure)) throw error;
    const where = at.epoch === undefined ? '' : `epoch ${at.epoch}, `;
    throw new CircuitFailure('solver', `${where}row ${at.sample + 1}: ${error.message}`, {
      ...at,
      hint: error.hint,
      cause: error,
    });
  }
}
