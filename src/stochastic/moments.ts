/** Count, mean and sum of squared deviations of many numbers, cell by cell, over runs that follow each other. */
export interface Moments {
  count: number;
  mean: Float64Array;
  squares: Float64Array;
}

/** Moments of 2^level runs, the first of which has a multiple of that before it. */
export interface MomentNode extends Moments {
  level: number;
}

/** Adds the moments of the runs that follow to `a` (Chan, Golub & LeVeque 1979). */
function merge(a: Moments, b: Moments): void {
  const { mean, squares } = a;
  const count = a.count + b.count;
  const share = b.count / count;
  const weight = a.count * share;
  for (let i = 0; i < mean.length; i++) {
    const difference = b.mean[i] - mean[i];
    mean[i] += difference * share;
    squares[i] += b.squares[i] + difference * difference * weight;
  }
  a.count = count;
}

/**
 * Moments of runs in order, merged in pairs, in pairs of pairs, and so on. Whoever has done which runs, the same numbers are
 * added in the same order, so the bits do not depend on the number of workers; and pairs round less than a long sum.
 */
export class MomentTree {
  /** Levels fall. */
  private nodes: MomentNode[] = [];

  /** Adds the numbers of one run. */
  add(values: Float64Array): void {
    this.push({ level: 0, count: 1, mean: values.slice(), squares: new Float64Array(values.length) });
  }

  /** Adds the moments of the runs that follow. They belong to the tree from then on. */
  push(node: MomentNode): void {
    let last = node;
    for (let before = this.nodes.at(-1); before?.level === last.level; before = this.nodes.at(-1)) {
      this.nodes.pop();
      merge(before, last);
      before.level++;
      last = before;
    }
    this.nodes.push(last);
  }

  /** What there is, for another tree. This one is then empty. */
  take(): MomentNode[] {
    const { nodes } = this;
    this.nodes = [];
    return nodes;
  }

  /** The moments of all runs so far; undefined when there are none. The tree is then empty. */
  total(): Moments | undefined {
    const nodes = this.take();
    for (let i = nodes.length - 2; i >= 0; i--) merge(nodes[i], nodes[i + 1]);
    return nodes[0];
  }
}
