import type { Circuit } from '../circuits/index.js';
import type { SolverOptions } from '../simulate/types.js';
import { EvaluationPot } from './evaluation.js';
import type { Concentrations } from './pot.js';
import { ScheduledPot } from './scheduled-pot.js';

/** What {@link gradientCheck} found, one value per weight. */
export interface GradientCheck {
  /** −Δθ/LR of one simulated example: the gradient as the chemistry applies it. */
  chemical: number[];
  /** Central differences of the loss ½(ŷ − y)² with simulated ŷ. */
  finiteDifference: number[];
  /** Largest |chemical − finite difference|, relative to the largest finite difference. */
  largestRelativeError: number;
}

export interface GradientCheckOptions extends SolverOptions {
  /** Signed weights at which to compare. Default: the circuit's starting weights. */
  theta?: readonly number[];
  /** Length of the learning phase; its remainder falls as e^−t. Default 40. */
  learnTime?: number;
  /** Half the distance of the differences. The loss is a parabola, so it need not be small. Default 1e-2. */
  step?: number;
}

/**
 * Compares the gradient that a circuit's learning phase applies with finite differences of its own simulated loss.
 *
 * @param sample concentrations: one per input (an augmented one included), and the label, or one per output
 * @param options solver settings default to rtol 1e-10 and atol 1e-13
 */
export async function gradientCheck(
  circuit: Circuit,
  sample: { x: readonly number[]; y: number | readonly number[] },
  options: GradientCheckOptions = {},
): Promise<GradientCheck> {
  const { theta = circuit.options.theta, learnTime = 40, step = 1e-2, ...given } = options;
  if (theta.length !== circuit.weights.length) {
    throw new RangeError(`theta needs ${circuit.weights.length} values, got ${theta.length}`);
  }
  if (!(step > 0 && Number.isFinite(step)))
    throw new RangeError(`step must be a finite number > 0, got ${step}`);
  const solver = { rtol: 1e-10, atol: 1e-13, ...given };
  const { x } = sample;
  const y = typeof sample.y === 'number' ? [sample.y] : sample.y;

  const evaluation = await EvaluationPot.create(circuit, solver);
  const finiteDifference: number[] = [];
  try {
    const loss = (at: readonly number[]) => {
      let sum = 0;
      evaluation.predict(fill(circuit, at), x).forEach((output, k) => {
        sum += 0.5 * (output - y[k]) * (output - y[k]);
      });
      return sum;
    };
    theta.forEach((value, i) => {
      const moved = (by: number) => loss(theta.map((other, j) => (j === i ? value + by : other)));
      finiteDifference.push((moved(step) - moved(-step)) / (2 * step));
    });
  } finally {
    evaluation.dispose();
  }

  const pot = await ScheduledPot.create(circuit, solver);
  let chemical: number[];
  try {
    pot.load(fill(circuit, theta));
    pot.learn(x, y, learnTime);
    chemical = pot.weights().map((value, i) => (theta[i] - value) / circuit.options.rate);
  } finally {
    pot.dispose();
  }

  const size = finiteDifference.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const worst = chemical.reduce((most, value, i) => Math.max(most, Math.abs(value - finiteDifference[i])), 0);
  return { chemical, finiteDifference, largestRelativeError: size > 0 ? worst / size : worst };
}

/** Concentrations of weight species for signed weights. @throws RangeError for a negative weight on positive rails */
function fill(circuit: Circuit, theta: readonly number[]): Concentrations {
  const contents: Concentrations = {};
  circuit.weights.forEach(({ plus, minus }, i) => {
    const value = theta[i];
    if (value < 0 && circuit.rails === 'positive') {
      throw new RangeError(`weight ${i + 1} would be ${value}: this circuit has positive rails only`);
    }
    contents[plus] = Math.max(0, value);
    if (minus !== null) contents[minus] = Math.max(0, -value);
  });
  return contents;
}
