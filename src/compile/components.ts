import type { Pattern } from './order.js';

/**
 * Strongly connected components of a pattern: which unknowns depend on each other in both directions, by way of others
 * or not. Each unknown's component, numbered so that one depends only on itself and on lower ones (Tarjan 1972,
 * without recursion).
 */
export function components({ rowStart, columns }: Pattern): { component: Int32Array; sizes: number[] } {
  const n = rowStart.length - 1;
  const component = new Int32Array(n).fill(-1);
  const sizes: number[] = [];
  /** Order of discovery from 1; the lowest that is reached from here. */
  const found = new Int32Array(n);
  const lowest = new Int32Array(n);
  /** The path that is being walked, and the entry at which each row on it goes on. */
  const path = new Int32Array(n);
  const at = rowStart.slice(0, n);
  const open = new Int32Array(n);
  let opened = 0;
  let order = 0;
  for (let root = 0; root < n; root++) {
    if (found[root] > 0) continue;
    let depth = 0;
    const enter = (i: number) => {
      found[i] = lowest[i] = ++order;
      open[opened++] = i;
      path[depth++] = i;
    };
    enter(root);
    while (depth > 0) {
      const i = path[depth - 1];
      if (at[i] < rowStart[i + 1]) {
        const j = columns[at[i]++];
        if (found[j] === 0) enter(j);
        else if (component[j] < 0) lowest[i] = Math.min(lowest[i], found[j]);
        continue;
      }
      depth--;
      if (depth > 0) lowest[path[depth - 1]] = Math.min(lowest[path[depth - 1]], lowest[i]);
      if (lowest[i] < found[i]) continue;
      let size = 0;
      do {
        component[open[--opened]] = sizes.length;
        size++;
      } while (open[opened] !== i);
      sizes.push(size);
    }
  }
  return { component, sizes };
}
