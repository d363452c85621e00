import { type LayeredCircuit, railOf, type Signal, signedValue } from '../../circuits/index.js';
import { createReactor } from '../../simulate/inlined.js';
import { addStats, zeroStats } from '../../simulate/stats.js';
import type { Reactor, SolverOptions, Stats } from '../../simulate/types.js';
import { runToEdge } from '../clock-edge.js';
import { batchRows, errorOf, examplesOf } from './layered-examples.js';
import type { LearnerExamples, LearnerPot, LearnerStep } from './learner.js';

/**
 * A layered network in its pot. A step runs the phases of the schedule, or one turn of the clock inside; examples that are
 * not stored are added when phase load is over. Predictions are made in a second pot, with the same chemistry for one copy,
 * to which a sample of the weights and the inputs are added.
 */
export class LayeredPot implements LearnerPot {
  readonly circuit: LayeredCircuit;
  readonly examples: LearnerExamples;
  readonly stepsPerEpoch: number;
  readonly #reactor: Reactor;
  readonly #predictor: Reactor;
  readonly #reader: LayeredCircuit;
  readonly #clean: Float64Array;
  #steps = 0;
  #time = 0;

  private constructor(
    circuit: LayeredCircuit,
    examples: LearnerExamples,
    reactor: Reactor,
    reader: LayeredCircuit,
    predictor: Reactor,
  ) {
    this.circuit = circuit;
    this.stepsPerEpoch = examples.inputs.length / circuit.settings.batch;
    this.examples = examples;
    this.#reactor = reactor;
    this.#reader = reader;
    this.#predictor = predictor;
    this.#clean = predictor.state.slice();
  }

  /**
   * @param reader the same chemistry with one copy and dosed examples, for predictions
   * @param given for circuits that store none
   * @throws (rejects) RangeError for examples that are missing, superfluous, or do not fill whole batches
   */
  static async create(
    circuit: LayeredCircuit,
    reader: LayeredCircuit,
    solver: SolverOptions = {},
    given?: LearnerExamples,
  ): Promise<LayeredPot> {
    const examples = examplesOf(circuit.settings, given);
    const reactor = await createReactor(circuit.network, solver);
    try {
      return new LayeredPot(circuit, examples, reactor, reader, await createReactor(reader.network, solver));
    } catch (error) {
      reactor.dispose();
      throw error;
    }
  }

  step(): LearnerStep {
    const { circuit } = this;
    const rows = batchRows(this.#steps, this.examples, circuit.settings.batch);
    const round = () =>
      circuit.clock ? runToEdge(this.#reactor, circuit.clock, circuit.clock.dose) : this.#runPhases(rows);
    this.#time += round();
    this.#steps++;
    // Outputs are those of the first round: in later ones weights may be moved.
    const outputs = rows.map((_, b) =>
      circuit.outputs[b].map((signal) => signedValue(signal, (name) => this.#read(name))),
    );
    const error = errorOf(outputs, rows, this.examples);
    for (let left = (circuit.rounds ?? 1) - 1; left > 0; left--) this.#time += round();
    return { step: this.#steps, rows, outputs, error, going: this.#going(), time: this.#time };
  }

  predict(rows: readonly (readonly number[])[]): number[][] {
    const reader = this.#reader;
    const places = new Map(this.#predictor.species.map((name, i) => [name, i]));
    const place = (name: string) => places.get(name) as number;
    const weights = this.#weightSpecies();
    const outputs: number[][] = [];
    const runs = this.#predictor.runMany({
      count: rows.length,
      phases: reader.forward.map((name) => ({ name })),
      fill: (k, state) => {
        state.set(this.#clean);
        for (const [name, value] of weights) state[place(name)] = value;
        addExample(state, place, reader.inputs[0], rows[k]);
      },
      after: (k, p, state) => {
        if (p < reader.forward.length - 1) return;
        outputs[k] = reader.outputs[0].map((signal) => signedValue(signal, (name) => state[place(name)]));
      },
    });
    for (const _ of runs);
    return outputs;
  }

  weights(): number[] {
    return this.circuit.weights.map(({ signal }) => signedValue(signal, (name) => this.#read(name)));
  }

  get stats(): Stats {
    const all = zeroStats();
    addStats(all, this.#reactor.stats);
    addStats(all, this.#predictor.stats);
    return all;
  }

  dispose(): void {
    this.#reactor.dispose();
    this.#predictor.dispose();
  }

  /** All phases once; the time that they took. */
  #runPhases(rows: readonly number[]): number {
    const { phases, inputs, labels, settings } = this.circuit;
    const place = (name: string) => this.#reactor.index(name);
    let time = 0;
    phases.forEach((phase, p) => {
      time += this.#reactor.run(phase).elapsed;
      if (p > 0 || settings.data !== 'dosed') return;
      rows.forEach((row, b) => {
        addExample(this.#reactor.state, place, inputs[b], this.examples.inputs[row]);
        addExample(this.#reactor.state, place, labels[b], this.examples.labels[row]);
      });
    });
    return time;
  }

  /** The part of a step that the latch lets through. */
  #going(): number {
    const { stop } = this.circuit;
    if (stop === undefined) return 1;
    const go = Math.max(0, this.#read(stop.go));
    return go / (go + Math.max(0, this.#read(stop.stop)));
  }

  #weightSpecies(): [string, number][] {
    return this.circuit.weights.flatMap(({ signal }) =>
      [signal.plus, railOf(signal, -1)].map((name): [string, number] => [name, this.#read(name)]),
    );
  }

  #read(name: string): number {
    return this.#reactor.state[this.#reactor.index(name)];
  }
}

/** Adds values to signals, each on the rail of its sign. */
export function addExample(
  state: Float64Array,
  place: (name: string) => number,
  signals: readonly Signal[],
  values: readonly number[],
): void {
  signals.forEach((signal, i) => {
    state[place(railOf(signal, values[i] < 0 ? -1 : 1))] += Math.abs(values[i]);
  });
}
