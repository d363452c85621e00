import type { HebbianCircuit, LearnerCircuit } from '../../circuits/index.js';
import { addStats, zeroStats } from '../../simulate/stats.js';
import type { Reactor, Stats } from '../../simulate/types.js';
import { poissonSpikes } from '../hebbian/index.js';
import { createPotReactor, evaluationOptions, namedSeed, type PotOptions } from '../stochastic.js';
import { errorOf } from './layered-examples.js';
import type { LearnerExamples, LearnerPot, LearnerStep } from './learner.js';

/** A Hebbian neuron as all learners are described. */
export interface HebbianLearnerCircuit extends LearnerCircuit {
  hebbian: HebbianCircuit;
  seed: number;
  stretch: number;
}

/** A Hebbian neuron in its pot: a step is a stretch of spikes, outputs are its weights at the end. */
export class HebbianPot implements LearnerPot {
  readonly circuit: HebbianLearnerCircuit;
  readonly examples: LearnerExamples;
  readonly stepsPerEpoch: number;
  readonly #reactor: Reactor;
  readonly #beside: Reactor;
  /** Places of what is dosed and of what is read, channel by channel. */
  readonly #inputs: number[];
  readonly #weights: number[];
  #steps = 0;

  private constructor(
    circuit: HebbianLearnerCircuit,
    examples: LearnerExamples,
    reactor: Reactor,
    beside: Reactor,
  ) {
    this.circuit = circuit;
    this.examples = examples;
    this.stepsPerEpoch = examples.inputs.length;
    this.#reactor = reactor;
    this.#beside = beside;
    this.#inputs = circuit.hebbian.inputs.map((name) => reactor.index(name));
    this.#weights = circuit.hebbian.weights.map((name) => reactor.index(name));
  }

  /** @throws (rejects) RangeError without examples, or for rows that do not fit the neuron */
  static async create(
    circuit: HebbianLearnerCircuit,
    options: PotOptions = {},
    examples?: LearnerExamples,
  ): Promise<HebbianPot> {
    if (examples === undefined) throw new RangeError('examples must be given: a Hebbian neuron stores none');
    const { channels } = circuit.hebbian.settings;
    const wrong = examples.inputs.find((row) => row.length !== channels);
    if (wrong !== undefined) {
      throw new RangeError(`inputs: a row has ${wrong.length} values, the neuron has ${channels} channels`);
    }
    const reactor = await createPotReactor(circuit.network, options);
    try {
      const beside = await createPotReactor(circuit.network, evaluationOptions(options));
      return new HebbianPot(circuit, examples, reactor, beside);
    } catch (error) {
      reactor.dispose();
      throw error;
    }
  }

  step(): LearnerStep {
    const row = this.#steps % this.stepsPerEpoch;
    this.#steps++;
    const outputs = [this.#live(this.#reactor, this.examples.inputs[row], `step ${this.#steps}`)];
    return {
      step: this.#steps,
      rows: [row],
      outputs,
      error: errorOf(outputs, [row], this.examples),
      going: 1,
      time: this.#steps * this.circuit.stretch,
    };
  }

  /** From the pot as it stands, each row by itself. */
  predict(rows: readonly (readonly number[])[]): number[][] {
    return rows.map((rates, k) => {
      this.#beside.state.set(this.#reactor.state);
      return this.#live(this.#beside, rates, `row ${k + 1}`);
    });
  }

  weights(): number[] {
    return this.#weights.map((place) => this.#reactor.state[place]);
  }

  get stats(): Stats {
    const total = zeroStats();
    for (const { stats } of [this.#reactor, this.#beside]) addStats(total, stats);
    return total;
  }

  dispose(): void {
    this.#reactor.dispose();
    this.#beside.dispose();
  }

  /** A stretch of spikes from a stream of their own. @returns the weights at its end */
  #live(reactor: Reactor, rates: readonly number[], stream: string): number[] {
    const { seed, stretch, hebbian } = this.circuit;
    let at = 0;
    const runUntil = (time: number) => {
      if (time > at) reactor.run('', { duration: time - at });
      at = time;
    };
    for (const { time, channel } of poissonSpikes([{ rates, to: stretch }], namedSeed(seed, stream))) {
      runUntil(time);
      reactor.state[this.#inputs[channel - 1]] += hebbian.settings.spike;
    }
    runUntil(stretch);
    return this.#weights.map((place) => reactor.state[place]);
  }
}
