import type { Circuit } from '../circuits/index.js';
import { SolveFailure } from '../simulate/failure.js';
import type { SolverOptions } from '../simulate/types.js';
import { createPot } from './create-pot.js';
import { CircuitFailure } from './failure.js';
import type { Pacer } from './pace.js';
import type { Concentrations, Pot } from './pot.js';

/**
 * The second pot, in which everything that is reported is measured: the same circuit, emptied, given the circuit's
 * own starting amounts and a sample of the trained weights, dosed with the inputs alone, run through phase 1 and read.
 */
export class EvaluationPot {
  readonly #pot: Pot;
  readonly #clean: Float64Array;

  private constructor(pot: Pot) {
    this.#pot = pot;
    this.#clean = pot.snapshot();
  }

  static async create(circuit: Circuit, solver: SolverOptions = {}): Promise<EvaluationPot> {
    return new EvaluationPot(await createPot(circuit, solver));
  }

  get stats() {
    return this.#pot.stats;
  }

  /** The simulated outputs for one row, as concentrations. */
  predict(parameters: Concentrations, x: readonly number[]): number[] {
    this.#pot.restore(this.#clean);
    this.#pot.load(parameters);
    return this.#pot.predict(x);
  }

  /** Simulated outputs for many rows, as concentrations. @throws CircuitFailure naming the row */
  async predictAll(
    parameters: Concentrations,
    rows: readonly (readonly number[])[],
    pacer: Pacer,
  ): Promise<number[][]> {
    const outputs: number[][] = [];
    for (const [k, x] of rows.entries()) {
      if (pacer.due()) await pacer.rest();
      outputs.push(guard({ sample: k }, () => this.predict(parameters, x)));
    }
    return outputs;
  }

  dispose(): void {
    this.#pot.dispose();
  }
}

/** Runs chemistry; a failed integration or clock becomes a `CircuitFailure` that says where in the data it happened. */
export function guard<T>(at: { epoch?: number; sample: number }, run: () => T): T {
  try {
    return run();
  } catch (error) {
    const stopped = error instanceof CircuitFailure && error.code === 'clock';
    if (!stopped && !(error instanceof SolveFailure)) throw error;
    const where = at.epoch === undefined ? '' : `epoch ${at.epoch}, `;
    throw new CircuitFailure(stopped ? 'clock' : 'solver', `${where}row ${at.sample + 1}: ${error.message}`, {
      ...at,
      hint: error.hint,
      cause: error,
    });
  }
}
