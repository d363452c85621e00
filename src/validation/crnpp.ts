import {
  type CrnppCircuit,
  type CrnppOptions,
  compileCrnpp,
  countsOf,
  crnppPeaks,
  parseCrnpp,
} from '../circuits/index.js';
import { createRandom, type Random } from '../learning/index.js';
import { simulate } from '../simulate/inlined.js';
import type { Solution } from '../simulate/solution.js';
import type { Claim } from './claim.js';
import { type CrnppProgramName, crnppPrograms } from './crnpp-programs.js';
import { between, euclid, factorial, points, type Question, root, series } from './crnpp-questions.js';
import { peaksOf } from './peaks.js';
import {
  atMost,
  inPart,
  type Validation,
  type ValidationContext,
  type ValidationRecipe,
  yes,
} from './validation.js';

/** The course of what a program computes. */
export interface ShownProgram {
  /** Inputs and what they are to give. */
  asked: string;
  times: number[];
  columns: { name: string; values: number[] }[];
  /** What it ought to come to; `null` for a course that goes on. */
  answer: number | null;
}

interface Program {
  title: string;
  /** What holds the answer, and what else is drawn. */
  output: string;
  drawn?: readonly string[];
  ask: (random: Random) => Question;
  /** Part of the answer by which it may be off: what the program's own series leaves out, and what it computes with. */
  off: number;
  whole?: boolean;
  seconds: number;
}

/** Until the slowest root is at rest. */
const NO_CLOCK = 60;
/** Above it, a clock's species is at its peak. */
const PEAK = 0.3;
const DRAWN = 300;
/** Of the default clock. */
const EPSILON = 1e-10;

const compiled = (name: CrnppProgramName, options: CrnppOptions): CrnppCircuit => {
  const { program, issues } = parseCrnpp(crnppPrograms[name]);
  if (program === null) throw new Error(`${name}: ${issues.map(({ message }) => message).join('; ')}`);
  return compileCrnpp(program, options);
};

/** A run of so many turns, with the rows at which the first phase is at its peak: at the beginning, and after each turn. */
async function turned(
  { network, phases }: CrnppCircuit,
  turns: number,
  epsilon: number,
  { engine, signal, onProgress }: ValidationContext,
): Promise<{ run: Solution; rows: number[] }> {
  // A turn lasts as long as the idle species take to grow.
  const slower = Math.log(epsilon) / Math.log(EPSILON);
  const to =
    phases.length === 0
      ? NO_CLOCK
      : Math.ceil(slower * (crnppPeaks.first + (turns + 0.5) * crnppPeaks.spacing * phases.length));
  const run = await simulate(network, {
    to,
    save: to,
    ...(engine && { engine }),
    ...(signal && { signal }),
    ...(onProgress && { onProgress: ({ fraction }) => onProgress(fraction) }),
  });
  if (phases.length === 0) return { run, rows: [run.times.length - 1] };
  return { run, rows: peaksOf(run.column(phases[0].species), PEAK).slice(0, turns + 1) };
}

const OFF = 'off by, of it';
const WHOLE = 'the right whole number';

function recipe(name: CrnppProgramName, program: Program): ValidationRecipe<ShownProgram> {
  const { title, output, drawn = [output], ask, off, whole = false, seconds } = program;
  const claims: Claim[] = [atMost(OFF, off), ...(whole ? [inPart(WHOLE, 1)] : [])];
  return {
    title,
    settings: { program: crnppPrograms[name] },
    claims,
    seconds,
    async measure(seed, context) {
      const { values, epsilon = EPSILON, asked, answer, turns } = ask(createRandom(seed, 'program'));
      const circuit = compiled(name, { epsilon, ...(values && { values }) });
      const { run, rows } = await turned(circuit, turns, epsilon, context);
      const reached = rows.length > turns || circuit.phases.length === 0;
      const found = reached ? run.column(output)[rows[rows.length - 1]] : Number.NaN;
      return {
        values: {
          [OFF]: Math.abs(found / answer - 1),
          ...(whole && { [WHOLE]: yes(Math.round(found) === answer) }),
        },
        size: countsOf(circuit.network),
        shown: shownOf(run, drawn, asked, answer),
      };
    },
  };
}

function shownOf(
  run: Solution,
  names: readonly string[],
  asked: string,
  answer: number | null,
): ShownProgram {
  const step = Math.max(1, Math.floor(run.times.length / DRAWN));
  const rows = [...run.times.keys()].filter((row) => row % step === 0);
  const rounded = (value: number) => Number(value.toPrecision(5));
  return {
    asked,
    answer,
    times: rows.map((row) => run.times[row]),
    columns: names.map((name) => {
      const column = run.column(name);
      return { name, values: rows.map((row) => rounded(column[row])) };
    }),
  };
}

/** A counter has no answer, but a course: from its top to 0, and round. */
const counter: ValidationRecipe<ShownProgram> = {
  title: 'counts down to 0 and begins again, twice',
  settings: { program: crnppPrograms.counter },
  claims: [inPart('the right number in every turn', 1)],
  seconds: 0.5,
  async measure(seed, context) {
    const n = between(createRandom(seed, 'program'), 2, 5);
    const circuit = compiled('counter', { values: { n } });
    const turns = 2 * (n + 1);
    const { run, rows } = await turned(circuit, turns, EPSILON, context);
    const wanted = Array.from({ length: turns + 1 }, (_, k) => n - (k % (n + 1)));
    const count = run.column('count');
    const isRight = rows.length > turns && rows.every((row, k) => Math.round(count[row]) === wanted[k]);
    return {
      values: { 'the right number in every turn': yes(isRight) },
      size: countsOf(circuit.network),
      shown: shownOf(run, ['count'], `from ${n}`, null),
    };
  },
};

/** Phases of the clock that is looked at. */
const PHASES = [2, 3, 4, 5, 6];

/** The times that the authors state of their clock. */
const clock: ValidationRecipe<ShownProgram> = {
  title: 'the clock: when the first phase is at its peak, and how long after it the next; two to six phases',
  settings: { phases: PHASES },
  claims: [
    {
      name: 'first peak',
      by: 'specification',
      wanted: crnppPeaks.first,
      tolerance: { kind: 'within', by: 0.01, relative: true },
      over: 'every',
    },
    {
      name: 'between two peaks',
      by: 'specification',
      wanted: crnppPeaks.spacing,
      tolerance: { kind: 'within', by: 0.02, relative: true },
      over: 'every',
    },
  ],
  seconds: 0.2,
  async measure(seed, { engine, signal }) {
    const phases = PHASES[between(createRandom(seed, 'program'), 0, PHASES.length - 1)];
    const steps = Array.from({ length: phases }, (_, k) => `step[{ ld[a, b${k}] }]`);
    const { program } = parseCrnpp(`crn = { conc[a, 1], ${steps.join(', ')} };`);
    const circuit = compileCrnpp(program as NonNullable<typeof program>);
    const to = Math.ceil(crnppPeaks.first + phases * crnppPeaks.spacing);
    const run = await simulate(circuit.network, {
      to,
      save: 20 * to,
      ...(engine && { engine }),
      ...(signal && { signal }),
    });
    const peaks = circuit.phases.map(({ species }) => run.times[peaksOf(run.column(species), PEAK)[0]]);
    const species = circuit.phases.map((phase) => phase.species);
    return {
      values: {
        'first peak': peaks[0],
        'between two peaks': (peaks[phases - 1] - peaks[0]) / (phases - 1),
      },
      size: countsOf(circuit.network),
      shown: shownOf(run, species, `${phases} phases`, null),
    };
  },
};

/** CRN++ programs, each with inputs of its own for every seed. */
export const crnppProgramsValidation: Validation<ShownProgram> = {
  title: 'CRN++ programs, compiled to reactions with a clock inside',
  system: 'crnpp',
  origin: 'authors',
  source: 'Vasić, Soloveichik & Khurshid, CRN++: molecular programming language, 2018',
  seedOf: 'inputs of the programs (of those without any, the start of the clock’s idle species)',
  standard: 'gcd',
  recipes: {
    gcd: recipe('gcd', {
      title: 'the greatest common divisor of two numbers up to 40, by Euclid’s algorithm',
      output: 'a',
      drawn: ['a', 'b'],
      ask: euclid,
      off: 0.01,
      whole: true,
      seconds: 0.5,
    }),
    factorial: recipe('factorial', {
      title: 'n!, n up to 6',
      output: 'product',
      ask: factorial,
      off: 0.01,
      whole: true,
      seconds: 0.5,
    }),
    sqrt: recipe('sqrt', {
      title: 'the square root of a number from 0.1 to 100, without a clock',
      output: 'root',
      ask: root,
      off: 1e-4,
      seconds: 0.1,
    }),
    e: recipe('e', {
      title: 'e, ten terms of its series',
      output: 'sum',
      ask: series(Math.E, 10),
      off: 1e-4,
      seconds: 0.5,
    }),
    pi: recipe('pi', {
      title: 'pi, eighteen terms of a series',
      output: 'sum',
      ask: series(Math.PI, 18),
      off: 1e-3,
      seconds: 1,
    }),
    distance: recipe('distance', {
      title: 'the distance of two points in the plane',
      output: 'distance',
      ask: points,
      off: 0.05,
      seconds: 0.5,
    }),
    counter,
    clock,
  },
};
