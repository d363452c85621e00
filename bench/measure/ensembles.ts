import { createPool, startWorker } from '../../src/batch/node.js';
import { simulateOver } from '../../src/batch/shared.js';
import { createSimulator, type RunOverrides, type Solution, simulateMany } from '../../src/index.js';
import type { Effort } from '../effort.js';
import { checkout } from '../paths.js';
import { loadProblem } from '../problems.js';
import { median } from '../statistics.js';
import { atolFor } from '../tolerances.js';

const RTOL = 1e-6;
const MEMBERS = 512;
/** Of these the first half warms up: the host's code is compiled anew as it learns what comes. */
const ROUNDS = 24;

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
  /** Microseconds a member; workers have been started before. */
  micros: number;
  /** Whether every end state had the bits of the run alone. */
  identical: boolean;
}

/** Many runs of a small network from different starts, by every way, in turns. */
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
  const createWorker = () => startWorker(new URL('dist/worker.js', checkout));
  const pools = workers.map((size) => createPool({ size, createWorker }));
  const ways = [
    () => simulateMany(network, cases, options),
    ...pools.map((pool) => () => simulateOver(pool, network, cases, options)),
  ];
  const identical: boolean[] = [];
  for (const way of ways) identical.push(sameEnds(await way(), wanted));
  const [own, ...theirs] = await inTurns([alone, ...ways], effort.quick ? 1 : ROUNDS);
  simulator.dispose();
  await Promise.all(pools.map((pool) => pool.dispose()));
  const micros = (milliseconds: number) => (milliseconds * 1000) / members;
  return {
    members,
    alone: micros(own),
    ways: theirs.map((time, i) => ({
      workers: i === 0 ? 0 : workers[i - 1],
      micros: micros(time),
      identical: identical[i],
    })),
  };
}

/** Median milliseconds of each, warm, over rounds in which they take turns. */
async function inTurns(rivals: (() => Promise<unknown>)[], rounds: number): Promise<number[]> {
  const times = rivals.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, rival] of rivals.entries()) {
      const began = performance.now();
      await rival();
      times[i].push(performance.now() - began);
    }
  }
  return times.map((each) => median(each.slice(rounds >> 1)));
}

function sameEnds(found: readonly Solution[], wanted: readonly Solution[]): boolean {
  return found.every((solution, i) =>
    Object.entries(wanted[i].final).every(([name, value]) => Object.is(solution.final[name], value)),
  );
}
