import { compileProblem } from '../../src/compile/compile.js';
import { createSimulator, parseNetwork } from '../../src/index.js';
import { diffusingBrusselator, neuralForward } from '../../test/problems/index.js';
import { networkOf } from '../../test/tools/network.js';
import type { Effort } from '../effort.js';
import { timeCalls } from '../timing.js';

/** Families that grow: the Brusselator's cells stay unknowns, a neural forward phase folds to 2n of them. */
export const growing = {
  bruss1d: { of: diffusingBrusselator, sizes: [5, 50, 500, 5000, 10_000] },
  neural: { of: neuralForward, sizes: [2, 10, 30, 100] },
} as const;

const RTOL = 1e-6;

export interface GrowthOrder {
  family: keyof typeof growing;
  /** Cells or inputs. */
  size: number;
  effort: Effort;
}

/** Microseconds of what a network of some size costs. */
export interface GrowthTimes {
  species: number;
  reactions: number;
  unknowns: number;
  /** Entries of L + U. */
  fill: number;
  parse: number;
  compile: number;
  solve: number;
  /** A solve's time over its accepted steps: sizes differ in their steps. */
  step: number;
}

/** Text to model, model to compiled problem with its elimination order, and a solve at 1e-6 with default options. */
export async function timeGrowth({ family, size, effort }: GrowthOrder): Promise<GrowthTimes> {
  const { text, ends } = growing[family].of(size);
  const parse = await timeCalls(() => void parseNetwork(text), effort);
  const network = networkOf(text);
  const active = network.reactions.map((_, r) => r);
  let compiled = compileProblem(network, active);
  const compile = await timeCalls(() => {
    compiled = compileProblem(network, active);
  }, effort);
  const { to } = ends[0];
  const simulator = await createSimulator(network, {
    to,
    saveAt: [to],
    rtol: RTOL,
    maxSeconds: effort.seconds,
  });
  let steps = 0;
  const solve = await timeCalls(() => {
    steps = simulator.run().stats.steps;
  }, effort);
  simulator.dispose();
  return {
    species: network.species.length,
    reactions: network.reactions.length,
    unknowns: compiled.dynamic.length,
    fill: compiled.fill,
    parse: parse.micros,
    compile: compile.micros,
    solve: solve.micros,
    step: solve.micros / steps,
  };
}
