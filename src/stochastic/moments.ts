/** Count, mean and sum of squared deviations of many numbers, cell by cell, of runs that follow each other. */
export interface Moments {
  count: number;
  mean: Float64Array;
  squares: Float64Array;
}

/** Moments of 2^level blocks of runs, from a multiple of that on; of fewer runs at the very end. */
export interface MomentNode extends Moments {
  level: number;
}

/** Runs that are added up one after the other. */
export const BLOCK = 16;

const empty = (cells: number): MomentNode => ({
  level: 0,
  count: 0,
  mean: new Float64Array(cells),
  squares: new Float64Array(cells),
});

/** Adds the moments of the runs that follow (Chan, Golub & LeVeque 1979). */
function merged(a: Moments, b: Moments, level: number): MomentNode {
  const count = a.count + b.count;
  const mean = new Float64Array(a.mean.length);
  const squares = new Float64Array(a.mean.length);
  const share = b.count / count;
  const weight = a.count * share;
  for (let i = 0; i < mean.length; i++) {
    const difference = b.mean[i] - a.mean[i];
    mean[i] = a.mean[i] + difference * share;
    squares[i] = a.squares[i] + b.squares[i] + difference * difference * weight;
  }
  return { level, count, mean, squares };
}

/**
 * Moments of runs in order. Runs are added to blocks of a fixed size, and blocks merged in pairs of pairs: whoever has
 * done which runs, the same additions are made, so the bits do not depend on the number of workers.
 */
export class MomentTree {
  /** Levels fall. */
  private readonly nodes: MomentNode[] = [];
  private block: MomentNode;

  constructor(private readonly cells: number) {
    this.block = empty(cells);
  }

  /** Adds the numbers of one run, by Welford's (1962) recurrence. */
  add(values: ArrayLike<number>): void {
    const { block } = this;
    const { mean, squares } = block;
    block.count++;
    const share = 1 / block.count;
    for (let i = 0; i < mean.length; i++) {
      const difference = values[i] - mean[i];
      mean[i] += difference * share;
      squares[i] += difference * (values[i] - mean[i]);
    }
    if (block.count < BLOCK) return;
    this.push(block);
    this.block = empty(this.cells);
  }

  /** Adds the moments of the runs that follow; no block may be begun. */
  push(node: MomentNode): void {
    let last = node;
    for (let before = this.nodes.at(-1); before?.level === last.level; before = this.nodes.at(-1)) {
      this.nodes.pop();
      last = merged(before, last, last.level + 1);
    }
    this.nodes.push(last);
  }

  /** What there is, to be given to another tree: the begun block is over. */
  take(): MomentNode[] {
    if (this.block.count > 0) this.push(this.block);
    this.block = empty(this.cells);
    return this.nodes.splice(0);
  }

  /** The moments of all runs so far. The tree is then empty. */
  total(): Moments {
    return (
      this.take().reduceRight((after: MomentNode | undefined, node) => {
        return after === undefined ? node : merged(node, after, node.level);
      }, undefined) ?? empty(this.cells)
    );
  }
}
