import { countsOf } from '../circuit.js';
import type { PhasedDraft } from '../draft.js';
import type { LearnerCircuit } from '../learner.js';
import type { Signal } from '../rails.js';
import { layeredActs } from './digital.js';
import type { LayeredSettings } from './options.js';
import { edges, type LayeredParts, upTo } from './parts.js';

/** A layered network made to learn, with the names that its protocol needs. Plain data. */
export interface LayeredCircuit<Settings extends LayeredSettings = LayeredSettings> extends LearnerCircuit {
  /** Every option with its value, enough to build the same circuit again. */
  settings: Settings;
  /** Inputs, labels and outputs of every copy. */
  inputs: Signal[][];
  labels: Signal[][];
  outputs: Signal[][];
  /** Phases of a prediction: those that lead from inputs to outputs. */
  forward: string[];
  /** How often the phases are run in a step, where it is not once. */
  rounds?: number;
  /** The latch that stops learning, where the chemistry has one: it goes on by the part go/(go + stop). */
  stop?: { go: string; stop: string };
}

/** What a system says of itself. */
type Described<S extends LayeredSettings> = Pick<
  LayeredCircuit<S>,
  'system' | 'title' | 'origin' | 'source' | 'settings' | 'forward' | 'rounds' | 'threshold' | 'stop'
>;

/** Finishes the draft of a layered network: its weights get their starting values, its parts their names. */
export function layeredCircuit<S extends LayeredSettings>(
  draft: PhasedDraft,
  parts: LayeredParts,
  described: Described<S>,
): LayeredCircuit<S> {
  const { settings, rounds } = described;
  const { sizes, batch, weights } = settings;
  const learned = edges(parts).map((edge, e) => {
    const signal = parts.W(edge);
    draft.fill(signal, weights[e]);
    return { name: `w[${edge.layer},${edge.neuron},${edge.input}]`, signal };
  });
  const network = draft.finish();
  const phases = network.phases.map(({ name }) => name);
  const last = sizes.length - 1;
  const perCopy = (count: number, signal: (i: number, copy: number) => Signal) =>
    upTo(batch).map((copy) => upTo(count).map((i) => signal(i, copy)));
  return {
    ...described,
    network,
    counts: countsOf(network),
    phases,
    weights: learned,
    inputs: perCopy(sizes[0], (i, copy) => parts.A(0, i, copy)),
    labels: perCopy(sizes[last], parts.D),
    outputs: perCopy(sizes[last], (o, copy) => parts.A(last, o, copy)),
    digital: layeredActs(settings, phases, undefined, rounds),
  };
}

/** How many copies, in words. */
export const copiesText = (batch: number): string => (batch === 1 ? 'one copy' : `${batch} copies`);
