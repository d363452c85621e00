import { type Network, type NetworkBuilder, networkBuilder } from '../network/index.js';
import { railOf, type Signal } from './rails.js';
import type { ReactionSink } from './reactions.js';

/** Names of the two phases, and the parameters that hold their lengths. */
export const FEED = 'feed';
export const LEARN = 'learn';

/** Reactions of one phase: forwards them to the builder and keeps their labels. */
export class PhaseSink implements ReactionSink {
  /** Labels for the phase's list of active reactions, in the order of their first use. */
  readonly active = new Set<string>();

  constructor(private readonly builder: NetworkBuilder) {}

  reaction(reaction: Parameters<ReactionSink['reaction']>[0]): void {
    const label = reaction.label as string;
    const bracket = label.indexOf('[');
    this.active.add(bracket < 0 ? label : `${label.slice(0, bracket)}[*]`);
    this.builder.reaction(reaction);
  }

  /** Reactions that another phase has added run in this one, too. @param labels as in `active` */
  share(labels: string): void {
    this.active.add(labels);
  }
}

/**
 * A network in the making whose reactions each belong to a phase, or to all of them: modules add their reactions to the
 * phase in which they run, and the schedule follows from that.
 */
export class PhasedDraft {
  protected readonly builder = networkBuilder();
  readonly #phases: { name: string; duration: string; sink: PhaseSink }[] = [];
  /** Reactions that run in every phase. */
  readonly always = new PhaseSink(this.builder);

  /** A new phase after those there are. @param duration name of a parameter */
  phase(name: string, duration: string): PhaseSink {
    const sink = new PhaseSink(this.builder);
    this.#phases.push({ name, duration, sink });
    return sink;
  }

  /** Numbers that a reader may want to change in the printed text. */
  params(values: Readonly<Record<string, number | string>>): void {
    for (const [name, value] of Object.entries(values)) this.builder.param(name, value);
  }

  /** A starting amount, on the rail of its sign; 0 is left out. */
  fill(signal: Signal, value: number): void {
    if (value !== 0) this.builder.init(railOf(signal, value < 0 ? -1 : 1), Math.abs(value));
  }

  /** A species by name: one that no reaction makes, or no reaction names. */
  declare(species: string, amount = 0): void {
    this.builder.init(species, amount);
  }

  finish(): Network {
    for (const { name, duration, sink } of this.#phases) {
      this.builder.phase(name, duration, [...sink.active, ...this.always.active]);
    }
    return this.builder.build();
  }
}

/** A two-phase network in the making, whose phases last `T` and `T2`. */
export class Draft extends PhasedDraft {
  /** Phase 1. */
  readonly feed = this.phase(FEED, 'T');
  /** Phase 2. */
  readonly learn = this.phase(LEARN, 'T2');
}
