import type { Circuit, WeightGroup, WeightValues } from '../circuits/index.js';
import { positive } from '../network/limits.js';
import type { SolverOptions } from '../simulate/types.js';
import { createPhasedPot } from './create-pot.js';
import { EvaluationPot } from './evaluation.js';
import { hingeLoss } from './labels.js';
import type { Concentrations } from './pot.js';

/** What {@link gradientCheck} found, one value per weight. */
export interface GradientCheck {
  /** −Δθ/LR (ΔW: its own rate) of one simulated example: the gradient as the chemistry applies it. */
  chemical: number[];
  /** Central differences of the loss that the circuit descends, ½(ŷ − y)² or the squared hinge, with simulated ŷ. */
  finiteDifference: number[];
  /** Largest |chemical − finite difference|, relative to the largest finite difference. */
  largestRelativeError: number;
}

export interface GradientCheckOptions extends SolverOptions {
  /** Which weights to compare: θ, output weights W or biases B, where they are trained. Default θ. */
  group?: keyof WeightValues;
  /** Signed weights θ at which to compare. Default: the circuit's starting weights. */
  theta?: readonly number[];
  /** Length of the learning phase; its remainder falls as e^−t. Default 40. */
  learnTime?: number;
  /** Half the distance of the differences. A linear circuit's loss is a parabola, so it need not be small. Default 1e-2. */
  step?: number;
}

/**
 * Compares the gradient that a circuit's learning phase applies with finite differences of its own simulated loss. They
 * agree for the exact adjoint (and for the constant one of linear nodes); a hinge circuit follows its hinge softly, as far
 * as its constants are finite.
 *
 * @param sample concentrations: one per input (but for a constant one that the circuit doses itself), and the label, or
 *   one per output
 * @param options solver settings default to rtol 1e-10 and atol 1e-13
 */
export async function gradientCheck(
  circuit: Circuit,
  sample: { x: readonly number[]; y: number | readonly number[] },
  options: GradientCheckOptions = {},
): Promise<GradientCheck> {
  const { group = 'theta', theta = circuit.options.theta, learnTime = 40, step = 1e-2, ...given } = options;
  if (theta.length !== circuit.weights.length) {
    throw new RangeError(`theta needs ${circuit.weights.length} values, got ${theta.length}`);
  }
  positive({ step });
  if (circuit.clock) {
    throw new RangeError(
      'circuit: the gradient is checked under a schedule; give the circuit without its clock',
    );
  }
  const solver = { rtol: 1e-10, atol: 1e-13, ...given };
  const { x } = sample;
  const y = typeof sample.y === 'number' ? [sample.y] : sample.y;

  const compared = circuit.groups[group];
  if (!compared) throw new RangeError(`group: this circuit trains no ${group}`);
  const { rate, readoutRate } = circuit.options;

  const pot = await createPhasedPot(circuit, solver);
  let before: number[];
  let chemical: number[];
  let contents: Concentrations;
  try {
    pot.load(fill(circuit, circuit.groups.theta, theta));
    contents = pot.parameters();
    before = pot.values()[group] as number[];
    pot.learn(x, y, learnTime);
    const after = pot.values()[group] as number[];
    chemical = after.map(
      (value, i) => (before[i] - value) / (group === 'W' ? (readoutRate as number) : rate),
    );
  } finally {
    pot.dispose();
  }

  const evaluation = await EvaluationPot.create(circuit, solver);
  const finiteDifference: number[] = [];
  try {
    const loss = (at: readonly number[]) => {
      const outputs = evaluation.predict({ ...contents, ...fill(circuit, compared, at) }, x);
      if (circuit.options.error === 'hinge') return hingeLoss(outputs, y);
      return outputs.reduce((sum, output, k) => sum + 0.5 * (output - y[k]) * (output - y[k]), 0);
    };
    before.forEach((value, i) => {
      const moved = (by: number) => loss(before.map((other, j) => (j === i ? value + by : other)));
      finiteDifference.push((moved(step) - moved(-step)) / (2 * step));
    });
  } finally {
    evaluation.dispose();
  }

  const size = finiteDifference.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const worst = chemical.reduce((most, value, i) => Math.max(most, Math.abs(value - finiteDifference[i])), 0);
  return { chemical, finiteDifference, largestRelativeError: size > 0 ? worst / size : worst };
}

/** Concentrations of weight species for signed weights. @throws RangeError for a negative weight on positive rails */
function fill(circuit: Circuit, { signals }: WeightGroup, values: readonly number[]): Concentrations {
  const contents: Concentrations = {};
  signals.forEach(({ plus, minus }, i) => {
    const value = values[i];
    if (value < 0 && circuit.rails === 'positive') {
      throw new RangeError(`weight ${i + 1} would be ${value}: this circuit has positive rails only`);
    }
    contents[plus] = Math.max(0, value);
    if (minus !== null) contents[minus] = Math.max(0, -value);
  });
  return contents;
}
