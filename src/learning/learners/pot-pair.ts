import { type LearnedWeight, railOf, type Signal, signedValue } from '../../circuits/index.js';
import type { Network } from '../../network/model.js';
import { addStats, zeroStats } from '../../simulate/stats.js';
import type { Reactor, Stats } from '../../simulate/types.js';
import { createPotReactor, evaluationOptions, type PotOptions } from '../stochastic.js';

/** A circuit that learns. */
interface Learning {
  network: Network;
  weights: readonly LearnedWeight[];
}

/** The same chemistry for one copy, that predicts. */
export interface Reader {
  network: Network;
  /** Adds an example's inputs to a state. */
  dose(state: Float64Array, place: (name: string) => number, inputs: readonly number[]): void;
  /** Reads outputs from concentrations. */
  outputs(at: (name: string) => number): number[];
}

/** A reader of dual-rail inputs and outputs: those of the first copy. */
export const railReader = ({
  network,
  inputs,
  outputs,
}: {
  network: Network;
  inputs: readonly (readonly Signal[])[];
  outputs: readonly (readonly Signal[])[];
}): Reader => ({
  network,
  dose: (state, place, values) => addExample(state, place, inputs[0], values),
  outputs: (at) => outputs[0].map((signal) => signedValue(signal, at)),
});

/**
 * Two pots: one that learns, and one with the same chemistry for one copy, in which predictions are made from a sample of the
 * first one's weights.
 */
export class PotPair {
  readonly #clean: Float64Array;

  private constructor(
    private readonly circuit: Learning,
    private readonly reader: Reader,
    /** The one that learns. */
    readonly reactor: Reactor,
    private readonly predictor: Reactor,
  ) {
    this.#clean = predictor.state.slice();
  }

  static async create(circuit: Learning, reader: Reader, options: PotOptions): Promise<PotPair> {
    const reactor = await createPotReactor(circuit.network, options);
    try {
      const predictor = await createPotReactor(reader.network, evaluationOptions(options));
      return new PotPair(circuit, reader, reactor, predictor);
    } catch (error) {
      reactor.dispose();
      throw error;
    }
  }

  /** A concentration in the pot that learns. */
  readonly read = (name: string): number => this.reactor.state[this.reactor.index(name)];

  valueOf(signal: Signal): number {
    return signedValue(signal, this.read);
  }

  weights(): number[] {
    return this.circuit.weights.map(({ signal }) => this.valueOf(signal));
  }

  /** @param phases of a forward pass; outputs are read at the end of the last one */
  predict(rows: readonly (readonly number[])[], phases: { name: string; duration?: number }[]): number[][] {
    const { reader, predictor } = this;
    const places = new Map(predictor.species.map((name, i) => [name, i]));
    const place = (name: string) => places.get(name) as number;
    const weights = this.circuit.weights.flatMap(({ signal }) =>
      [signal.plus, railOf(signal, -1)].map((name): [string, number] => [name, this.read(name)]),
    );
    const outputs: number[][] = [];
    const runs = predictor.runMany({
      count: rows.length,
      phases,
      fill: (k, state) => {
        state.set(this.#clean);
        for (const [name, value] of weights) state[place(name)] = value;
        reader.dose(state, place, rows[k]);
      },
      after: (k, p, state) => {
        if (p < phases.length - 1) return;
        outputs[k] = reader.outputs((name) => state[place(name)]);
      },
    });
    for (const _ of runs);
    return outputs;
  }

  /** Work of both. */
  get stats(): Stats {
    const all = zeroStats();
    addStats(all, this.reactor.stats);
    addStats(all, this.predictor.stats);
    return all;
  }

  dispose(): void {
    this.reactor.dispose();
    this.predictor.dispose();
  }
}

/** Adds values to signals, each on the rail of its sign. */
export function addExample(
  state: Float64Array,
  place: (name: string) => number,
  signals: readonly Signal[],
  values: readonly number[],
): void {
  signals.forEach((signal, i) => {
    state[place(railOf(signal, values[i] < 0 ? -1 : 1))] += Math.abs(values[i]);
  });
}
