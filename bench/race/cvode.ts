import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Absent } from '../absent.js';
import { nativeCvode } from '../native/build.js';
import { problemFile } from '../native/problem-file.js';
import { foldedSystem, type PlainSystem, plainSystem } from '../plain-system.js';
import type { BenchProblem } from '../problems.js';
import { atolFor } from '../tolerances.js';
import { type Contestant, TooSlow } from './contestant.js';

const run = promisify(execFile);

/** A dense factorisation of more unknowns takes seconds, and its matrix gigabytes. */
const MOST_DENSE = 500;
const MOST_OUTPUT = 64 * 2 ** 20;

/** Linear solvers of CVODE: dense LU, and KLU with either of its orders. */
const linearSolvers = [
  { name: 'CVODE dense', argument: 'dense' },
  { name: 'CVODE KLU (AMD)', argument: 'amd' },
  { name: 'CVODE KLU (COLAMD)', argument: 'colamd' },
] as const;

const contestant = (
  linear: (typeof linearSolvers)[number],
  family: 'native' | 'native folded',
  systemOf: (problem: BenchProblem) => { system: PlainSystem; places: number[] | null },
): Contestant => ({
  name: family === 'native' ? linear.name : `${linear.name}, folded`,
  family,
  async measure(problem, rtol, effort) {
    const { program, klu } = await nativeCvode();
    const dense = linear.argument === 'dense';
    if (!dense && !klu) throw new Absent('SUNDIALS has no KLU here');
    const { system, places } = systemOf(problem);
    const { length } = system.species;
    if (dense && length > MOST_DENSE) throw new Absent(`not tried: dense LU of ${length} unknowns`);
    const folder = mkdtempSync(join(tmpdir(), 'neural-crn-bench-'));
    try {
      const file = join(folder, 'problem.txt');
      writeFileSync(file, problemFile(system, problem.to));
      const atol = atolFor(rtol, problem);
      const { stdout } = await run(
        program,
        [file, linear.argument, ...[rtol, atol, effort.milliseconds, effort.seconds].map(String)],
        { maxBuffer: MOST_OUTPUT },
      );
      const [head, ...values] = stdout.trimEnd().split('\n');
      const [outcome, ...told] = head.split(' ');
      if (outcome === 'slow') throw new TooSlow(effort.seconds);
      if (outcome !== 'done') throw new Error(told.join(' '));
      const [micros, deviation, , steps] = told.map(Number);
      const found = values.map(Number);
      const end = places === null ? found : unfolded(problem, places, found);
      return { micros, deviation, steps, end };
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
});

/** Held species end where they began. */
function unfolded({ network }: BenchProblem, places: number[], found: number[]): number[] {
  const end = plainSystem(network).initial;
  places.forEach((place, i) => {
    end[place] = found[i];
  });
  return end;
}

const whole = ({ network }: BenchProblem) => ({ system: plainSystem(network), places: null });

const folded = ({ network }: BenchProblem) => {
  const system = foldedSystem(network);
  if (system.species.length === network.species.length) throw new Absent('nothing to fold');
  return { system, places: system.places };
};

/** Native CVODE on the network as it stands: the rival. */
export const cvodeContestants = linearSolvers.map((linear) => contestant(linear, 'native', whole));

/** The same with our folding done for it: what is left of the ratio is the integrator's. */
export const foldedCvodeContestants = linearSolvers.map((linear) =>
  contestant(linear, 'native folded', folded),
);
