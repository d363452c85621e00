import { dot, norm, type Singular, singular, type Triangle, triangle } from './decompose.js';

/**
 * Why a minimisation ended: the gradient vanishes in all directions that are free; the step, or what it would gain, is
 * nothing; so many iterations were allowed; residuals could not be computed anywhere downhill; it was cancelled. The first
 * three say that it has come to a minimum.
 */
export type FitReason = 'gradient' | 'step' | 'reduction' | 'iterations' | 'stuck' | 'cancelled';

/** A sum of squares ½‖r(x)‖² over a box. */
export interface LeastSquaresProblem {
  start: Float64Array;
  /** −∞ and ∞ where there is no bound. */
  lower: Float64Array;
  upper: Float64Array;
  /** r(x), or undefined where it cannot be computed. */
  residuals(x: Float64Array): Promise<Float64Array | undefined>;
  /** Columns ∂r/∂xⱼ, which the method may overwrite; undefined where they cannot be computed, or when it was cancelled. */
  jacobian(x: Float64Array): Promise<Float64Array[] | undefined>;
  /** Called after every accepted step. */
  onIteration?(iteration: number, loss: number): void;
  signal?: AbortSignal | undefined;
}

export interface LeastSquaresOptions {
  /** Accepted steps at most. */
  maxIterations: number;
  /** Ends when the loss falls by less than this part of itself, and was not expected to fall by more. */
  reductionTolerance: number;
  /** Ends when the step is shorter than this part of x, scaled. */
  stepTolerance: number;
  /** Ends when r is at right angles to all free columns of the Jacobian, to this cosine. */
  gradientTolerance: number;
}

export interface Minimum {
  x: Float64Array;
  /** ½‖r‖². */
  loss: number;
  residuals: Float64Array;
  /** Of the Jacobian there, if that was computed. */
  triangle: Triangle | undefined;
  /** Whether each variable stands at a bound that holds it there. */
  held: boolean[];
  reason: FitReason;
  iterations: number;
}

// H. B. Nielsen, Damping parameter in Marquardt's method, report IMM-REP-1999-05 (1999).
const FIRST_DAMPING = 1e-3;
const LEAST_SHRINKAGE = 1 / 3;
/** Tries at one place. By then the damping has grown beyond all numbers. */
const MOST_TRIES = 40;

/**
 * Levenberg and Marquardt's method for least squares in a box: each step minimises the linearised sum of squares with a
 * damping that is scaled by the columns' largest lengths so far (Moré 1978), by the singular values of the Jacobian. A
 * variable that the step would take past a bound stops there, and the others are sought again; one that stands at a bound
 * which the gradient presses it against is held. It goes downhill at every step, to a point where the gradient vanishes in
 * all free directions (a stationary point in the sense of Kanzow, Yamashita & Fukushima, J. Comput. Appl. Math. 172 (2004)).
 *
 * @throws RangeError when the residuals cannot be computed at the start
 */
export async function minimise(problem: LeastSquaresProblem, options: LeastSquaresOptions): Promise<Minimum> {
  const { lower, upper, signal } = problem;
  let x = problem.start.map((value, j) => Math.min(upper[j], Math.max(lower[j], value)));
  const first = await problem.residuals(x);
  if (first === undefined) throw new RangeError('the residuals cannot be computed at the start');
  let residuals: Float64Array = first;
  let loss = 0.5 * dot(residuals, residuals);
  const scales = new Float64Array(x.length);
  let growth = 2;
  const linearise = async (): Promise<Linearised | undefined> => {
    const columns = await problem.jacobian(x);
    return columns && new Linearised(columns, residuals, x, lower, upper, scales);
  };
  let linear = await linearise();
  const ended = (reason: FitReason, iterations: number): Minimum => {
    const held = linear?.held ?? Array.from(x, () => false);
    return { x, loss, residuals, triangle: linear?.triangle, held, reason, iterations };
  };
  let damping = FIRST_DAMPING * (linear?.largest ?? 0) ** 2;
  for (let iteration = 0; ; iteration++) {
    if (linear === undefined) return ended(signal?.aborted ? 'cancelled' : 'stuck', iteration);
    if (loss === 0 || linear.cosine <= options.gradientTolerance) return ended('gradient', iteration);
    if (iteration === options.maxIterations) return ended('iterations', iteration);
    for (let tries = 0; ; tries++) {
      if (signal?.aborted) return ended('cancelled', iteration);
      const { step, expected }: Step = linear.step(damping);
      if (linear.length(step) <= options.stepTolerance * (linear.length(x) + options.stepTolerance)) {
        return ended('step', iteration);
      }
      const next = x.map((value, j) => Math.min(upper[j], Math.max(lower[j], value + step[j])));
      const there: Float64Array | undefined = expected > 0 ? await problem.residuals(next) : undefined;
      const found = there === undefined ? Number.POSITIVE_INFINITY : 0.5 * dot(there, there);
      const gain = loss - found;
      // What is not expected to fall by more falls no further: rounding and the solver's tolerance are all that is left.
      const isLast = expected <= options.reductionTolerance * loss;
      if (there !== undefined && gain > 0) {
        const ratio = gain / expected;
        const wasSmall = gain <= options.reductionTolerance * loss;
        damping *= Math.max(LEAST_SHRINKAGE, 1 - (2 * ratio - 1) ** 3);
        growth = 2;
        x = next;
        residuals = there;
        loss = found;
        problem.onIteration?.(iteration + 1, loss);
        linear = await linearise();
        if (isLast && wasSmall && linear !== undefined) return ended('reduction', iteration + 1);
        break;
      }
      if (isLast || tries === MOST_TRIES) {
        return ended(there === undefined && expected > 0 ? 'stuck' : 'reduction', iteration);
      }
      damping = (damping || FIRST_DAMPING * linear.largest ** 2) * growth;
      growth *= 2;
    }
  }
}

/** A step, and by how much the linearised loss falls. */
interface Step {
  step: Float64Array;
  expected: number;
}

/** The sum of squares ½‖r + J d‖² about a point. */
class Linearised {
  readonly triangle: Triangle;
  /** Largest singular value of the scaled Jacobian. */
  readonly largest: number;
  /** Of the angle between r and the free column that is nearest to it. */
  readonly cosine: number;
  readonly held: boolean[];

  constructor(
    columns: Float64Array[],
    residuals: Float64Array,
    private readonly x: Float64Array,
    private readonly lower: Float64Array,
    private readonly upper: Float64Array,
    private readonly scales: Float64Array,
  ) {
    const lengths = columns.map((column) => norm(column, 0));
    lengths.forEach((length, j) => {
      scales[j] = Math.max(scales[j], length);
    });
    const gradient = columns.map((column) => dot(column, residuals));
    this.held = gradient.map(
      (slope, j) => (x[j] <= lower[j] && slope > 0) || (x[j] >= upper[j] && slope < 0),
    );
    const whole = norm(residuals, 0);
    this.cosine = gradient.reduce(
      (most, slope, j) =>
        this.held[j] || lengths[j] === 0 ? most : Math.max(most, Math.abs(slope) / (lengths[j] * whole)),
      0,
    );
    this.triangle = triangle(columns, residuals.slice());
    this.largest = singular(this.scaled(this.free())).s[0] ?? 0;
  }

  /** The step for a damping. */
  step(damping: number): Step {
    const { x, lower, upper } = this;
    const step = new Float64Array(x.length);
    let free = this.free();
    const rest = this.triangle.q.slice();
    while (free.length > 0) {
      const found = damped(singular(this.scaled(free)), rest, damping);
      const moved = free.map((j, f) => found[f] / this.scaleOf(j));
      const stopped = free.filter((j, f) => x[j] + moved[f] < lower[j] || x[j] + moved[f] > upper[j]);
      if (stopped.length === 0) {
        free.forEach((j, f) => {
          step[j] = moved[f];
        });
        break;
      }
      for (const j of stopped) {
        step[j] = (moved[free.indexOf(j)] < 0 ? lower[j] : upper[j]) - x[j];
        const column = this.triangle.columns[j];
        for (let i = 0; i < rest.length; i++) rest[i] += column[i] * step[j];
      }
      free = free.filter((j) => !stopped.includes(j));
    }
    const { columns, q } = this.triangle;
    const after = q.slice();
    columns.forEach((column, j) => {
      for (let i = 0; i < after.length; i++) after[i] += column[i] * step[j];
    });
    return { step, expected: 0.5 * (dot(q, q) - dot(after, after)) };
  }

  /** Length in the scales of the variables. */
  length(vector: Float64Array): number {
    return norm(
      vector.map((value, j) => value * this.scaleOf(j)),
      0,
    );
  }

  /** A variable that nothing depends on has no scale of its own. */
  private scaleOf(j: number): number {
    return this.scales[j] || 1;
  }

  private free(): number[] {
    return Array.from(this.x, (_, j) => j).filter((j) => !this.held[j]);
  }

  private scaled(free: readonly number[]): Float64Array[] {
    return free.map((j) => this.triangle.columns[j].map((value) => value / this.scaleOf(j)));
  }
}

/** −V (s² + damping)⁻¹ s Uᵀ q; without damping the shortest solution. */
function damped({ u, s, v }: Singular, q: Float64Array, damping: number): Float64Array {
  const step = new Float64Array(s.length);
  s.forEach((size, k) => {
    if (size === 0) return;
    const factor = (-size * dot(u[k], q)) / (size * size + damping);
    for (let j = 0; j < step.length; j++) step[j] += factor * v[k][j];
  });
  return step;
}
