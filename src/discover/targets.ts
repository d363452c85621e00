import type { Experiment } from '../fit/types.js';
import type { Network } from '../network/model.js';
import { candidateReactions } from './candidates.js';
import type { DesignOptions } from './design-types.js';

/** Something that networks are designed for, ready for {@link design}. */
export interface DesignTarget {
  name: string;
  title: string;
  candidates: Network;
  wanted: Experiment[];
  /** With which the target was found to be reached. */
  options: DesignOptions;
}

const LEVELS = [0, 0.2, 1];
/** When a gate's output is read; it is to stay. */
const READ = [8, 10];

/** Y as a function of X1 and X2, at given levels of both. */
function gate(levels: readonly number[], output: (a: number, b: number) => number): Experiment[] {
  return levels.flatMap((a) =>
    levels.map((b) => ({
      name: `${a},${b}`,
      initial: { X1: a, X2: b },
      times: READ,
      values: { Y: READ.map(() => output(a, b)) },
    })),
  );
}

function adder(): DesignTarget {
  return {
    name: 'adder',
    title: 'Y comes to X1 + X2',
    candidates: candidateReactions({ species: ['X1', 'X2', 'Y'] }),
    wanted: gate(LEVELS, (a, b) => a + b),
    options: { starts: 3, tolerance: 0.01 },
  };
}

function xor(): DesignTarget {
  return {
    name: 'xor',
    title: 'Y comes to 1 where one of X1 and X2 is 1 and the other 0, and to 0 else',
    candidates: candidateReactions({ species: ['X1', 'X2', 'Y', 'W'] }),
    wanted: gate([0, 1], (a, b) => (a === b ? 0 : 1)),
    options: { starts: 3, tolerance: 0.05 },
  };
}

/** Of an oscillator. */
const PERIOD = 10;
const PERIODS = 2;

function oscillator(): DesignTarget {
  const species = ['X', 'Y', 'Z'];
  const at = (time: number, s: number) =>
    (1 + 0.5 * Math.sin(2 * Math.PI * (time / PERIOD - s / species.length))) / species.length;
  const times = Array.from({ length: 20 * PERIODS }, (_, i) => ((i + 1) * PERIOD) / 20);
  return {
    name: 'oscillator',
    title: `X, Y and Z swing about 1/3, a third of a period of ${PERIOD} apart`,
    candidates: candidateReactions({ species }),
    wanted: [
      {
        name: 'swing',
        initial: Object.fromEntries(species.map((name, s) => [name, at(0, s)])),
        times,
        values: Object.fromEntries(species.map((name, s) => [name, times.map((time) => at(time, s))])),
      },
    ],
    options: { starts: 3, tolerance: 0.02 },
  };
}

const made = { adder, xor, oscillator };

/** Names of the targets that are ready. */
export const designTargets = Object.keys(made) as readonly (keyof typeof made)[];

/** The target of a name. @throws RangeError for another name */
export function designTarget(name: string): DesignTarget {
  if (!Object.hasOwn(made, name)) {
    throw new RangeError(`there is no target ${JSON.stringify(name)}; there are ${designTargets.join(', ')}`);
  }
  return made[name as keyof typeof made]();
}
