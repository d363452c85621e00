import { createReactor, type Reactor } from 'neural-crn';
import { type Circuit, doses, outputs } from 'neural-crn/circuits';
import type { Concentrations } from 'neural-crn/learning';
import type { Reading } from './protocol';

/** Intervals that each phase is drawn with, and how many of them lie before the outputs are read. */
const INTERVALS = 30;
const BEFORE = 6;

interface Places {
  plus: number;
  minus: number | null;
}

/** A pot of its own in which one image is looked at, with the weights of another. */
export class Reader {
  readonly #reactor: Reactor;
  readonly #circuit: Circuit;
  readonly #place: Map<string, number>;
  readonly #clean: Float64Array;
  readonly #nodes: Places[];
  readonly #outputs: Places[][];

  private constructor(circuit: Circuit, reactor: Reactor) {
    this.#circuit = circuit;
    this.#reactor = reactor;
    this.#clean = reactor.state.slice();
    this.#place = new Map(reactor.species.map((name, place) => [name, place]));
    const placesOf = (plus: string, minus: string | null): Places => ({
      plus: this.#placeOf(plus),
      minus: minus === null ? null : this.#placeOf(minus),
    });
    this.#nodes = reactor.species
      .filter((name) => /^Z\[\d+\]\+?$/.test(name))
      .map((name) => placesOf(name, name.endsWith('+') ? `${name.slice(0, -1)}-` : null));
    this.#outputs = circuit.readouts.map((signals) =>
      signals.map(({ plus, minus }) => placesOf(plus, minus)),
    );
  }

  static async create(circuit: Circuit, solver: { rtol: number; atol: number }): Promise<Reader> {
    return new Reader(circuit, await createReactor(circuit.network, solver));
  }

  dispose(): void {
    this.#reactor.dispose();
  }

  /** An image through the phases until it is read, and a little longer. @param x one concentration per input */
  read(weights: Concentrations, x: readonly number[]): Omit<Reading, 'ask' | 'pixels' | 'example'> {
    const { options, phases, reading } = this.#circuit;
    const { state } = this.#reactor;
    state.set(this.#clean);
    for (const [species, value] of Object.entries(weights)) state[this.#placeOf(species)] = value;
    for (const { species, amount } of doses(this.#circuit, x)) state[this.#placeOf(species)] += amount;
    const isLate = reading.phase === 'learn';
    const shown = Math.min(options.learnTime, (reading.after * INTERVALS) / BEFORE);
    const parts = [
      { name: phases.feed, from: 0, to: options.horizon, whole: options.horizon },
      ...(isLate
        ? [
            {
              name: phases.learn,
              from: options.horizon,
              to: options.horizon + shown,
              whole: options.learnTime,
            },
          ]
        : []),
    ];
    const times: number[] = [];
    const rows: Float64Array[] = [];
    for (const { name, from, to } of parts) {
      const grid = Array.from({ length: INTERVALS + 1 }, (_, k) => (k / INTERVALS) * (to - from));
      rows.push(this.#reactor.run(name, { saveAt: grid, duration: to - from }).rows);
      times.push(...grid.map((time) => from + time));
    }
    const width = this.#reactor.species.length;
    const count = INTERVALS + 1;
    const level = ({ plus, minus }: Places, k: number) => {
      const row = rows[Math.floor(k / count)];
      const first = (k % count) * width;
      return row[first + plus] - (minus === null ? 0 : row[first + minus]);
    };
    const readRow = isLate ? count + BEFORE : count - 1;
    const column = (signals: readonly Places[]) =>
      times.map((_, k) => signals.reduce((sum, signal) => sum + level(signal, k), 0));
    const at = (species: string) => {
      const row = rows[Math.floor(readRow / count)];
      return row[(readRow % count) * width + this.#placeOf(species)];
    };
    return {
      times: Float32Array.from(times),
      phases: parts,
      nodes: Float32Array.from(this.#nodes.flatMap((node) => column([node]))),
      outputs: Float32Array.from(this.#outputs.flatMap(column)),
      readAt: times[readRow],
      answers: Float32Array.from(outputs(this.#circuit, at)),
    };
  }

  #placeOf(species: string): number {
    const place = this.#place.get(species);
    if (place === undefined) throw new RangeError(`the pot has no species ${species}`);
    return place;
  }
}
