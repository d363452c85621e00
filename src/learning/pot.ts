import {
  type Circuit,
  doses,
  learnedSpecies,
  outputs,
  parameters,
  type WeightValues,
  weights,
} from '../circuits/index.js';
import type { Reactor } from '../simulate/types.js';
import type { Stream } from '../stochastic/reactor.js';
import { type Hand, STEADY } from './disturbance.js';
import { asStochastic } from './stochastic.js';

/** Examples to predict, each in a pot filled anew. */
export interface Predictions {
  rows: readonly (readonly number[])[];
  /** Fills the pot before an example is dosed. */
  fill(): void;
  /** What to throw for an error of row `k`. */
  fail(k: number, error: unknown): unknown;
}

/** Concentrations by species name. */
export type Concentrations = Record<string, number>;

/**
 * A pot with a circuit in it. All that happens to its contents is what a kind of pot says of itself: doses, phases that
 * run, and what it names as digital. `load` and `restore` are for filling a pot before an experiment.
 */
export abstract class Pot {
  readonly circuit: Circuit;
  protected readonly reactor: Reactor;
  readonly #places: Map<string, number>;
  /** Contents of another pot of the same kind, while something is done to these. */
  #other: Float64Array | undefined;

  protected constructor(
    circuit: Circuit,
    reactor: Reactor,
    /** Who doses and switches phases while it learns. */
    protected readonly hand: Hand = STEADY,
  ) {
    this.circuit = circuit;
    this.reactor = reactor;
    this.#places = new Map(reactor.species.map((name, i) => [name, i]));
  }

  /** Adds an example without a label, feeds it forward and reads the outputs. */
  abstract predict(x: readonly number[]): number[];

  /**
   * Predicts examples that do not depend on each other. To be drained, at once or with pauses.
   * @param outputs gets those of each row, as `predict` gives them
   */
  *predictMany({ rows, fill, fail }: Predictions, outputs: number[][]): Generator<number, void> {
    for (const [k, x] of rows.entries()) {
      try {
        fill();
        outputs[k] = this.predict(x);
      } catch (error) {
        throw fail(k, error);
      }
      yield k + 1;
    }
  }

  /** Adds an example with its labels, feeds it forward and learns it. Returns the outputs, read on the way. */
  abstract learn(x: readonly number[], y: readonly number[]): number[];

  get stats() {
    return this.reactor.stats;
  }

  get species(): readonly string[] {
    return this.reactor.species;
  }

  /** Concentration of one species. */
  readonly read = (species: string): number => this.state[this.place(species)];

  /** Signed weights θ. */
  weights(): number[] {
    return weights(this.circuit, this.#reader());
  }

  /** All signed weights by name. */
  values(): WeightValues {
    return parameters(this.circuit, this.#reader());
  }

  /** A sample of the weight species: what an aliquot carries into another pot. */
  parameters(): Concentrations {
    const taken: Concentrations = {};
    const read = this.#reader();
    for (const species of learnedSpecies(this.circuit)) taken[species] = read(species);
    return taken;
  }

  /** Which random numbers its molecules get next; undefined for rate equations, which have none. */
  get stream(): Stream | undefined {
    return asStochastic(this.reactor)?.stream;
  }

  /** Goes on with other random numbers, where there are any. */
  reseed(stream: Stream): void {
    const reactor = asStochastic(this.reactor);
    if (reactor !== undefined) reactor.stream = stream;
  }

  /** A copy of the whole state, for `restore`. */
  snapshot(): Float64Array {
    return this.reactor.state.slice();
  }

  /** Empties the pot and fills it as it was at a snapshot. */
  restore(snapshot: Float64Array): void {
    this.state.set(snapshot);
  }

  /** Everything in the pot. */
  concentrations(): Concentrations {
    return Object.fromEntries(this.species.map((name) => [name, this.read(name)]));
  }

  /** Fills the pot; species not named keep what they have. @throws RangeError for a species that does not exist */
  load(contents: Concentrations): void {
    for (const [name, value] of Object.entries(contents)) this.state[this.place(name)] = value;
  }

  dispose(): void {
    this.reactor.dispose();
  }

  /** `predictMany` of a pot whose prediction is phases in a row, with something done by hand after each. */
  protected *predictPhased(
    { rows, fill, fail }: Predictions,
    outputs: number[][],
    phases: readonly { name: string; duration?: number; after?: () => void }[],
  ): Generator<number, void> {
    yield* this.reactor.runMany({
      count: rows.length,
      phases,
      fill: (k, state) =>
        this.#with(state, () => {
          fill();
          this.dose(rows[k]);
        }),
      after: (k, p, state) =>
        this.#with(state, () => {
          phases[p].after?.();
          if (p === phases.length - 1) outputs[k] = this.outputs();
        }),
      fail,
    });
  }

  /** Reads many species of the contents as they are: they are looked up once, which for thousands of weights is most of it. */
  #reader(): (species: string) => number {
    const { state } = this;
    return (species) => state[this.place(species)];
  }

  #with(contents: Float64Array, act: () => void): void {
    this.#other = contents;
    try {
      act();
    } finally {
      this.#other = undefined;
    }
  }

  protected get state(): Float64Array {
    return this.#other ?? this.reactor.state;
  }

  /** Adds one example's inputs and, if given, its labels. @throws RangeError as `doses` does */
  protected dose(x: readonly number[], y?: readonly number[]): void {
    const { state } = this;
    for (const { species, amount } of doses(this.circuit, x, y))
      state[this.place(species)] += amount * this.hand.dose();
  }

  /** What the read-outs say as they stand; see `Circuit.reading` for when that means something. */
  protected outputs(): number[] {
    return outputs(this.circuit, this.read);
  }

  protected place(species: string): number {
    const place = this.#places.get(species);
    if (place === undefined) throw new RangeError(`the pot has no species ${species}`);
    return place;
  }
}
