import type { PhasedDraft } from '../draft.js';
import { upTo } from '../layered/parts.js';
import { addReaction } from '../reactions.js';
import type { HebbianSettings } from './options.js';

type Add = (label: string, from: string[], to: string[], rate: string) => void;

const adder =
  (draft: PhasedDraft): Add =>
  (label, from, to, rate) => {
    addReaction(draft.always, label, from, to, rate);
  };

/** The minimal form: a reaction for every thing that happens. */
export function irreversible(draft: PhasedDraft, settings: HebbianSettings): void {
  const add = adder(draft);
  const on = `E[${settings.cooperativity}]`;
  for (const n of upTo(settings.channels)) {
    const [i, a, h] = [`I[${n}]`, `A[${n}]`, `H[${n}]`];
    add(`arrive[${n}]`, [i], [a], 'arrive');
    add(`pass[${n}]`, [a], ['B'], 'pass');
    add(`weigh[${n}]`, [a, h], ['B', h], 'weigh');
    add(`lose[${n}]`, [a], [], 'lose');
    add(`learn[${n}]`, [on, a], [on, h], 'learn');
    add(`forget[${n}]`, [h], [], 'forget');
  }
  add('leak', ['B'], [], 'leak');
  switches(add, settings);
}

/** The learning signal: E_i + B <-> E_{i+1}. */
function switches(add: Add, { cooperativity }: HebbianSettings): void {
  for (const e of upTo(cooperativity)) {
    add(`bind[${e}]`, [`E[${e - 1}]`, 'B'], [`E[${e}]`], 'bind');
    add(`release[${e}]`, [`E[${e}]`], [`E[${e - 1}]`, 'B'], 'release');
  }
}

/** Rate constant at which complexes fall apart, either way: fast beside everything else. */
const APART = 20;

/**
 * Every reaction with its reverse, whose constant is e^−Δµ of it, with Δµ the free energy between the two sides. A catalyst
 * takes up what it changes at twice the constant of the minimal form, since half of the complexes fall back.
 */
export function reversible(draft: PhasedDraft, settings: HebbianSettings): void {
  const add = adder(draft);
  const on = `E[${settings.cooperativity}]`;
  draft.params({ apart: APART, drive: settings.drive });
  const both = (label: string, from: string[], to: string[], rate: string, rungs: number) => {
    add(label, from, to, rate);
    add(`un${label}`, to, from, `${rate}*exp(-${rungs}*drive)`);
  };
  const catalysed = (
    label: string,
    n: number,
    from: string[],
    complex: string,
    to: string[],
    rate: string,
  ) => {
    const place = `[${n}]`;
    add(`${label}${place}`, from, [complex], `2*${rate}`);
    add(`un${label}${place}`, [complex], from, 'apart');
    add(`${label}Made${place}`, [complex], to, 'apart');
    add(`un${label}Made${place}`, to, [complex], `2*${rate}*exp(-drive)`);
  };
  for (const n of upTo(settings.channels)) {
    const [i, a, h] = [`I[${n}]`, `A[${n}]`, `H[${n}]`];
    both(`arrive[${n}]`, [i], [a], 'arrive', 1);
    both(`pass[${n}]`, [a], ['B'], 'pass', 1);
    catalysed('weigh', n, [a, h], `AH[${n}]`, ['B', h], 'weigh');
    both(`lose[${n}]`, [a], [], 'lose', 2);
    catalysed('learn', n, [on, a], `EA[${n}]`, [on, h], 'learn');
    both(`forget[${n}]`, [h], [], 'forget', 1);
  }
  both('leak', ['B'], [], 'leak', 1);
  switches(add, settings);
}
