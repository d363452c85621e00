import type { Circuit, CircuitClock } from '../circuits/index.js';
import type { Reactor } from '../simulate/types.js';
import { runToEdge } from './clock-edge.js';
import type { Hand } from './disturbance.js';
import { Pot } from './pot.js';
import { createPotReactor, type PotOptions } from './stochastic.js';

/**
 * A pot whose phases are switched by the clock inside it. The environment watches the clock's species: it doses when
 * that of phase learn has gone, and reads when that of phase feed has. Between two examples the pot stands at the edge
 * at which the next is dosed.
 */
export class ClockedPot extends Pot {
  readonly #clock: CircuitClock;

  private constructor(circuit: Circuit, clock: CircuitClock, reactor: Reactor, hand?: Hand) {
    super(circuit, reactor, hand);
    this.#clock = clock;
  }

  /** @param circuit one with a clock */
  static async create(circuit: Circuit, options: PotOptions = {}, hand?: Hand): Promise<ClockedPot> {
    if (circuit.clock === undefined) throw new TypeError('the circuit has no clock');
    return new ClockedPot(circuit, circuit.clock, await createPotReactor(circuit.network, options), hand);
  }

  /** Leaves the pot in the middle of a turn: restore a snapshot before the next example. */
  predict(x: readonly number[]): number[] {
    this.dose(x);
    runToEdge(this.reactor, this.#clock, this.#clock.read);
    return this.outputs();
  }

  learn(x: readonly number[], y: readonly number[]): number[] {
    this.dose(x, y);
    runToEdge(this.reactor, this.#clock, this.#clock.read);
    const read = this.outputs();
    runToEdge(this.reactor, this.#clock, this.#clock.dose);
    return this.circuit.reading.labelled === 'error' ? read.map((error, k) => error + y[k]) : read;
  }

  /** Doses an example and keeps the concentrations at the given times since then (rows of `species`). */
  record(x: readonly number[], y: readonly number[] | undefined, saveAt: ArrayLike<number>): Float64Array {
    this.dose(x, y);
    return this.reactor.run('', { duration: saveAt[saveAt.length - 1], saveAt }).rows;
  }
}
