import { createSimulator, type RunOverrides, type Solution, simulateMany } from '../../src/index.js';
import { Absent } from '../absent.js';
import type { Effort } from '../effort.js';
import { loadProblem } from '../problems.js';
import { ifBuilt } from '../race/ours.js';
import { median } from '../statistics.js';
import { atolFor } from '../tolerances.js';

const RTOL = 1e-6;
const MEMBERS = 512;
const ROUNDS = 5;

export interface EnsembleOrder {
  problem: string;
  /** Numbers of workers to try beside none. */
  workers: number[];
  effort: Effort;
}

export interface EnsembleTimes {
  members: number;
  /** Microseconds a member, one run after the other on one simulator. */
  alone: number;
  ways: EnsembleWay[];
}

/** `simulateMany` in one way. */
export interface EnsembleWay {
  workers: number;
  /** Microseconds a member; null with a reason where this build lacks it. */
  micros: number | null;
  why: string | null;
  /** Whether every end state had the bits of the run alone. */
  identical: boolean;
}

/** Many runs of a small network from different starts, by every way that this build has, in turns. */
export async function timeEnsembles({
  problem: name,
  workers,
  effort,
}: EnsembleOrder): Promise<EnsembleTimes> {
  const problem = await loadProblem(name);
  const { network, to } = problem;
  const options = { to, saveAt: [to], rtol: RTOL, atol: atolFor(RTOL, problem) };
  const simulator = await createSimulator(network, options);
  const start = simulator.run({ saveAt: [0] });
  const members = Math.floor(MEMBERS / (effort.quick ? 64 : 1));
  const cases: RunOverrides[] = Array.from({ length: members }, (_, i) => ({
    initial: Object.fromEntries(
      start.species.map((species) => [species, start.column(species)[0] * (1 + i / (10 * members))]),
    ),
  }));
  const alone = () => Promise.resolve(cases.map((each) => simulator.run(each)));
  const wanted = await alone();
  const ways: (() => Promise<Solution[]>)[] = [0, ...workers].map((count) => {
    const more = count === 0 ? {} : { workers: count };
    return () => ifBuilt(() => simulateMany(network, cases, { ...options, ...more }));
  });
  const outcomes: EnsembleWay[] = [];
  const tried: (() => Promise<Solution[]>)[] = [];
  for (const [i, way] of ways.entries()) {
    const outcome: EnsembleWay = {
      workers: i === 0 ? 0 : workers[i - 1],
      micros: null,
      why: null,
      identical: false,
    };
    try {
      outcome.identical = sameEnds(await way(), wanted);
      tried.push(way);
    } catch (error) {
      if (!(error instanceof Absent)) throw error;
      outcome.why = error.message;
    }
    outcomes.push(outcome);
  }
  const [own, ...theirs] = await inTurns([alone, ...tried], effort.quick ? 1 : ROUNDS);
  simulator.dispose();
  const micros = theirs.map((milliseconds) => (milliseconds * 1000) / members);
  for (const outcome of outcomes) if (outcome.why === null) outcome.micros = micros.shift()!;
  return { members, alone: (own * 1000) / members, ways: outcomes };
}

/** Median milliseconds of each, over rounds in which they take turns. */
async function inTurns(rivals: (() => Promise<unknown>)[], rounds: number): Promise<number[]> {
  const times = rivals.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, rival] of rivals.entries()) {
      const began = performance.now();
      await rival();
      times[i].push(performance.now() - began);
    }
  }
  return times.map(median);
}

function sameEnds(found: readonly Solution[], wanted: readonly Solution[]): boolean {
  return found.every((solution, i) =>
    Object.entries(wanted[i].final).every(([name, value]) => Object.is(solution.final[name], value)),
  );
}
