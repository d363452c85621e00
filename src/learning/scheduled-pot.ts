import type { Circuit } from '../circuits/index.js';
import type { Hand } from './disturbance.js';
import { Pot, type Predictions } from './pot.js';
import { createPotReactor, type PotOptions } from './stochastic.js';

/** A phase of a schedule. */
export interface PhaseTiming {
  name: string;
  duration: number;
  /** Whether it ends at rest: most happens early. */
  relaxes: boolean;
}

/** A pot whose two phases are switched by an outside schedule, one example after the other. */
export class ScheduledPot extends Pot {
  static async create(circuit: Circuit, options: PotOptions = {}, hand?: Hand): Promise<ScheduledPot> {
    return new ScheduledPot(circuit, await createPotReactor(circuit.network, options), hand);
  }

  predict(x: readonly number[]): number[] {
    const { phase, after } = this.circuit.reading;
    this.dose(x);
    this.#feed();
    if (phase === 'learn') this.#relax(after);
    return this.outputs();
  }

  override predictMany(examples: Predictions, outputs: number[][]): Generator<number, void> {
    const { reading, phases } = this.circuit;
    const relax = { name: phases.learn, duration: reading.after };
    const isRead = reading.phase === 'feed';
    return this.predictPhased(examples, outputs, [{ name: phases.feed }, ...(isRead ? [] : [relax])]);
  }

  /** @param duration another length of phase 2 */
  learn(x: readonly number[], y: readonly number[], duration?: number): number[] {
    const { phase, after, labelled } = this.circuit.reading;
    this.dose(x, y);
    this.#feed();
    let read: number[];
    if (phase === 'feed') {
      read = this.outputs();
      this.#relax(duration);
    } else {
      this.#relax(after);
      read = this.outputs();
      this.#relax((duration ?? this.circuit.options.learnTime) - after);
    }
    return labelled === 'error' ? read.map((error, k) => error + y[k]) : read;
  }

  get phases(): PhaseTiming[] {
    const { phases, options } = this.circuit;
    return [
      { name: phases.feed, duration: options.horizon, relaxes: false },
      { name: phases.learn, duration: options.learnTime, relaxes: true },
    ];
  }

  /** Doses an example; then {@link record} runs its phases. */
  start(x: readonly number[], y?: readonly number[]): void {
    this.dose(x, y);
  }

  /** Runs a phase and keeps the concentrations at the given times since its start (rows of `species`). */
  record(phase: string, saveAt: ArrayLike<number>): Float64Array {
    return this.reactor.run(phase, { saveAt }).rows;
  }

  #feed(): void {
    const { phases, options } = this.circuit;
    this.#run(phases.feed, undefined, options.horizon);
  }

  #relax(duration?: number): void {
    const { phases, options } = this.circuit;
    this.#run(phases.learn, duration, options.learnTime);
  }

  /** @param own the phase's length, where no other is asked for */
  #run(phase: string, duration: number | undefined, own: number): void {
    const factor = this.hand.duration();
    if (factor !== 1) this.reactor.run(phase, { duration: factor * (duration ?? own) });
    else this.reactor.run(phase, duration === undefined ? {} : { duration });
  }
}
