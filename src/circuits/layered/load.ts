import type { ConstantInput } from '../../network/index.js';
import type { PhasedDraft } from '../draft.js';
import { clear } from '../modules.js';
import { railOf, type Signal } from '../rails.js';
import { addReaction, type ReactionSink } from '../reactions.js';
import type { LayeredSettings } from './options.js';
import { type LayeredParts, upTo } from './parts.js';

/** The species that stands for batch q: only one of them is there at a time. */
const batchSpecies = (q: number): string => `Batch[${q}]`;
/** The same on its way to the next. */
const passedSpecies = (q: number): string => `Passed[${q}]`;

/**
 * Assignment: inputs and labels of the batch that is there. At rest A₀ = x and D = y, whatever was there before:
 * ```
 * Batch -> A₀ + Batch    (k·x)      Batch -> D + Batch    (k·y)      A₀ -> ∅,  D -> ∅    (k)
 * ```
 * Dosed examples need the last two only: what is left of the one before dies out.
 */
export function loadSamples(
  draft: PhasedDraft,
  sink: ReactionSink,
  settings: LayeredSettings,
  { sizes, batch, A, D }: LayeredParts,
): void {
  const { samples, data } = settings;
  const outputs = sizes[sizes.length - 1];
  const store = (name: string, value: number, s: number, i: number, into: Signal) => {
    if (data === 'constants' && value === 0) return;
    const q = batchSpecies(Math.floor(s / batch) + 1);
    const index = `[${s + 1},${i}]`;
    let rate: ConstantInput = `k*${Math.abs(value)}`;
    if (data === 'parameters') {
      draft.params({ [`${name}${index}`]: Math.abs(value) });
      rate = `k*${name}${index}`;
    }
    const label = `${name === 'x' ? 'load' : 'show'}${index}`;
    addReaction(sink, label, [q], [railOf(into, value < 0 ? -1 : 1), q], rate);
  };
  samples?.inputs.forEach((x, s) => {
    const copy = (s % batch) + 1;
    x.forEach((value, i) => {
      store('x', value, s, i + 1, A(0, i + 1, copy));
    });
    samples.labels[s].forEach((value, o) => {
      store('y', value, s, o + 1, D(o + 1, copy));
    });
  });
  for (const b of upTo(batch)) {
    for (const i of upTo(sizes[0])) clear(sink, { name: 'unload', index: [i, b] }, A(0, i, b), 'k');
    for (const o of upTo(outputs)) clear(sink, { name: 'hide', index: [o, b] }, D(o, b), 'k');
  }
}

/**
 * The cursor: in two half steps, each in a phase of its own, the one molecule that stands for a batch becomes that of
 * the next; after the last comes the first.
 * ```
 * Batch[q] -> Passed[q]    (k)      Passed[q] -> Batch[q+1]    (k)
 * ```
 * Without it one species stays, for the only batch.
 */
export function passCursor(
  draft: PhasedDraft,
  first: ReactionSink,
  second: ReactionSink,
  { samples, batch, cursor }: LayeredSettings,
): void {
  if (samples === null) return;
  draft.declare(batchSpecies(1), 1);
  if (!cursor) return;
  const batches = samples.inputs.length / batch;
  for (const q of upTo(batches)) {
    addReaction(first, `leave[${q}]`, [batchSpecies(q)], [passedSpecies(q)], 'k');
    addReaction(second, `arrive[${q}]`, [passedSpecies(q)], [batchSpecies((q % batches) + 1)], 'k');
  }
}
