import type { Circuit, LearnerCircuit, Signal, WeightGroup } from '../../circuits/index.js';
import { exampleLength } from '../../lab/index.js';
import { addStats, zeroStats } from '../../simulate/stats.js';
import type { Stats } from '../../simulate/types.js';
import { createPot } from '../create-pot.js';
import { idealNetwork } from '../ideal-network.js';
import type { Pot } from '../pot.js';
import { evaluationOptions, type PotOptions } from '../stochastic.js';
import type { LearnerExamples, LearnerPot, LearnerStep, LearnerTwin } from './learner.js';

/** A Neural CRN as all learners are described. */
export interface NeuralLearnerCircuit extends LearnerCircuit {
  /** The same with the names that its pots need. */
  neural: Circuit;
}

/** A Neural CRN in its pot: a step doses an example with its label, and runs both phases. */
export class NeuralPot implements LearnerPot {
  #steps = 0;
  readonly #length: number;
  readonly #clean: Float64Array;

  private constructor(
    readonly circuit: NeuralLearnerCircuit,
    readonly examples: LearnerExamples,
    private readonly pot: Pot,
    private readonly predictor: Pot,
  ) {
    this.#length = exampleLength(circuit);
    this.#clean = predictor.snapshot();
  }

  /** @throws (rejects) RangeError without examples */
  static async create(
    circuit: NeuralLearnerCircuit,
    options: PotOptions = {},
    examples?: LearnerExamples,
  ): Promise<NeuralPot> {
    if (examples === undefined) throw new RangeError('examples must be given: a Neural CRN stores none');
    const neural: Circuit = { ...circuit.neural, network: circuit.network };
    const pot = await createPot(neural, options);
    try {
      return new NeuralPot(circuit, examples, pot, await createPot(neural, evaluationOptions(options)));
    } catch (error) {
      pot.dispose();
      throw error;
    }
  }

  get stepsPerEpoch(): number {
    return this.examples.inputs.length;
  }

  step(): LearnerStep {
    const row = this.#steps++ % this.stepsPerEpoch;
    const labels = this.examples.labels[row];
    const outputs = this.pot.learn(this.examples.inputs[row], labels);
    const error = outputs.reduce((sum, output, o) => sum + Math.abs(labels[o] - output), 0);
    const time = this.#steps * this.#length;
    return { step: this.#steps, rows: [row], outputs: [outputs], error, going: 1, time };
  }

  predict(rows: readonly (readonly number[])[]): number[][] {
    const outputs: number[][] = [];
    const weights = this.pot.parameters();
    const runs = this.predictor.predictMany(
      {
        rows,
        fill: () => {
          this.predictor.restore(this.#clean);
          this.predictor.load(weights);
        },
        fail: (_, error) => error,
      },
      outputs,
    );
    for (const _ of runs);
    return outputs;
  }

  weights(): number[] {
    const { theta, W = [], B = [] } = this.pot.values();
    return [...theta, ...W, ...B];
  }

  get stats(): Stats {
    const all = zeroStats();
    addStats(all, this.pot.stats);
    addStats(all, this.predictor.stats);
    return all;
  }

  dispose(): void {
    this.pot.dispose();
    this.predictor.dispose();
  }
}

/** Weights by name in the order of `NeuralPot.weights`. */
export function neuralWeights({ groups }: Circuit): { name: string; signal: Signal }[] {
  const named = (name: string, group: WeightGroup | undefined) =>
    (group?.signals ?? []).map((signal, k) => ({ name: `${name}[${k + 1}]`, signal }));
  return [...named('theta', groups.theta), ...named('W', groups.W), ...named('B', groups.B)];
}

/** The ideal network of a Neural CRN: `idealNetwork`, with all its weights in one row. */
export function neuralTwin({ neural }: NeuralLearnerCircuit, examples?: LearnerExamples): LearnerTwin {
  if (examples === undefined) throw new RangeError('examples must be given: a Neural CRN stores none');
  const ideal = idealNetwork(neural.options, { clocked: neural.clock !== undefined });
  const groups = () => [ideal.theta, ideal.W ?? [], ideal.B ?? []];
  const weights = groups().flat();
  /** What somebody else has written into the row. */
  const take = () => {
    let k = 0;
    for (const group of groups()) for (let i = 0; i < group.length; i++) group[i] = weights[k++];
  };
  let steps = 0;
  return {
    weights,
    outputs(x) {
      take();
      return ideal.outputs(x);
    },
    step() {
      take();
      const row = steps++ % examples.inputs.length;
      const labels = examples.labels[row];
      const errors = ideal.step(examples.inputs[row], labels);
      groups()
        .flat()
        .forEach((value, k) => {
          weights[k] = value;
        });
      const error = errors.reduce((sum, one) => sum + Math.abs(one), 0);
      return { rows: [row], outputs: [errors.map((one, o) => one + labels[o])], error, going: 1 };
    },
  };
}
