import type { Circuit, CircuitClock } from '../circuits/index.js';
import { createReactor } from '../simulate/inlined.js';
import type { Crossing, Reactor, SolverOptions } from '../simulate/types.js';
import type { Hand } from './disturbance.js';
import { CircuitFailure } from './failure.js';
import { Pot } from './pot.js';

/** An edge that has not come within so many periods will not come. */
const PATIENCE = 3;

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
  static async create(circuit: Circuit, solver: SolverOptions = {}, hand?: Hand): Promise<ClockedPot> {
    if (circuit.clock === undefined) throw new TypeError('the circuit has no clock');
    return new ClockedPot(circuit, circuit.clock, await createReactor(circuit.network, solver), hand);
  }

  /** Leaves the pot in the middle of a turn: restore a snapshot before the next example. */
  predict(x: readonly number[]): number[] {
    this.dose(x);
    this.#runUntil(this.#clock.read);
    return this.outputs();
  }

  learn(x: readonly number[], y: readonly number[]): number[] {
    this.dose(x, y);
    this.#runUntil(this.#clock.read);
    const read = this.outputs();
    this.#runUntil(this.#clock.dose);
    return this.circuit.reading.labelled === 'error' ? read.map((error, k) => error + y[k]) : read;
  }

  /** Doses an example and keeps the concentrations at the given times since then (rows of `species`). */
  record(x: readonly number[], y: readonly number[] | undefined, saveAt: ArrayLike<number>): Float64Array {
    this.dose(x, y);
    return this.reactor.run('', { duration: saveAt[saveAt.length - 1], saveAt }).rows;
  }

  /** @throws CircuitFailure when the edge does not come */
  #runUntil(edge: Crossing): void {
    const { period } = this.#clock.measure;
    const duration = PATIENCE * period.mean;
    const { elapsed } = this.reactor.run('', { duration, until: edge });
    if (elapsed < duration) return;
    const { species, direction, level } = edge;
    throw new CircuitFailure(
      'clock',
      `the clock has stopped: ${species} ${direction} through ${level.toPrecision(3)} no more within ` +
        `${duration.toPrecision(3)} time units, ${PATIENCE} of its periods`,
      { hint: "look at the clock's reactions and constants in the network, or take another clock" },
    );
  }
}
