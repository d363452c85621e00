import { countsOf } from '../circuits/index.js';
import { type DesignTarget, design, designTarget } from '../discover/index.js';
import { type Network, parseNetwork, printNetwork } from '../network/index.js';
import { simulate } from '../simulate/inlined.js';
import type { Claim } from './claim.js';
import { peaksOf } from './peaks.js';
import {
  atMost,
  inPart,
  type Validation,
  type ValidationContext,
  type ValidationRecipe,
  yes,
} from './validation.js';

/** What a designed network does in each of the experiments that were asked for. */
export interface ShownDesign {
  title: string;
  reactions: string[];
  experiments: {
    name: string;
    times: number[];
    species: { name: string; values: number[]; wanted: { times: number[]; values: number[] } }[];
  }[];
}

type TargetName = Parameters<typeof designTarget>[0];

const DRAWN = 100;
/** Panels of one figure. */
const MOST_SHOWN = 4;
const rounded = (value: number) => Number(value.toPrecision(5));

/** Root mean square of what is wrong with a network's runs, over all that was asked for. */
async function errorOf(network: Network, { wanted }: DesignTarget, signal?: AbortSignal): Promise<number> {
  let sum = 0;
  let count = 0;
  for (const { initial = {}, times, values } of wanted) {
    const run = await simulate(network, {
      initial,
      to: Math.max(...Array.from(times)),
      saveAt: Array.from(times),
      ...(signal && { signal }),
    });
    for (const [name, numbers] of Object.entries(values)) {
      const column = run.column(name);
      Array.from(numbers).forEach((value, i) => {
        sum += (column[i] - value) ** 2;
        count++;
      });
    }
  }
  return Math.sqrt(sum / count);
}

async function shownOf(
  network: Network,
  reactions: string[],
  { title, wanted }: DesignTarget,
  to: number,
): Promise<ShownDesign> {
  const experiments: ShownDesign['experiments'] = [];
  for (const [e, { name, initial = {}, times, values }] of wanted.slice(0, MOST_SHOWN).entries()) {
    const run = await simulate(network, { initial, to, save: DRAWN });
    experiments.push({
      name: name ?? String(e + 1),
      times: [...run.times].map(rounded),
      species: Object.entries(values).map(([species, numbers]) => ({
        name: species,
        values: [...run.column(species)].map(rounded),
        wanted: { times: [...Array.from(times)], values: Array.from(numbers).map(rounded) },
      })),
    });
  }
  return { title, reactions, experiments };
}

/** What is asked of a network that was found, beside its error. */
type Judge = (network: Network, signal?: AbortSignal) => Promise<Record<string, number>>;

const REACHED = 'comes within the tolerance';
const EXPORTED = 'exported, read again, apart';

function recipe(
  name: TargetName,
  { to, part, seconds }: { to: number; part: number; seconds: number },
  claims: readonly Claim[],
  judged: Judge = () => Promise.resolve({}),
): ValidationRecipe<ShownDesign> {
  const { title, options } = designTarget(name);
  const { tolerance = 0.02 } = options;
  return {
    title: `${title}; one random start a seed`,
    settings: { name, tolerance, to },
    claims: [inPart(REACHED, part, 'ours'), atMost(EXPORTED, 1e-9), ...claims],
    seconds,
    async measure(seed, { signal, onProgress }: ValidationContext) {
      const target = designTarget(name);
      const found = await design(target.candidates, target.wanted, {
        ...target.options,
        starts: 1,
        seed,
        ...(signal && { signal }),
        ...(onProgress && { onProgress: ({ fraction }) => onProgress(fraction) }),
      });
      signal?.throwIfAborted();
      const { network, reactions } = found;
      const error = await errorOf(network, target, signal);
      const read = parseNetwork(printNetwork(network)).network as Network;
      return {
        values: {
          [REACHED]: yes(error <= tolerance),
          [EXPORTED]: Math.abs((await errorOf(read, target, signal)) - error),
          ...(await judged(network, signal)),
        },
        size: countsOf(network),
        shown: await shownOf(
          network,
          reactions.map((one) => `${one.reaction} (${one.constant.toPrecision(3)})`),
          target,
          to,
        ),
      };
    },
  };
}

/** Sums that nobody asked for in the training. */
const UNSEEN = [
  [0.5, 0.7],
  [0.1, 0.9],
  [0.8, 0.8],
] as const;

async function adds(network: Network, signal?: AbortSignal): Promise<Record<string, number>> {
  let far = 0;
  for (const [X1, X2] of UNSEEN) {
    const { final } = await simulate(network, { initial: { X1, X2 }, to: 10, ...(signal && { signal }) });
    far = Math.max(far, Math.abs(final.Y - X1 - X2));
  }
  return { 'off by, of sums not trained': far, reactions: network.reactions.length };
}

const RIGHT = 'right for all four inputs';

async function decides(network: Network, signal?: AbortSignal): Promise<Record<string, number>> {
  let right = true;
  for (const [X1, X2] of [0, 1, 2, 3].map((row) => [row >> 1, row & 1])) {
    const { final } = await simulate(network, { initial: { X1, X2 }, to: 10, ...(signal && { signal }) });
    right &&= final.Y > 0.5 === (X1 !== X2);
  }
  return { [RIGHT]: yes(right) };
}

/** Of an oscillator: three times as long as it was trained. */
const LONGER = 60;
const TRAINED = 20;

async function swings(network: Network, signal?: AbortSignal): Promise<Record<string, number>> {
  const [{ initial }] = designTarget('oscillator').wanted;
  const save = 20 * LONGER;
  const run = await simulate(network, {
    to: LONGER,
    save,
    ...(initial && { initial }),
    ...(signal && { signal }),
  });
  const x = [...run.column('X')];
  const swing = (from: number, to: number) => {
    const part = x.slice((from * save) / LONGER, (to * save) / LONGER);
    return Math.max(...part) - Math.min(...part);
  };
  const middle = x.reduce((a, b) => a + b, 0) / x.length;
  const peaks = peaksOf(x, middle);
  return {
    period: ((peaks[peaks.length - 1] - peaks[0]) * LONGER) / save / (peaks.length - 1),
    'swing left at t = 40 to 60': swing(LONGER - TRAINED, LONGER) / swing(0, TRAINED),
  };
}

const medianWithin = (name: string, wanted: number, by: number): Claim => ({
  name,
  by: 'mathematics',
  wanted,
  tolerance: { kind: 'within', by, relative: true },
});

/** Networks designed anew from every seed's start. */
export const designTargets: Validation<ShownDesign> = {
  title: 'networks designed by gradients, after Mordvintsev et al., our search',
  system: 'design',
  origin: 'reconstruction',
  source: 'Mordvintsev, Randazzo & Niklasson, arXiv 2302.02714',
  seedOf: 'rate constants to begin with',
  standard: 'adder',
  takesEngine: false,
  recipes: {
    adder: recipe(
      'adder',
      { to: 10, part: 0.9, seconds: 5 },
      [
        {
          name: 'off by, of sums not trained',
          by: 'mathematics',
          wanted: 0.01,
          tolerance: { kind: 'atMost' },
        },
        // Each input must be made into the output by a reaction of its own.
        { name: 'reactions', by: 'mathematics', wanted: 2, tolerance: { kind: 'within', by: 0 } },
      ],
      adds,
    ),
    xor: recipe('xor', { to: 10, part: 0.5, seconds: 10 }, [inPart(RIGHT, 0.5, 'ours')], decides),
    oscillator: recipe(
      'oscillator',
      { to: LONGER, part: 0.5, seconds: 1 },
      [medianWithin('period', 10, 0.02), medianWithin('swing left at t = 40 to 60', 1, 0.1)],
      swings,
    ),
  },
};
