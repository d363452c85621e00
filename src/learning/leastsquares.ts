/** What {@link leastSquares} found. */
export interface LeastSquares {
  /** One coefficient per column; 0 for columns in `dependent`. */
  coefficients: number[];
  /** Columns (by index) that are linear combinations of the others, within round-off. */
  dependent: number[];
}

// A pivot below this part of its column's own norm is round-off: about 2^10 units in the last place.
const DEPENDENT = 2.3e-13;

/**
 * Minimises Σ (rowᵢ·β − targetᵢ)² by Householder QR with column pivoting (Businger & Golub 1965).
 *
 * A digital yardstick beside the chemistry: what the best straight line could reach. Nothing it finds is put into
 * a pot.
 *
 * @param rows m rows of n numbers each; a constant 1 must be a column of its own
 * @param targets m numbers
 * @throws RangeError when there are no rows or the lengths differ
 */
export function leastSquares(rows: readonly (readonly number[])[], targets: readonly number[]): LeastSquares {
  const m = rows.length;
  const n = rows[0]?.length ?? 0;
  if (m === 0 || n === 0) throw new RangeError('least squares needs at least one row and one column');
  if (targets.length !== m) throw new RangeError(`${m} rows, but ${targets.length} targets`);

  // Columns scaled to unit length, so that the pivot order and the test of rank do not depend on their units.
  const columns: Float64Array[] = [];
  const lengths: number[] = [];
  for (let j = 0; j < n; j++) {
    const column = Float64Array.from(rows, (row) => row[j]);
    const length = norm(column, 0);
    if (length > 0) for (let i = 0; i < m; i++) column[i] /= length;
    columns.push(column);
    lengths.push(length);
  }
  const b = Float64Array.from(targets);
  const order = columns.map((_, j) => j);
  const diagonal: number[] = [];
  let rank = 0;
  for (; rank < Math.min(m, n); rank++) {
    const pivot = longest(columns, order, rank);
    if (norm(columns[order[pivot]], rank) < DEPENDENT) break;
    const chosen = order[pivot];
    order[pivot] = order[rank];
    order[rank] = chosen;
    const v = columns[chosen];
    // Reflects v onto −sign(v₀)·|v|·e₀; the reflector stays in v, R's diagonal in `diagonal`.
    const length = norm(v, rank);
    const alpha = v[rank] > 0 ? -length : length;
    v[rank] -= alpha;
    diagonal.push(alpha);
    const square = dot(v, v, rank);
    for (const j of order.slice(rank + 1)) reflect(v, columns[j], rank, square);
    reflect(v, b, rank, square);
  }

  const coefficients = new Array<number>(n).fill(0);
  for (let k = rank - 1; k >= 0; k--) {
    let sum = b[k];
    for (let l = k + 1; l < rank; l++) sum -= columns[order[l]][k] * coefficients[order[l]];
    coefficients[order[k]] = sum / diagonal[k];
  }
  for (let j = 0; j < n; j++) if (lengths[j] > 0) coefficients[j] /= lengths[j];
  return { coefficients, dependent: order.slice(rank).sort((p, q) => p - q) };
}

function dot(a: Float64Array, b: Float64Array, from: number): number {
  let sum = 0;
  for (let i = from; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function norm(a: Float64Array, from: number): number {
  // Divided by the largest first, so that squares of very large or small columns neither overflow nor vanish.
  let largest = 0;
  for (let i = from; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]));
  if (largest === 0) return 0;
  let sum = 0;
  for (let i = from; i < a.length; i++) sum += (a[i] / largest) * (a[i] / largest);
  return largest * Math.sqrt(sum);
}

/** Position in `order`, from `from` on, of the column with the longest remaining part. */
function longest(columns: Float64Array[], order: number[], from: number): number {
  let best = from;
  let bestNorm = -1;
  for (let k = from; k < order.length; k++) {
    const length = norm(columns[order[k]], from);
    if (length > bestNorm) {
      best = k;
      bestNorm = length;
    }
  }
  return best;
}

/** target ← (I − 2vvᵀ/vᵀv)·target, on the rows from `from` on. */
function reflect(v: Float64Array, target: Float64Array, from: number, square: number): void {
  const factor = (2 * dot(v, target, from)) / square;
  for (let i = from; i < v.length; i++) target[i] -= factor * v[i];
}
