import { type CompiledProblem, compileProblem } from '../compile/compile.js';
import { type Firing, firingReactions, type Presence, sameBytes, samePresence } from '../compile/firing.js';
import { differencePairs } from '../compile/fold/pairs.js';
import { foldPhase } from '../compile/fold/phase.js';
import type { Network } from '../network/model.js';
import { compileFor, eliminates } from './choose-linear.js';
import { FoldRun } from './fold-run.js';
import type { Plan } from './plan.js';
import type { Prepared } from './prepare.js';
import type { Settings } from './settings.js';

/** The problems of a plan's phases: what a vessel is filled with. */
export interface PhaseProblems {
  problems: readonly CompiledProblem[];
  /** Of phases that are folded. */
  folds?: readonly (FoldRun | undefined)[];
  /** Compiles a phase with all its fill. */
  complete(phase: number): CompiledProblem;
}

/**
 * Compiles phases, each given by the reactions that run, for the linear solver of the settings.
 * @param restarts whether a run may begin anew on its way: at the edge of a phase, or at a crossing
 */
export function compilePhases(
  network: Network,
  active: readonly (readonly number[])[],
  settings: Settings,
  restarts: boolean,
): PhaseProblems {
  return {
    problems: active.map((reactions) => compileFor(network, reactions, settings, restarts)),
    complete: (phase: number) => compileProblem(network, active[phase], { eliminate: eliminates(settings) }),
  };
}

/** Unknowns that folding must spare in some phase, and the share of them: less is not worth other rails. */
const MANY_SPARED = 100;
const SHARE_SPARED = 0.2;

/**
 * The same with those phases folded where that spares many unknowns; `undefined` where it does in none. For runs of which only
 * the ends are seen.
 */
export function foldPhases(
  network: Network,
  active: readonly (readonly number[])[],
  settings: Settings,
): PhaseProblems | undefined {
  if (!settings.fold || network.species.length < MANY_SPARED) return undefined;
  const partner = differencePairs(network, active, settings.constants);
  const folds = active.map((reactions) => {
    const phase = foldPhase(network, reactions, settings.constants, partner);
    const spared = phase.changed - phase.unknowns;
    if (spared < MANY_SPARED || spared < SHARE_SPARED * phase.changed) return undefined;
    return new FoldRun(phase, network.species.length, settings);
  });
  if (folds.every((fold) => fold === undefined)) return undefined;
  const parts = folds.map((fold, p) => fold?.phase ?? { network, active: active[p] });
  return {
    problems: parts.map((part) => compileFor(part.network, part.active, settings, true)),
    folds,
    complete: (p) => compileProblem(parts[p].network, parts[p].active, { eliminate: eliminates(settings) }),
  };
}

/** Presences, each with its problems, that are remembered. */
const MOST_KNOWN = 8;

interface Known {
  presence: Presence;
  firing: Uint8Array;
  problems: PhaseProblems;
}

/** The problems of runs of one network and schedule: those reactions left out that cannot fire from where one begins. */
export class FiringProblems {
  /** The one last asked for comes first. */
  private readonly known: Known[] = [];

  /** @param settings decide the linear solver of every run */
  constructor(
    private readonly network: Network,
    private readonly settings: Settings,
  ) {}

  /** The problems of a run. Runs in which the same reactions can fire have the same ones. */
  of(prepared: Prepared): PhaseProblems {
    const { known } = this;
    if (known.length > 0 && beginsWith(prepared, known[0].presence)) return known[0].problems;
    const presence = presenceOf(prepared);
    const at = known.findIndex((one) => samePresence(one.presence, presence));
    const [found] = at < 0 ? [this.compile(prepared, presence)] : known.splice(at, 1);
    known.unshift(found);
    if (known.length > MOST_KNOWN) known.pop();
    return found.problems;
  }

  private compile({ plan }: Prepared, presence: Presence): Known {
    const { network, settings } = this;
    const { firing } = firingOf(network, plan, presence);
    const same = this.known.find((one) => sameBytes(one.firing, firing));
    if (same !== undefined) return { ...same, presence };
    const active = plan.phases.map((phase) => phase.active.filter((r) => firing[r] === 1));
    const restarts = plan.phases.length > 1 || plan.events.length > 0;
    return { presence, firing, problems: compilePhases(network, active, settings, restarts) };
  }
}

/** What can fire in any phase of a plan. */
export function firingOf(network: Network, { phases }: Plan, presence: Presence): Firing {
  const used = new Uint8Array(network.reactions.length);
  for (const { active } of phases) for (const r of active) used[r] = 1;
  const inUse = network.reactions.flatMap((_, r) => (used[r] === 1 ? [r] : []));
  return firingReactions(network, inUse, presence);
}

type Beginning = Pick<Prepared, 'initial' | 'settings' | 'plan'>;

/** What a prepared run begins with, doses of all its phases and events included, whenever they may come. */
export function presenceOf({ initial, settings, plan }: Beginning): Presence {
  const species = positive(initial);
  const byDoses = dosedBy(plan, initial.length);
  for (let s = 0; s < species.length; s++) species[s] |= byDoses[s];
  return { species, reactions: positive(settings.constants) };
}

/** Whether `presence` is what a prepared run begins with; asked of every run, so it makes nothing. */
function beginsWith({ initial, settings, plan }: Beginning, { species, reactions }: Presence): boolean {
  const { constants } = settings;
  const byDoses = dosedBy(plan, initial.length);
  for (let s = 0; s < species.length; s++) {
    if ((initial[s] > 0 || byDoses[s] === 1) !== (species[s] === 1)) return false;
  }
  for (let r = 0; r < reactions.length; r++) if (constants[r] > 0 !== (reactions[r] === 1)) return false;
  return true;
}

const dosed = new WeakMap<Plan, Uint8Array>();

/** Marks of the species that some phase or event of a plan doses. */
function dosedBy(plan: Plan, count: number): Uint8Array {
  let marks = dosed.get(plan);
  if (marks === undefined) {
    marks = new Uint8Array(count);
    for (const { doses } of [...plan.phases, ...plan.events]) {
      for (const { species, amount } of doses) if (amount > 0) marks[species] = 1;
    }
    dosed.set(plan, marks);
  }
  return marks;
}

function positive(values: Float64Array): Uint8Array {
  const marks = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) if (values[i] > 0) marks[i] = 1;
  return marks;
}
