import { type Circuit, type DigitalAct, railOf, type Signal, type Stage } from '../circuits/index.js';
import type { Reactor } from '../simulate/types.js';
import type { Hand } from './disturbance.js';
import { Pot, type Predictions } from './pot.js';
import type { PhaseTiming } from './scheduled-pot.js';
import { createPotReactor, type PotOptions } from './stochastic.js';

/**
 * A pot in which an outside schedule runs one stage after the other and does by hand, between them, what the circuit's
 * stages list: those acts and the doses are all that is not chemistry. After an example only weights and drift are left.
 */
export class StagedPot extends Pot {
  readonly #stages: readonly Stage[];

  private constructor(circuit: Circuit, stages: readonly Stage[], reactor: Reactor, hand?: Hand) {
    super(circuit, reactor, hand);
    this.#stages = stages;
  }

  /** @param circuit one with stages */
  static async create(circuit: Circuit, options: PotOptions = {}, hand?: Hand): Promise<StagedPot> {
    if (circuit.stages === undefined) throw new TypeError('the circuit has no stages');
    return new StagedPot(circuit, circuit.stages, await createPotReactor(circuit.network, options), hand);
  }

  /** Leaves the pot after its read-out: restore a snapshot before the next example. */
  predict(x: readonly number[]): number[] {
    this.dose(x);
    for (const stage of this.#stages) {
      this.reactor.run(stage.phase);
      if (stage.phase === this.circuit.reading.phase) break;
      this.#finish(stage);
    }
    return this.outputs();
  }

  override predictMany(examples: Predictions, outputs: number[][]): Generator<number, void> {
    const last = this.#stages.findIndex(({ phase }) => phase === this.circuit.reading.phase);
    const phases = this.#stages.slice(0, last + 1).map((stage, s) => ({
      name: stage.phase,
      ...(s < last && { after: () => this.#finish(stage) }),
    }));
    return this.predictPhased(examples, outputs, phases);
  }

  /** @param duration another length of the stage in which reactions write the weights */
  learn(x: readonly number[], y: readonly number[], duration?: number): number[] {
    this.dose(x, y);
    let read: number[] = [];
    for (const stage of this.#stages) {
      const other = duration !== undefined && stage.phase === 'update' ? duration : undefined;
      const factor = this.hand.duration();
      if (factor !== 1) this.reactor.run(stage.phase, { duration: factor * (other ?? stage.duration) });
      else this.reactor.run(stage.phase, other === undefined ? {} : { duration: other });
      if (stage.phase === this.circuit.reading.phase) read = this.outputs();
      this.#finish(stage);
    }
    return read;
  }

  get phases(): PhaseTiming[] {
    return this.#stages.map(({ phase, duration, relaxes }) => ({ name: phase, duration, relaxes }));
  }

  /** Doses an example; then {@link record} runs its stages. */
  start(x: readonly number[], y?: readonly number[]): void {
    this.dose(x, y);
  }

  /** Runs a stage and keeps the concentrations at the given times since its start (rows of `species`). */
  record(phase: string, saveAt: ArrayLike<number>): Float64Array {
    const { rows } = this.reactor.run(phase, { saveAt });
    const stage = this.#stages.find((one) => one.phase === phase);
    if (stage) this.#finish(stage);
    return rows;
  }

  #finish({ after }: Stage): void {
    for (const act of after) this.#perform(act);
  }

  #perform(act: DigitalAct): void {
    switch (act.kind) {
      case 'normalise':
        for (const signal of act.signals) this.#normalise(signal);
        break;
      case 'write':
        act.weights.forEach((weight, e) => {
          const { plus, minus } = act.gradients[e];
          this.#add(railOf(weight, -1), act.rate * this.read(plus));
          if (minus !== null) this.#add(weight.plus, act.rate * this.read(minus));
        });
        break;
      case 'empty':
        for (const species of act.species) this.load({ [species]: 0 });
    }
  }

  #normalise({ plus, minus }: Signal): void {
    if (minus === null) return;
    const value = this.read(plus) - this.read(minus);
    this.load({ [plus]: Math.max(0, value), [minus]: Math.max(0, -value) });
  }

  #add(species: string, amount: number): void {
    this.load({ [species]: this.read(species) + amount });
  }
}
