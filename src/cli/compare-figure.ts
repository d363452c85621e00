import type { CompareRow } from '../compare/index.js';
import { compareFigure, type Figure } from '../plot/index.js';

/** Success of every system by the size of the mismatch, a panel for a problem; `undefined` where nothing was run. */
export function comparePicture(rows: readonly CompareRow[]): Figure | undefined {
  const problems = [...new Set(rows.map(({ problem }) => problem))];
  const systems = [...new Set(rows.map(({ title }) => title))];
  const panels = problems.flatMap((problem) => {
    const groups = rows
      .filter((row) => row.problem === problem && row.success !== null)
      .map(({ title, success, mismatch }) => ({
        name: title,
        values: [{ sigma: 0, ...success! }, ...mismatch].map(({ sigma, rate, interval }) => ({
          sigma,
          rate,
          low: interval[0],
          high: interval[1],
        })),
      }));
    return groups.length === 0 ? [] : [{ name: problem, groups }];
  });
  return panels.length === 0 ? undefined : compareFigure({ systems, panels });
}
