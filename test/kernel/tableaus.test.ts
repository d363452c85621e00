import { describe, expect, it } from 'vitest';
import { type RosenbrockTableau, rodas4, rodas5p } from '../../assembly/tableaus';

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

/** The method in its classical form: α, β = α + Γ, and the map from weights of increments U to weights of k. */
function classical(tableau: RosenbrockTableau) {
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
  end[n - 1] = 1;
  return { alpha, beta, weights, end };
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
];

describe.each(cases)('$tableau.name', ({ tableau, order, embedded, dense }) => {
  const { alpha, beta, weights, end } = classical(tableau);
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

  it(`embeds a method of order ${embedded}, whose difference is the last increment`, () => {
    const less = end.slice();
    less[tableau.stages - 1] = 0;
    expect(worst(weights(less), embedded)).toBeLessThan(1e-12);
    expect(worst(weights(less), embedded + 1)).toBeGreaterThan(1e-5);
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
