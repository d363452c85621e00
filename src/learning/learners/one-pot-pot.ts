import { type OnePotCircuit, railOf, signedValue } from '../../circuits/index.js';
import { createReactor } from '../../simulate/inlined.js';
import { addStats, zeroStats } from '../../simulate/stats.js';
import type { Reactor, SolverOptions, Stats } from '../../simulate/types.js';
import { errorOf, examplesOf } from './layered-examples.js';
import { addExample } from './layered-pot.js';
import type { LearnerExamples, LearnerPot, LearnerStep } from './learner.js';

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
  readonly #reactor: Reactor;
  readonly #predictor: Reactor;
  readonly #reader: OnePotCircuit;
  readonly #clean: Float64Array;
  #steps = 0;

  private constructor(circuit: OnePotCircuit, reactor: Reactor, reader: OnePotCircuit, predictor: Reactor) {
    this.circuit = circuit;
    this.examples = examplesOf(circuit.settings, undefined);
    this.#reactor = reactor;
    this.#reader = reader;
    this.#predictor = predictor;
    this.#clean = predictor.state.slice();
  }

  /** @param reader the same network without learning, for predictions */
  static async create(
    circuit: OnePotCircuit,
    reader: OnePotCircuit,
    solver: SolverOptions = {},
  ): Promise<OnePotPot> {
    const reactor = await createReactor(circuit.network, solver);
    try {
      return new OnePotPot(circuit, reactor, reader, await createReactor(reader.network, solver));
    } catch (error) {
      reactor.dispose();
      throw error;
    }
  }

  step(): LearnerStep {
    const { circuit, examples } = this;
    this.#reactor.run('', { duration: circuit.settings.stretch });
    this.#steps++;
    const rows = examples.inputs.map((_, row) => row);
    const outputs = circuit.outputs.map((signals) =>
      signals.map((signal) => signedValue(signal, (name) => this.#read(name))),
    );
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
    const reader = this.#reader;
    const places = new Map(this.#predictor.species.map((name, i) => [name, i]));
    const place = (name: string) => places.get(name) as number;
    const weights = this.circuit.weights.flatMap(({ signal }) =>
      [signal.plus, railOf(signal, -1)].map((name): [string, number] => [name, this.#read(name)]),
    );
    const outputs: number[][] = [];
    const runs = this.#predictor.runMany({
      count: rows.length,
      phases: [{ name: '', duration: restTime(reader) }],
      fill: (k, state) => {
        state.set(this.#clean);
        for (const [name, value] of weights) state[place(name)] = value;
        addExample(state, place, reader.inputs[0], rows[k]);
      },
      after: (k, _, state) => {
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

  #read(name: string): number {
    return this.#reactor.state[this.#reactor.index(name)];
  }
}

/** By when a forward pass is at rest: sums come to it at k, neurons at k√(z² + 4h) or faster, layer after layer. */
function restTime({ settings: { sizes, speed, softness } }: OnePotCircuit): number {
  const slowest = speed * Math.min(1, 2 * Math.sqrt(softness));
  return ((sizes.length - 1) * REST) / slowest;
}
