/** Dense linear algebra of least squares, by columns. Arithmetic and square roots alone: the same on every host. */

/** The triangle of a matrix, and what its orthogonal factor makes of a vector: ‖J x + r‖² = ‖R x + q‖² + a constant. */
export interface Triangle {
  /** Columns of R, each as long as there are columns. */
  columns: Float64Array[];
  q: Float64Array;
}

/**
 * Householder's triangularisation (Golub & Van Loan, Matrix Computations, 5.2) of m × n columns.
 * @param columns n columns of m numbers; they are overwritten
 * @param vector m numbers; overwritten too
 */
export function triangle(columns: Float64Array[], vector: Float64Array): Triangle {
  const n = columns.length;
  const m = vector.length;
  for (let k = 0; k < Math.min(m, n); k++) {
    const v = columns[k];
    const length = norm(v, k);
    if (length === 0) continue;
    const alpha = v[k] > 0 ? -length : length;
    const head = v[k] - alpha;
    // v/head, whose first member is 1 and is not kept: that place holds R's diagonal.
    for (let i = k + 1; i < m; i++) v[i] /= head;
    const scale = -head / alpha;
    for (const target of [...columns.slice(k + 1), vector]) {
      let sum = target[k];
      for (let i = k + 1; i < m; i++) sum += v[i] * target[i];
      sum *= scale;
      target[k] -= sum;
      for (let i = k + 1; i < m; i++) target[i] -= sum * v[i];
    }
    v[k] = alpha;
  }
  const upper = columns.map((column, j) =>
    Float64Array.from({ length: n }, (_, i) => (i <= j && i < m ? column[i] : 0)),
  );
  return { columns: upper, q: Float64Array.from({ length: n }, (_, i) => (i < m ? vector[i] : 0)) };
}

/** A = U·diag(s)·Vᵀ, s in descending order. */
export interface Singular {
  /** n columns of U; zero where the singular value is. */
  u: Float64Array[];
  s: Float64Array;
  /** n columns of V. */
  v: Float64Array[];
}

/** Sweeps of Jacobi's method; six to ten serve for any matrix. */
const MOST_SWEEPS = 60;
/** Columns count as orthogonal below this cosine. */
const ORTHOGONAL = 1e-15;

/**
 * Singular values of a matrix by columns, by one-sided Jacobi rotations (Hestenes 1958; Demmel & Veselić, SIAM J. Matrix
 * Anal. Appl. 13 (1992)): small ones come out to full relative accuracy where columns are well scaled.
 */
export function singular(columns: readonly Float64Array[]): Singular {
  const n = columns.length;
  const u = columns.map((column) => column.slice());
  const v = columns.map((_, j) => Float64Array.from({ length: n }, (_, i) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let rotated = false;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) rotated = rotate(u, v, p, q) || rotated;
    }
    if (!rotated) break;
  }
  const sizes = u.map((column) => norm(column, 0));
  const order = sizes.map((_, j) => j).sort((a, b) => sizes[b] - sizes[a]);
  return {
    u: order.map((j) => (sizes[j] > 0 ? u[j].map((value) => value / sizes[j]) : u[j])),
    s: Float64Array.from(order, (j) => sizes[j]),
    v: order.map((j) => v[j]),
  };
}

/** Makes two columns orthogonal; false when they are. */
function rotate(u: Float64Array[], v: Float64Array[], p: number, q: number): boolean {
  const alpha = dot(u[p], u[p]);
  const beta = dot(u[q], u[q]);
  const gamma = dot(u[p], u[q]);
  if (gamma === 0 || Math.abs(gamma) <= ORTHOGONAL * Math.sqrt(alpha) * Math.sqrt(beta)) return false;
  const zeta = (beta - alpha) / (2 * gamma);
  const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const c = 1 / Math.sqrt(1 + t * t);
  for (const [a, b] of [
    [u[p], u[q]],
    [v[p], v[q]],
  ]) {
    for (let i = 0; i < a.length; i++) {
      const x = a[i];
      a[i] = c * (x - t * b[i]);
      b[i] = c * (t * x + b[i]);
    }
  }
  return true;
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** Length of the part of a vector from `from` on, without overflow. */
export function norm(a: Float64Array, from: number): number {
  let largest = 0;
  for (let i = from; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]));
  if (largest === 0) return 0;
  let sum = 0;
  for (let i = from; i < a.length; i++) sum += (a[i] / largest) * (a[i] / largest);
  return largest * Math.sqrt(sum);
}
