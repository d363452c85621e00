import type { CompareRow, SuccessRate } from '../compare/index.js';
import { type CompareData, compareFigure, type Figure, type Varied } from '../plot/index.js';

/** Success of every system by mismatch and by volume, a panel for each and problem; `undefined` where nothing was run. */
export function comparePicture(rows: readonly CompareRow[]): Figure | undefined {
  const problems = [...new Set(rows.map(({ problem }) => problem))];
  const systems = [...new Set(rows.map(({ title }) => title))];
  const panels = problems.flatMap((problem) => {
    const own = rows.filter((row) => row.problem === problem && row.success !== null);
    return (['mismatch', 'volume'] as const).flatMap((varied) => panelOf(problem, own, varied));
  });
  return panels.length === 0 ? undefined : compareFigure({ systems, panels });
}

/** Nothing where there is nothing to be seen: no panel of volumes without one. */
function panelOf(name: string, rows: readonly CompareRow[], varied: Varied): CompareData['panels'] {
  const groups = rows.flatMap(({ title, success, mismatch, volumes }) => {
    const asDesigned = { at: varied === 'mismatch' ? 0 : Number.POSITIVE_INFINITY, ...success! };
    const others =
      varied === 'mismatch'
        ? mismatch.map((one) => ({ at: one.sigma, ...one }))
        : volumes.map((one) => ({ at: one.volume, ...one }));
    if (varied === 'volume' && others.length === 0) return [];
    const values = [asDesigned, ...others].map(({ at, rate, interval }: { at: number } & SuccessRate) => ({
      ...{ at, rate },
      ...{ low: interval[0], high: interval[1] },
    }));
    return [{ name: title, values }];
  });
  return groups.length === 0 ? [] : [{ name, varied, groups }];
}
