import type { LayeredCircuit } from '../../circuits/index.js';
import type { Stats } from '../../simulate/types.js';
import { runToEdge } from '../clock-edge.js';
import type { PotOptions } from '../stochastic.js';
import { batchRows, errorOf, examplesOf } from './layered-examples.js';
import type { LearnerExamples, LearnerPot, LearnerStep } from './learner.js';
import { addExample, PotPair, railReader } from './pot-pair.js';

/**
 * A layered network in its pot. A step runs the phases of the schedule, or one turn of the clock inside; examples that are
 * not stored are added when phase load is over. Predictions are made in a second pot, with the same chemistry for one copy,
 * to which a sample of the weights and the inputs are added.
 */
export class LayeredPot implements LearnerPot {
  readonly circuit: LayeredCircuit;
  readonly examples: LearnerExamples;
  readonly stepsPerEpoch: number;
  readonly #pots: PotPair;
  /** Phases of a forward pass. */
  readonly #forward: { name: string }[];
  #steps = 0;
  #time = 0;

  private constructor(
    circuit: LayeredCircuit,
    examples: LearnerExamples,
    reader: LayeredCircuit,
    pots: PotPair,
  ) {
    this.circuit = circuit;
    this.stepsPerEpoch = examples.inputs.length / circuit.settings.batch;
    this.examples = examples;
    this.#forward = reader.forward.map((name) => ({ name }));
    this.#pots = pots;
  }

  /**
   * @param reader the same chemistry with one copy and dosed examples, for predictions
   * @param given for circuits that store none
   * @throws (rejects) RangeError for examples that are missing, superfluous, or do not fill whole batches
   */
  static async create(
    circuit: LayeredCircuit,
    reader: LayeredCircuit,
    options: PotOptions = {},
    given?: LearnerExamples,
  ): Promise<LayeredPot> {
    const examples = examplesOf(circuit.settings, given);
    return new LayeredPot(
      circuit,
      examples,
      reader,
      await PotPair.create(circuit, railReader(reader), options),
    );
  }

  step(): LearnerStep {
    const { circuit } = this;
    const rows = batchRows(this.#steps, this.examples, circuit.settings.batch);
    const round = () =>
      circuit.clock
        ? runToEdge(this.#pots.reactor, circuit.clock, circuit.clock.dose)
        : this.#runPhases(rows);
    this.#time += round();
    this.#steps++;
    // Outputs are those of the first round: in later ones weights may be moved.
    const outputs = rows.map((_, b) => circuit.outputs[b].map((signal) => this.#pots.valueOf(signal)));
    const error = errorOf(outputs, rows, this.examples);
    for (let left = (circuit.rounds ?? 1) - 1; left > 0; left--) this.#time += round();
    return { step: this.#steps, rows, outputs, error, going: this.#going(), time: this.#time };
  }

  predict(rows: readonly (readonly number[])[]): number[][] {
    return this.#pots.predict(rows, this.#forward);
  }

  weights(): number[] {
    return this.#pots.weights();
  }

  get stats(): Stats {
    return this.#pots.stats;
  }

  dispose(): void {
    this.#pots.dispose();
  }

  /** All phases once; the time that they took. */
  #runPhases(rows: readonly number[]): number {
    const { phases, inputs, labels, settings } = this.circuit;
    const place = (name: string) => this.#pots.reactor.index(name);
    let time = 0;
    phases.forEach((phase, p) => {
      time += this.#pots.reactor.run(phase).elapsed;
      if (p > 0 || settings.data !== 'dosed') return;
      rows.forEach((row, b) => {
        addExample(this.#pots.reactor.state, place, inputs[b], this.examples.inputs[row]);
        addExample(this.#pots.reactor.state, place, labels[b], this.examples.labels[row]);
      });
    });
    return time;
  }

  /** The part of a step that the latch lets through. */
  #going(): number {
    const { stop } = this.circuit;
    if (stop === undefined) return 1;
    const go = Math.max(0, this.#pots.read(stop.go));
    return go / (go + Math.max(0, this.#pots.read(stop.stop)));
  }
}
