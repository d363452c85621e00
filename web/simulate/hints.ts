import type { Stats } from 'neural-crn';
import type { Facts } from './protocol';

export interface RunSummary {
  stats: Stats;
  facts?: Facts;
  milliseconds: number;
  /** Numbers saved: rows times species. */
  numbers: number;
  species: number;
  reactions: number;
  /** How long the run was. */
  to: number;
  /** As asked for. */
  method: string;
  rtol: number;
}

/** From here on a run is slow enough to say why. */
const SLOW = 150;

const count = new Intl.NumberFormat('en');

/** Why a run took as long as it did, in plain words, what can be done about it first. Empty for a quick one. */
export function slowHints(run: RunSummary): string[] {
  const { stats, milliseconds, facts } = run;
  const hints: string[] = [];
  const rejected = rejections(stats);
  const attempts = stats.steps + rejected;
  const explicitSteps = run.method === 'tsit5';
  if (explicitSteps && attempts > 5000) {
    hints.push(
      `The method tsit5 is explicit and took ${count.format(attempts)} steps. If fast reactions stand beside slow ones, its steps must be as short as the fastest reaction: take “auto”.`,
    );
  }
  if (milliseconds < SLOW && !explicitSteps) return hints;
  if (stats.steps > 0 && rejected > stats.steps / 2 && attempts > 200) {
    hints.push(
      `${Math.round((100 * rejected) / attempts)} % of the steps were tried in vain${mainCause(stats)}.`,
    );
  }
  if (stats.events > 200) {
    hints.push(
      `${count.format(stats.events)} crossings of a level were located, and the run started anew after each.`,
    );
  }
  if (!explicitSteps && stats.steps > 5000) {
    hints.push(
      `It took ${count.format(stats.steps)} steps, ${perUnit(stats.steps, run.to)}: the solution turns often, as oscillations do. A looser rtol than ${run.rtol} or an earlier end takes fewer.`,
    );
  }
  if (facts && facts.fill > 20_000 && stats.factorisations > 0) {
    hints.push(
      `${count.format(facts.unknowns)} unknowns depend on each other so much that every factorisation fills ${count.format(facts.fill)} entries. The method bdf makes fewer of them.`,
    );
  }
  if (run.numbers > 5e6) {
    hints.push(
      `${count.format(run.numbers)} numbers were saved: fewer rows (“save 200”) take less time and memory.`,
    );
  }
  if (stats.fallbacks > 0) {
    hints.push(
      'The iteration for the linear systems did not converge, and the run went over to factorising.',
    );
  }
  if (stats.switches > 20) {
    hints.push(
      `“auto” changed ${count.format(stats.switches)} times between two methods: the problem is now stiff, now not. Fixing “rodas5p” may be faster.`,
    );
  }
  if (hints.length === 0 && run.reactions > 2000) {
    hints.push(`${count.format(run.reactions)} reactions take their time, in every step.`);
  }
  if (hints.length === 0 && milliseconds >= SLOW && stats.steps < 2000) {
    hints.push(
      'Most of the time went into reading and compiling the network; runs with other values are faster.',
    );
  }
  return hints;
}

export const rejections = ({ rejected: { error, negative, nonFinite, newton } }: Stats): number =>
  error + negative + nonFinite + newton;

function mainCause({ rejected }: Stats): string {
  const { error, negative, nonFinite, newton } = rejected;
  const most = Math.max(error, negative, nonFinite, newton);
  if (most === negative)
    return ', mostly because a concentration would have become negative: a larger atol helps';
  if (most === nonFinite) return ', mostly because a number overflowed: constants of extreme size';
  if (most === newton) return ', mostly because the iteration of bdf did not converge: rodas5p has none';
  return ' because their error was too large: something changes abruptly, a dose or a fast reaction setting in';
}

function perUnit(steps: number, to: number): string {
  const per = steps / to;
  return per >= 1
    ? `${count.format(Math.round(per))} in each unit of time`
    : `one in ${count.format(Math.round(1 / per))} units of time`;
}
