/**
 * What a page would write by hand: Dormand & Prince's explicit method of order 5(4) in plain JavaScript, over arrays of
 * reactions. Same problem, same tolerances, another method: it shows what the rest is for.
 */
export interface PlainReaction {
  rate: number;
  orders: readonly (readonly [species: number, order: number])[];
  change: readonly (readonly [species: number, by: number])[];
}

export interface PlainProblem {
  initial: Float64Array;
  reactions: readonly PlainReaction[];
}

export interface PlainRun {
  state: Float64Array;
  steps: number;
  rejected: number;
  /** What kept it from its end, if anything did. */
  ended: 'done' | 'time' | 'stuck';
  time: number;
}

const a: readonly (readonly number[])[] = [
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];
/** The difference of the two formulas of orders 5 and 4. */
const e = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40];

/** Attempts between two looks at the clock. */
const SLICE = 2000;

export function solvePlain(
  { initial, reactions }: PlainProblem,
  { to, rtol, atol, until }: { to: number; rtol: number; atol: number; until: () => boolean },
): PlainRun {
  const n = initial.length;
  const derivative = (y: Float64Array, out: Float64Array) => {
    out.fill(0);
    for (const { rate, orders, change } of reactions) {
      let flow = rate;
      for (const [species, order] of orders) flow *= order === 1 ? y[species] : y[species] ** order;
      for (const [species, by] of change) out[species] += by * flow;
    }
  };
  const k = Array.from({ length: 7 }, () => new Float64Array(n));
  let y = initial.slice();
  let next = new Float64Array(n);
  derivative(y, k[0]);
  let [t, steps, rejected] = [0, 0, 0];
  let h = firstStep(y, k[0], to, rtol, atol);
  let ended: PlainRun['ended'] = 'done';
  while (t < to) {
    if ((steps + rejected) % SLICE === SLICE - 1 && until()) {
      ended = 'time';
      break;
    }
    if (t + h > to) h = to - t;
    for (let s = 0; s < 6; s++) {
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let j = 0; j <= s; j++) sum += a[s][j] * k[j][i];
        next[i] = y[i] + h * sum;
      }
      derivative(next, k[s + 1]);
    }
    let error = 0;
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let s = 0; s < 7; s++) sum += e[s] * k[s][i];
      error += ((h * sum) / (atol + rtol * Math.max(Math.abs(y[i]), Math.abs(next[i])))) ** 2;
    }
    error = Math.sqrt(error / n);
    if (error <= 1) {
      t = t + h >= to ? to : t + h;
      [y, next] = [next, y];
      [k[0], k[6]] = [k[6], k[0]];
      steps++;
    } else rejected++;
    const factor = error === 0 ? 5 : 0.9 * error ** -0.2;
    h *= Math.min(5, Math.max(0.2, Number.isFinite(factor) ? factor : 0.2));
    if (!(t + h > t) && t < to) {
      ended = 'stuck';
      break;
    }
  }
  return { state: y, steps, rejected, ended, time: t };
}

function firstStep(y: Float64Array, f: Float64Array, to: number, rtol: number, atol: number): number {
  let [size, slope] = [0, 0];
  for (let i = 0; i < y.length; i++) {
    const scale = atol + rtol * Math.abs(y[i]);
    size += (y[i] / scale) ** 2;
    slope += (f[i] / scale) ** 2;
  }
  return slope === 0 || size === 0 ? 1e-6 * to : Math.min(to, 0.01 * Math.sqrt(size / slope));
}
