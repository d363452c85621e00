/** Systems in which chemistry learns, beside each other: same data, same split, same stop rule. */
export { reasonAgainst } from './entrant.js';
export type { Score } from './goal.js';
export { type Goal, type Problem, type ProblemName, problemNamed, problemNames } from './problems.js';
export {
  type CompareRow,
  type Comparison,
  compareRows,
  type Extent,
  type NoAnswer,
  type SuccessRate,
  type TimedRun,
} from './rows.js';
export { type CompareOptions, type CompareRun, compareRun } from './run.js';
export { type CompareSize, compareSize } from './sizes.js';
export { type Compared, comparedNamed, comparedSystems, type Entry } from './systems.js';
