import type { Circuit } from '../circuits/index.js';
import { SolveFailure } from '../simulate/failure.js';
import { createPot } from './create-pot.js';
import { CircuitFailure } from './failure.js';
import type { Pacer } from './pace.js';
import type { Concentrations, Pot } from './pot.js';
import { evaluationOptions, isStochasticFailure, namedSeed, type PotOptions } from './stochastic.js';

/**
 * The second pot, in which everything that is reported is measured: the same circuit, emptied, given the circuit's
 * own starting amounts and a sample of the trained weights, dosed with the inputs alone, run through phase 1 and read.
 */
export class EvaluationPot {
  readonly #pot: Pot;
  readonly #clean: Float64Array;

  readonly #seed: number;

  private constructor(pot: Pot) {
    this.#pot = pot;
    this.#clean = pot.snapshot();
    this.#seed = pot.stream?.seed ?? 0;
  }

  /** @param options of the pot that learns */
  static async create(circuit: Circuit, options: PotOptions = {}): Promise<EvaluationPot> {
    return new EvaluationPot(await createPot(circuit, evaluationOptions(options)));
  }

  get stats() {
    return this.#pot.stats;
  }

  /** The simulated outputs for one row, as concentrations. */
  predict(parameters: Concentrations, x: readonly number[]): number[] {
    this.#fill(parameters);
    return this.#pot.predict(x);
  }

  /**
   * Simulated outputs for many rows, as concentrations.
   * @param name of these predictions among all of a run: with a finite number of molecules each has random numbers of its own
   * @throws CircuitFailure naming the row
   */
  async predictAll(
    parameters: Concentrations,
    rows: readonly (readonly number[])[],
    pacer: Pacer,
    name = '',
  ): Promise<number[][]> {
    const outputs: number[][] = [];
    this.#pot.reseed({ seed: namedSeed(this.#seed, name), run: 0 });
    this.#fill(parameters);
    // Names are looked up once: a pot of digits has thousands of weights.
    const filled = this.#pot.snapshot();
    const examples = {
      rows,
      fill: () => this.#pot.restore(filled),
      fail: (sample: number, error: unknown) => located({ sample }, error),
    };
    for (const _ of this.#pot.predictMany(examples, outputs)) {
      if (pacer.due()) await pacer.rest();
    }
    return outputs;
  }

  dispose(): void {
    this.#pot.dispose();
  }

  #fill(parameters: Concentrations): void {
    this.#pot.restore(this.#clean);
    this.#pot.load(parameters);
  }
}

/** Where in the data something happened. */
interface Place {
  epoch?: number;
  sample: number;
}

/** Runs chemistry; a failed integration or clock becomes a `CircuitFailure` that says where in the data it happened. */
export function guard<T>(at: Place, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw located(at, error);
  }
}

function located(at: Place, error: unknown): unknown {
  const stopped = error instanceof CircuitFailure && error.code === 'clock';
  if (!stopped && !(error instanceof SolveFailure || isStochasticFailure(error))) return error;
  const where = at.epoch === undefined ? '' : `epoch ${at.epoch}, `;
  return new CircuitFailure(stopped ? 'clock' : 'solver', `${where}row ${at.sample + 1}: ${error.message}`, {
    ...at,
    hint: error.hint,
    cause: error,
  });
}
