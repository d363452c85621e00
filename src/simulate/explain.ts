import * as L from '../../assembly/layout';
import type { Tableau } from '../../assembly/tableaus';
import { type CompiledProblem, conservedNetwork, jacobianPattern } from '../compile/compile.js';
import { components } from '../compile/components.js';
import type { ConservedNetwork } from '../compile/eliminate.js';
import type { FoldedPhase } from '../compile/fold/phase.js';
import { countOperations, type Operations } from '../compile/operations.js';
import type { Pattern } from '../compile/order.js';
import { structureOf } from '../compile/structure.js';
import { speciesIndex } from '../network/index.js';
import type { Network } from '../network/model.js';
import { checkKeys } from './check.js';
import { requireNetwork } from './check-network.js';
import { averageStep } from './choose-bdf.js';
import { eliminates } from './choose-linear.js';
import { type Choice, explainChoices } from './explain-choices.js';
import { compilePhases, firingOf, foldPhases, presenceOf } from './phase-problems.js';
import { makePlan, type PlannedPhase } from './plan.js';
import { ownState, startState } from './prepare.js';
import { resolveSettings, type Settings, solverOptionNames } from './settings.js';
import type { SimulateOptions, SolverOptions } from './types.js';

/** Options of a run as far as they decide what is compiled. */
export interface ExplainOptions extends SolverOptions, Pick<SimulateOptions, 'initial' | 'schedule'> {
  /**
   * As `createReactor` compiles: nothing is dropped, because the state may be written, and what pays is folded. Default false.
   */
  reactor?: boolean;
}

/** What a network is compiled to. Plain data. */
export interface CompileExplanation {
  /** In the order of the schedule; one without a name for a network without phases. */
  phases: PhaseExplanation[];
}

export interface PhaseExplanation {
  phase: string;
  method: Choice;
  /** What the method may change to as a run goes. */
  other?: Choice;
  linearSolver: Choice;
  kernels: Choice;
  /** Species that are integrated. */
  unknowns: number;
  /** Those of them on which no rate depends. */
  accumulators: string[];
  /** Species that no reaction of the phase changes: folded into the constants. */
  held: string[];
  /** Reactions of the network that the phase runs. */
  reactions: number;
  /** Those of them that cannot fire. */
  dropped: DroppedReaction[];
  /** Different reactions that are left once species are held. */
  merged: number;
  sums: KeptSum[];
  /** Where the phase is folded for runs of which only the end is seen; all else is of what is left. */
  folded?: FoldExplanation;
  /** Groups of unknowns that depend on each other, and the unknowns in the largest. */
  blocks: { count: number; largest: number };
  /** Entries of the Jacobian with its diagonal, and of L + U. */
  entries: number;
  fill: number;
  /** Floating-point operations; `step` is an accepted step of `method`, of `bdf` an average one. */
  operations: Operations & { step: number };
  /** Of the problem, and of the workspace of a run. */
  bytes: number;
  workspace: number;
}

/** What folding takes out of a phase. */
export interface FoldExplanation {
  /** Species that the phase changes: the unknowns if nothing were folded. */
  changed: number;
  /** Species of which one number, the same for all of a group, says what is left of them. */
  decays: string[][];
  /** Species that are found after the run, and the integrals of which they are made. */
  gains: string[];
  integrals: number;
  /** Pairs among them of which the difference is found. */
  differences: number;
}

export interface DroppedReaction {
  /** Its place in the network, from 1. */
  reaction: number;
  label?: string;
  because: 'constant' | 'absent';
  /** A species that it needs and that never is there. */
  species?: string;
}

/** A conserved sum with whole weights: restored after each step, or computed by. */
export interface KeptSum {
  coefficients: Record<string, number>;
  /** The species that follows from the sum and is no unknown. */
  eliminated?: string;
}

/**
 * Says what compiling makes of each phase of a network: what is dropped, held, merged and eliminated, how sparse the rest is, what a
 * step costs, and which method, linear solver and kernels run it and why.
 * @throws RangeError or TypeError naming a bad option
 */
export function explainCompile(network: Network, options: ExplainOptions = {}): CompileExplanation {
  requireNetwork(network);
  checkKeys('explainCompile', options, [...solverOptionNames, 'initial', 'schedule', 'reactor']);
  const settings = resolveSettings(network, options);
  const plan = makePlan(network, settings.parameters, options.schedule);
  const places = speciesIndex(network);
  const start = { own: ownState(network, settings), places, names: [...places.keys()] };
  const initial = startState(start, options.initial);
  const presence = presenceOf({ initial, settings, plan });
  const { firing, there } = firingOf(network, plan, presence);
  const dropping = (r: number): DroppedReaction[] => {
    if (options.reactor || firing[r] === 1) return [];
    const { label, orders } = network.reactions[r];
    const place = { reaction: r + 1, ...(label !== null && { label }) };
    if (presence.reactions[r] === 0) return [{ ...place, because: 'constant' }];
    const missing = orders.find(({ species, value }) => value > 0 && there[species] === 0)!;
    return [{ ...place, because: 'absent', species: network.species[missing.species].name }];
  };
  const running = plan.phases.map(({ active }) =>
    options.reactor ? active : active.filter((r) => firing[r] === 1),
  );
  const restarts = options.reactor || plan.phases.length > 1 || plan.events.length > 0;
  const folds = options.reactor && plan.events.length === 0;
  const folded = folds ? foldPhases(network, running, settings) : undefined;
  const { problems, folds: runs } = folded ?? compilePhases(network, running, settings, restarts);
  return {
    phases: plan.phases.map((phase, p) => ({
      ...explainPart(network, phase, running[p], problems[p], settings, runs?.[p]?.phase),
      dropped: phase.active.flatMap(dropping),
    })),
  };
}

function explainPart(
  network: Network,
  phase: PlannedPhase,
  running: readonly number[],
  problem: CompiledProblem,
  settings: Settings,
  folded: FoldedPhase | undefined,
): Omit<PhaseExplanation, 'dropped'> {
  if (folded === undefined) return explainPhase(network, phase, running, problem, settings);
  const nameOf = (s: number) => network.species[s].name;
  const { decays, gains, pairs, changed } = folded;
  const left = explainPhase(folded.network, phase, folded.active, problem, settings);
  const own = new Set(network.species.map((species) => species.name));
  const isFolded = new Set(
    [...gains.map(({ species }) => species), ...decays.flatMap(({ members }) => members)].map(nameOf),
  );
  return {
    ...left,
    accumulators: left.accumulators.filter((name) => own.has(name)),
    held: left.held.filter((name) => own.has(name) && !isFolded.has(name)),
    folded: {
      changed,
      decays: decays.map(({ members }) => members.map(nameOf)),
      gains: [...new Set(gains.map(({ species }) => species))].map(nameOf),
      integrals: new Set(gains.map(({ integral }) => integral)).size,
      differences: pairs.length,
    },
  };
}

function explainPhase(
  network: Network,
  { name, active }: PlannedPhase,
  running: readonly number[],
  problem: CompiledProblem,
  settings: Settings,
): Omit<PhaseExplanation, 'dropped'> {
  const nameOf = (s: number) => network.species[s].name;
  const eliminate = eliminates(settings) && !problem.incomplete;
  const reduced = conservedNetwork(structureOf(network, running, eliminate));
  const { eliminated, sums } = reduced;
  const pattern = jacobianPattern(network.species.length, reduced);
  const { sizes } = components(pattern);
  const changed = new Set([...problem.dynamic, ...eliminated]);
  const header = new Int32Array(problem.record, 0, L.P_HEADER_WORDS);
  const operations = countOperations(problem.record);
  const { first, ...choices } = explainChoices(settings, problem);
  return {
    phase: name,
    ...choices,
    unknowns: problem.dynamic.length,
    accumulators: Array.from(accumulators(reduced), nameOf),
    held: network.species.flatMap((species, s) => (changed.has(s) ? [] : [species.name])),
    reactions: active.length,
    merged: problem.reactions,
    sums: sums.map((sum, m) => ({
      coefficients: Object.fromEntries([...sum].map(([s, weight]) => [nameOf(s), weight])),
      ...(m < eliminated.length && { eliminated: nameOf(eliminated[m]) }),
    })),
    blocks: { count: sizes.length, largest: sizes.reduce((most, size) => Math.max(most, size), 0) },
    entries: entriesOf(pattern),
    fill: problem.fill,
    operations: { ...operations, step: stepOperations(operations, problem, first) },
    bytes: problem.record.byteLength,
    workspace: header[L.P_WORK_BYTES],
  };
}

/** Unknowns that are in no rate. */
function accumulators({ dynamic, eliminated, sums, orders }: ConservedNetwork): Int32Array {
  const read = new Set(orders.species.subarray(0, orders.terms));
  for (let m = 0; m < eliminated.length; m++) {
    if (read.has(eliminated[m])) for (const s of sums[m].keys()) read.add(s);
  }
  return dynamic.filter((s) => !read.has(s));
}

/** Different entries of a pattern and its diagonal. */
function entriesOf({ rowStart, columns }: Pattern): number {
  let entries = 0;
  for (let i = 0; i + 1 < rowStart.length; i++) {
    entries += new Set(columns.subarray(rowStart[i], rowStart[i + 1])).add(i).size;
  }
  return entries;
}

/** Weight of an error, its ratio to that, square and sum; depth below zero. */
const NORM = 6;

/** An accepted step without rows to save: the kernels, the stages' sums, the error norm. */
function stepOperations(operations: Operations, problem: CompiledProblem, method: Tableau): number {
  const { derivative, jacobian, factorisation, solve } = operations;
  const unknowns = problem.dynamic.length;
  if (method.family === 'multistep') return averageStep(operations, problem);
  const { stages, a } = method;
  if (method.family === 'explicit') {
    const sums = a.reduce((total, row) => total + 2 * row.length, 2 * method.error.length);
    return (stages - 1) * derivative + (sums + NORM) * unknowns;
  }
  let sums = 1;
  for (let s = 1; s < stages; s++) sums += s < a.length ? 4 * s : 2 * s;
  return stages * (derivative + solve) + jacobian + factorisation + (sums + NORM) * unknowns;
}
