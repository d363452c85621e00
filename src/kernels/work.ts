import type { StepShape } from './emit-step.js';
import type { ProblemTables } from './tables.js';

/** Multiplications of a factorisation up to which it is straight lines; beyond, it goes by rows. */
const STRAIGHT_FACTOR = 10_000;
/** Entries of L + U up to which a solution is straight lines. Beyond, the interpreted one waits for memory as long. */
const STRAIGHT_SOLVE = 20_000;
/** Operations of all stages up to which a step is one straight line. */
const STRAIGHT_STEP = 2500;
/** What generating costs, in operations of interpreted kernels (about 1 ns): for itself, and for each one written. */
const GENERATION = 1_000_000;
const WRITING = 1000;

/** Operations (multiplications with what belongs to them) of a problem's kernels, and which of them straight lines are. */
export interface Work {
  /** Of one attempted step. */
  attempt: number;
  /** Attempts of interpreted kernels that cost about as much as generating. */
  breakEven: number;
  straightFactor: boolean;
  straightSolve: boolean;
  straightStep: boolean;
}

/** What the kernels of a problem have to do for methods of one shape. */
export function workOf(tables: ProblemTables, { stages }: StepShape): Work {
  const { count, reactions, tripleEnd, generalSpecies, changeReaction, fill } = tables;
  const derivative = 2 * tripleEnd + generalSpecies.length + reactions + changeReaction.length;
  const step = stages * (stages - 1) * count + stages * (derivative + fill);
  const jacobian = 2 * (tables.jacPlace.length + tables.genPlace.length);
  const factor = eliminations(tables) + fill;
  const straightFactor = factor <= STRAIGHT_FACTOR;
  const straightSolve = fill <= STRAIGHT_SOLVE;
  const straightStep = step <= STRAIGHT_STEP;
  const attempt = step + jacobian + factor;
  const written =
    derivative +
    jacobian +
    (straightFactor ? factor : fill) +
    (straightSolve ? fill : 0) +
    (straightStep ? step : 0);
  return {
    attempt,
    breakEven: (GENERATION + WRITING * written) / attempt,
    straightFactor,
    straightSolve,
    straightStep,
  };
}

function eliminations({ count, rowStart, columns, diagonal }: ProblemTables): number {
  let operations = 0;
  for (let i = 0; i < count; i++) {
    for (let e = rowStart[i]; e < diagonal[i]; e++)
      operations += rowStart[columns[e] + 1] - diagonal[columns[e]];
  }
  return operations;
}
