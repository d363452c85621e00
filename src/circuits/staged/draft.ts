import { type Network, networkBuilder } from '../../network/index.js';
import { PhaseSink } from '../draft.js';
import { railOf, type Signal } from '../rails.js';

/** A network in the making whose reactions each belong to one stage; every stage becomes a phase of its schedule. */
export class StagedDraft {
  private readonly builder = networkBuilder();
  private readonly stages: { name: string; duration: string; sink: PhaseSink }[] = [];

  /** Numbers that a reader may want to change in the printed text. */
  params(values: Readonly<Record<string, number | string>>): void {
    for (const [name, value] of Object.entries(values)) this.builder.param(name, value);
  }

  /** A new stage after those there are. @param duration name of a parameter */
  stage(name: string, duration: string): PhaseSink {
    const sink = new PhaseSink(this.builder);
    this.stages.push({ name, duration, sink });
    return sink;
  }

  /** A starting amount, on the rail of its sign; 0 is left out. */
  fill(signal: Signal, value: number): void {
    if (value !== 0) this.builder.init(railOf(signal, value < 0 ? -1 : 1), Math.abs(value));
  }

  /** A species that no reaction names, because it is only changed by hand. */
  declare(species: string): void {
    this.builder.init(species, 0);
  }

  finish(): Network {
    for (const { name, duration, sink } of this.stages) this.builder.phase(name, duration, [...sink.active]);
    return this.builder.build();
  }
}
