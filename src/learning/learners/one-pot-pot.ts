import type { OnePotCircuit } from '../../circuits/index.js';
import type { Stats } from '../../simulate/types.js';
import type { PotOptions } from '../stochastic.js';
import { errorOf, examplesOf } from './layered-examples.js';
import type { LearnerExamples, LearnerPot, LearnerStep } from './learner.js';
import { PotPair, railReader } from './pot-pair.js';

/** What is left of a transient after so many of its time constants is below what floating point tells. */
const REST = 36;

/**
 * A one-pot learner in its pot, which is only let run: a step is a stretch of time, and outputs are read at its end.
 * Predictions are made in a second pot, with the forward pass of one copy, to which a sample of the weights and the inputs
 * are added.
 */
export class OnePotPot implements LearnerPot {
  readonly circuit: OnePotCircuit;
  readonly examples: LearnerExamples;
  /** A step learns from all examples. */
  readonly stepsPerEpoch = 1;
  readonly #pots: PotPair;
  readonly #rest: number;
  #steps = 0;

  private constructor(circuit: OnePotCircuit, reader: OnePotCircuit, pots: PotPair) {
    this.circuit = circuit;
    this.examples = examplesOf(circuit.settings, undefined);
    this.#rest = restTime(reader);
    this.#pots = pots;
  }

  /** @param reader the same network without learning, for predictions */
  static async create(
    circuit: OnePotCircuit,
    reader: OnePotCircuit,
    options: PotOptions = {},
  ): Promise<OnePotPot> {
    return new OnePotPot(circuit, reader, await PotPair.create(circuit, railReader(reader), options));
  }

  step(): LearnerStep {
    const { circuit, examples } = this;
    this.#pots.reactor.run('', { duration: circuit.settings.stretch });
    this.#steps++;
    const rows = examples.inputs.map((_, row) => row);
    const outputs = circuit.outputs.map((signals) => signals.map((signal) => this.#pots.valueOf(signal)));
    const error = errorOf(outputs, rows, examples);
    return {
      step: this.#steps,
      rows,
      outputs,
      error,
      going: 1,
      time: this.#steps * circuit.settings.stretch,
    };
  }

  predict(rows: readonly (readonly number[])[]): number[][] {
    return this.#pots.predict(rows, [{ name: '', duration: this.#rest }]);
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
}

/** By when a forward pass is at rest: sums come to it at k, neurons at k√(z² + 4h) or faster, layer after layer. */
function restTime({ settings: { sizes, speed, softness } }: OnePotCircuit): number {
  const slowest = speed * Math.min(1, 2 * Math.sqrt(softness));
  return ((sizes.length - 1) * REST) / slowest;
}
