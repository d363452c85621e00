import type { Network } from '../../network/index.js';
import { PhasedDraft, PhaseSink } from '../draft.js';

/** A network in the making whose reactions each belong to one stage; every stage becomes a phase of its schedule. */
export class StagedDraft extends PhasedDraft {
  private readonly stages: { name: string; duration: string; sink: PhaseSink }[] = [];

  /** A new stage after those there are. @param duration name of a parameter */
  stage(name: string, duration: string): PhaseSink {
    const sink = new PhaseSink(this.builder);
    this.stages.push({ name, duration, sink });
    return sink;
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
