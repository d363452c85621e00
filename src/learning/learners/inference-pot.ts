import {
  checkedReluNetwork,
  type RateIndependentCircuit,
  reluOutputs,
  signedValue,
} from '../../circuits/index.js';
import type { Reactor, Stats } from '../../simulate/types.js';
import { createPotReactor, type PotOptions } from '../stochastic.js';
import type { LearnerExamples, LearnerPot, LearnerTwin } from './learner.js';

/** A network that infers, in its pot: every prediction starts from the amounts of the text, with the inputs added. */
export class InferencePot implements LearnerPot {
  readonly stepsPerEpoch = 1;
  readonly #clean: Float64Array;

  private constructor(
    readonly circuit: RateIndependentCircuit,
    readonly examples: LearnerExamples,
    private readonly reactor: Reactor,
  ) {
    this.#clean = reactor.state.slice();
  }

  /** @throws (rejects) RangeError for a circuit with inputs of its own, or without examples */
  static async create(
    circuit: RateIndependentCircuit,
    options: PotOptions = {},
    examples?: LearnerExamples,
  ): Promise<InferencePot> {
    if (circuit.settings.x !== null) {
      throw new RangeError('x: the circuit has inputs of its own; leave them out to give it others');
    }
    if (examples === undefined) throw new RangeError('examples must be given: the circuit stores none');
    return new InferencePot(circuit, examples, await createPotReactor(circuit.network, options));
  }

  /** @throws Error always: nothing is learned */
  step(): never {
    throw new Error('a rate-independent network infers and does not learn; use predict');
  }

  /** @throws RangeError for a negative input on a single rail */
  predict(rows: readonly (readonly number[])[]): number[][] {
    const { circuit, reactor } = this;
    const places = new Map(reactor.species.map((name, i) => [name, i]));
    const place = (name: string) => places.get(name) as number;
    const outputs: number[][] = [];
    const runs = reactor.runMany({
      count: rows.length,
      phases: circuit.phases.map((name) => ({ name })),
      fill: (k, state) => {
        state.set(this.#clean);
        circuit.inputs.forEach(({ plus, minus }, i) => {
          const value = rows[k][i];
          const unit = value < 0 ? minus : plus;
          if (unit === null)
            throw new RangeError(`inputs[${k + 1}][${i + 1}] cannot be ${value} on a single rail`);
          for (const [name, amount] of Object.entries(unit)) state[place(name)] += Math.abs(value) * amount;
        });
      },
      after: (k, _, state) => {
        outputs[k] = circuit.outputs.map(
          (signal) => signedValue(signal, (name) => state[place(name)]) / circuit.outputScale,
        );
      },
    });
    for (const _ of runs);
    return outputs;
  }

  weights(): number[] {
    return [];
  }

  get stats(): Stats {
    return this.reactor.stats;
  }

  dispose(): void {
    this.reactor.dispose();
  }
}

/** The digital network. */
export function inferenceTwin({ settings }: RateIndependentCircuit): LearnerTwin {
  const digital = checkedReluNetwork(settings.network);
  return {
    weights: [],
    outputs: (x) => reluOutputs(digital, x),
    step() {
      throw new Error('a rate-independent network infers and does not learn');
    },
  };
}
