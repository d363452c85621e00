import { bitDoses, type PerceptronCircuit, railOf } from '../../circuits/index.js';
import type { Reactor, Stats } from '../../simulate/types.js';
import type { PotOptions } from '../stochastic.js';
import type { LearnerExamples, LearnerPot, LearnerStep, LearnerTwin } from './learner.js';
import { PotPair } from './pot-pair.js';

/** The phases of a prediction. */
const FORWARD = ['answer', 'decide'];

/** @throws RangeError where the circuit has no samples and none are given, or both */
export function perceptronExamples(
  { settings }: PerceptronCircuit,
  given?: LearnerExamples,
): LearnerExamples {
  const examples = given ?? settings.samples;
  if (examples === null) throw new RangeError('examples must be given: the circuit has no samples');
  return examples;
}

/** A weight-loop perceptron in its pot: an example is dosed, answered, judged and cleared away. */
export class PerceptronPot implements LearnerPot {
  #steps = 0;
  #time = 0;

  private constructor(
    readonly circuit: PerceptronCircuit,
    readonly examples: LearnerExamples,
    private readonly pots: PotPair,
  ) {}

  static async create(
    circuit: PerceptronCircuit,
    options: PotOptions = {},
    given?: LearnerExamples,
  ): Promise<PerceptronPot> {
    const examples = perceptronExamples(circuit, given);
    const reader = {
      network: circuit.network,
      dose(state: Float64Array, place: (name: string) => number, inputs: readonly number[]) {
        for (const { species, amount } of bitDoses(circuit.inputs, inputs, 1))
          state[place(species)] += amount;
      },
      outputs: (at: (name: string) => number) => [answerOf(circuit, at)],
    };
    return new PerceptronPot(circuit, examples, await PotPair.create(circuit, reader, options));
  }

  get stepsPerEpoch(): number {
    return this.examples.inputs.length;
  }

  step(): LearnerStep {
    const { circuit, examples, pots } = this;
    const { reactor } = pots;
    const row = this.#steps++ % this.stepsPerEpoch;
    const [[label], x] = [examples.labels[row], examples.inputs[row]];
    const run = (phases: readonly string[]) => {
      for (const phase of phases) this.#time += reactor.run(phase).elapsed;
    };
    dose(reactor, bitDoses(circuit.inputs, x, 1));
    run(FORWARD);
    const output = answerOf(circuit, pots.read);
    dose(reactor, bitDoses([circuit.label], [label], circuit.settings.rate));
    run(circuit.phases.slice(FORWARD.length));
    const error = Math.abs(label - output);
    return { step: this.#steps, rows: [row], outputs: [[output]], error, going: 1, time: this.#time };
  }

  predict(rows: readonly (readonly number[])[]): number[][] {
    return this.pots.predict(
      rows,
      FORWARD.map((name) => ({ name })),
    );
  }

  weights(): number[] {
    return this.pots.weights();
  }

  get stats(): Stats {
    return this.pots.stats;
  }

  dispose(): void {
    this.pots.dispose();
  }
}

/** Which part of the answer says 1; ½ where there is none. */
function answerOf({ output }: PerceptronCircuit, at: (name: string) => number): number {
  const [one, zero] = [Math.max(0, at(output.plus)), Math.max(0, at(railOf(output, -1)))];
  return one + zero > 0 ? one / (one + zero) : 0.5;
}

function dose(reactor: Reactor, doses: ReturnType<typeof bitDoses>): void {
  for (const { species, amount } of doses) reactor.state[reactor.index(species)] += amount;
}

/** The perceptron on numbers: ±η/(1 + a) for the bias and the a inputs that are 1, where the answer is wrong. */
export function perceptronTwin(circuit: PerceptronCircuit, given?: LearnerExamples): LearnerTwin {
  const { inputs, labels } = perceptronExamples(circuit, given);
  const { rate, inputs: n } = circuit.settings;
  const weights = [...circuit.settings.weights];
  let steps = 0;
  const outputs = (x: readonly number[]) => {
    const z = x.reduce((sum, value, i) => sum + weights[i] * value, weights[n]);
    return [z > 0 ? 1 : 0];
  };
  return {
    weights,
    outputs,
    step() {
      const row = steps++ % inputs.length;
      const x = inputs[row];
      const [output] = outputs(x);
      const wrong = labels[row][0] - output;
      const share = (rate * wrong) / (1 + x.reduce((sum, value) => sum + value, 0));
      [...x, 1].forEach((value, i) => {
        weights[i] += share * value;
      });
      return { rows: [row], outputs: [[output]], error: Math.abs(wrong), going: 1 };
    },
  };
}
