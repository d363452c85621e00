import type { StepShape } from './emit-step.js';
import type { ProblemTables } from './tables.js';

/** Multiplications of a factorisation up to which it is straight lines; beyond, it goes by rows. */
const STRAIGHT_FACTOR = 10_000;
/**
 * Entries of L + U up to which factorisation and solution are generated. Beyond, the interpreted ones wait for memory as
 * long, and code as large as the factors would take their room in the cache.
 */
const GENERATED_FILL = 20_000;
/** Operations of all stages up to which a step is one straight line. */
const STRAIGHT_STEP = 1500;
/**
 * What generating costs, in operations of interpreted kernels (about 1 ns): for itself, and for each one written, most of
 * which is the host's optimising compiler.
 */
const GENERATION = 1_000_000;
const WRITING = 3000;
/** Operations written beyond which straight lines no longer gain: the processor then waits for code instead of tables. */
const MOST_WRITTEN = 50_000;

/** What a problem's kernels have to do decides when generating them pays, and in which form each is generated. */
export interface Work {
  /** Attempts of interpreted kernels that cost about as much as generating; infinite where it gains nothing. */
  breakEven: number;
  factor: 'straight' | 'rows' | 'interpreted';
  solve: 'straight' | 'interpreted';
  step: 'straight' | 'calls';
  /**
   * Whether the code for two runs has anything to gain: all forms that are generated for one are for two. Where factors
   * are interpreted, two runs at a time by interpreted kernels are 1.4 to 1.5 times as fast as either by generated ones,
   * so no code for two is written there. Two always share vectors.
   */
  pairs: boolean;
}

/** Counts operations: multiplications with what belongs to them. */
export function workOf(tables: ProblemTables, { stages }: StepShape): Work {
  const { count, reactions, tripleEnd, generalSpecies, changeReaction, fill } = tables;
  const derivative = 2 * tripleEnd + generalSpecies.length + reactions + changeReaction.length;
  const step = stages * (stages - 1) * count + stages * (derivative + fill);
  const jacobian = 2 * (tables.jacPlace.length + tables.genPlace.length);
  const factor = eliminations(tables) + fill;
  const attempt = step + jacobian + factor;
  const straightFactor = factor <= STRAIGHT_FACTOR;
  const straightStep = step <= STRAIGHT_STEP;
  const generated = fill <= GENERATED_FILL;
  let written = derivative + jacobian;
  if (generated) written += (straightFactor ? factor : fill) + fill;
  if (straightStep) written += step;
  return {
    breakEven:
      written <= MOST_WRITTEN ? (GENERATION + WRITING * written) / attempt : Number.POSITIVE_INFINITY,
    factor: !generated ? 'interpreted' : straightFactor ? 'straight' : 'rows',
    solve: generated ? 'straight' : 'interpreted',
    step: straightStep ? 'straight' : 'calls',
    pairs: generated,
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
