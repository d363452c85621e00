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

/** A network in the making whose reactions belong to phases. */
export abstract class PhasedDraft {
  protected readonly builder = networkBuilder();

  /** Numbers that a reader may want to change in the printed text. */
  params(values: Readonly<Record<string, number | string>>): void {
    for (const [name, value] of Object.entries(values)) this.builder.param(name, value);
  }

  /** A starting amount, on the rail of its sign; 0 is left out. */
  fill(signal: Signal, value: number): void {
    if (value !== 0) this.builder.init(railOf(signal, value < 0 ? -1 : 1), Math.abs(value));
  }

  abstract finish(): Network;
}

/**
 * A two-phase network in the making: modules add their reactions to the phase in which they run, and the schedule
 * follows from that.
 */
export class Draft extends PhasedDraft {
  /** Phase 1. */
  readonly feed = new PhaseSink(this.builder);
  /** Phase 2. */
  readonly learn = new PhaseSink(this.builder);
  readonly always = new PhaseSink(this.builder);

  /** The network, whose phases last `T` and `T2`. */
  finish(): Network {
    this.builder.phase(FEED, 'T', [...this.feed.active, ...this.always.active]);
    this.builder.phase(LEARN, 'T2', [...this.learn.active, ...this.always.active]);
    return this.builder.build();
  }
}
