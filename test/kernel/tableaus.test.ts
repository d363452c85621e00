import { describe, expect, it } from 'vitest';
import {
  type ExplicitTableau,
  type RosenbrockTableau,
  rodas4,
  rodas5p,
  tsit5,
} from '../../assembly/tableaus';

/** A rooted tree as the list of its root's subtrees (Butcher 1963). */
type Tree = Tree[];

const size = (tree: Tree): number => 1 + tree.reduce((sum, child) => sum + size(child), 0);
const density = (tree: Tree): number =>
  size(tree) * tree.reduce((product, child) => product * density(child), 1);

/** Every rooted tree with `order` vertices, each once. */
function trees(order: number): Tree[] {
  const forests = (vertices: number, largest: Tree[], from: number): Tree[][] => {
    if (vertices === 0) return [[]];
    const found: Tree[][] = [];
    for (let i = from; i < largest.length; i++) {
      const left = vertices - size(largest[i]);
      if (left < 0) continue;
      for (const rest of forests(left, largest, i)) found.push([largest[i], ...rest]);
    }
    return found;
  };
  if (order === 1) return [[]];
  const smaller: Tree[] = [];
  for (let n = 1; n < order; n++) smaller.push(...trees(n));
  return forests(order - 1, smaller, 0);
}

type Matrix = number[][];

/**
 * A method in its classical form: α, β = α + Γ, the map from weights of increments U to weights of k, and the weights of
 * the new state and of the embedded one.
 */
interface Classical {
  alpha: Matrix;
  beta: Matrix;
  weights(m: number[]): number[];
  end: number[];
  embedded: number[];
}

function classicalExplicit({ stages: n, a: rows, error }: ExplicitTableau): Classical {
  const a = rows.map((row) => [...row, ...new Array<number>(n - row.length).fill(0)]);
  const end = a[n - 1];
  return { alpha: a, beta: a, weights: (m) => m, end, embedded: end.map((value, j) => value - error[j]) };
}

function classicalRosenbrock(tableau: RosenbrockTableau): Classical {
  const n = tableau.stages;
  const zeros = (): Matrix => Array.from({ length: n }, () => new Array<number>(n).fill(0));
  const a = zeros();
  const inverse = zeros();
  for (let i = 0; i < n; i++) {
    const explicit = tableau.a[Math.min(i, tableau.a.length - 1)];
    explicit.forEach((value, j) => {
      a[i][j] = value;
    });
    for (let j = tableau.a.length - 1; j < i; j++) a[i][j] = 1;
    tableau.c[i].forEach((value, j) => {
      inverse[i][j] = -value;
    });
    inverse[i][i] = 1 / tableau.gamma;
  }
  // Γ from its lower triangular inverse, by forward substitution.
  const gamma = zeros();
  for (let column = 0; column < n; column++) {
    for (let i = column; i < n; i++) {
      let sum = i === column ? 1 : 0;
      for (let j = column; j < i; j++) sum -= inverse[i][j] * gamma[j][column];
      gamma[i][column] = sum * tableau.gamma;
    }
  }
  const times = (x: Matrix, y: Matrix): Matrix =>
    x.map((row) => row.map((_, j) => row.reduce((sum, value, k) => sum + value * y[k][j], 0)));
  const alpha = times(a, gamma);
  const beta = alpha.map((row, i) => row.map((value, j) => value + gamma[i][j]));
  const weights = (m: number[]): number[] =>
    m.map((_, j) => m.reduce((sum, value, k) => sum + value * gamma[k][j], 0));
  const end = a[n - 1].slice();
  const embedded = [...end.slice(0, n - 1), 0];
  end[n - 1] = 1;
  return { alpha, beta, weights, end, embedded };
}

/** Φᵢ of a tree: β along single branches, α where a vertex branches (Hairer & Wanner 1996, IV.7, theorem 7.4). */
function elementary(tree: Tree, alpha: Matrix, beta: Matrix): number[] {
  const edge = tree.length === 1 ? beta : alpha;
  return alpha.map((_, i) =>
    tree.reduce((product, child) => {
      const phi = elementary(child, alpha, beta);
      return product * edge[i].reduce((sum, value, j) => sum + value * phi[j], 0);
    }, 1),
  );
}

const cases = [
  { tableau: rodas4, order: 4, embedded: 3, dense: 3 },
  { tableau: rodas5p, order: 5, embedded: 4, dense: 4 },
  { tableau: tsit5, order: 5, embedded: 4, dense: 4 },
];

const classical = (tableau: RosenbrockTableau | ExplicitTableau): Classical =>
  tableau.family === 'explicit' ? classicalExplicit(tableau) : classicalRosenbrock(tableau);

describe.each(cases)('$tableau.name', ({ tableau, order, embedded, dense }) => {
  const method = classical(tableau);
  const { alpha, beta, weights, end } = method;
  const defect = (b: number[], tree: Tree, theta = 1) => {
    const phi = elementary(tree, alpha, beta);
    const sum = b.reduce((total, value, i) => total + value * phi[i], 0);
    return Math.abs(sum - theta ** size(tree) / density(tree));
  };
  const worst = (b: number[], upTo: number, theta = 1) => {
    let largest = 0;
    for (let n = 1; n <= upTo; n++)
      for (const tree of trees(n)) largest = Math.max(largest, defect(b, tree, theta));
    return largest;
  };

  it('counts the rooted trees right', () => {
    expect([1, 2, 3, 4, 5].map((n) => trees(n).length)).toEqual([1, 1, 2, 4, 9]);
  });

  it(`satisfies every condition up to order ${order}, and not the next`, () => {
    expect(worst(weights(end), order)).toBeLessThan(1e-12);
    expect(worst(weights(end), order + 1)).toBeGreaterThan(1e-5);
  });

  it(`embeds a method of order ${embedded}`, () => {
    expect(worst(weights(method.embedded), embedded)).toBeLessThan(1e-12);
    expect(worst(weights(method.embedded), embedded + 1)).toBeGreaterThan(1e-5);
  });

  it(`interpolates with order ${dense}`, () => {
    for (const theta of [0.1, 0.35, 0.5, 0.8]) {
      const m = end.map((value, j) => {
        const [h1, h2, h3] = tableau.h.map((row) => row[j]);
        return theta * (value + (1 - theta) * (h1 + theta * (h2 + theta * (h3 ?? 0))));
      });
      expect(worst(weights(m), dense, theta)).toBeLessThan(1e-12);
    }
  });
});

describe.each([rodas4, rodas5p])('$name', (tableau) => {
  const { beta, weights, end } = classicalRosenbrock(tableau);

  it('is L-stable at infinity: the stability function vanishes there', () => {
    // R(∞) = 1 − bᵀ B⁻¹ 1 with B = β; zero for stiffly accurate methods.
    const b = weights(end);
    const n = tableau.stages;
    const x = new Array<number>(n).fill(0);
    for (let i = 0; i < n; i++) {
      let sum = 1;
      for (let j = 0; j < i; j++) sum -= beta[i][j] * x[j];
      x[i] = sum / beta[i][i];
    }
    expect(Math.abs(1 - b.reduce((sum, value, i) => sum + value * x[i], 0))).toBeLessThan(1e-11);
  });
});

describe.each([tsit5])('$name', (tableau) => {
  const { alpha, end } = classicalExplicit(tableau);

  /** What one step of size 1 makes of y = 1 with y' = zy. */
  const stabilityFunction = (z: number): number => {
    const k: number[] = [];
    for (const row of alpha)
      k.push(z * (1 + row.reduce((sum, a, j) => (j < k.length ? sum + a * k[j] : sum), 0)));
    return 1 + end.reduce((sum, b, j) => sum + b * k[j], 0);
  };

  it('is stable as far as it says, and no further', () => {
    for (let x = 0; x < tableau.stability; x += 0.01) {
      expect(Math.abs(stabilityFunction(-x))).toBeLessThanOrEqual(1);
    }
    expect(Math.abs(stabilityFunction(-tableau.stability - 1e-3))).toBeGreaterThan(1);
  });

  it('ends in the state whose derivative begins the next step', () => {
    expect(tableau.a).toHaveLength(tableau.stages);
    expect(end[tableau.stages - 1]).toBe(0);
    expect(end.reduce((sum, b) => sum + b, 0)).toBeCloseTo(1, 14);
  });

  it('has its last stage but one at the end of the step, where stiffness is measured', () => {
    expect(alpha[tableau.stages - 2].reduce((sum, a) => sum + a, 0)).toBeCloseTo(1, 14);
  });
});
