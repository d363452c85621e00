import { doses, neuralCrn } from '../../src/circuits/index.js';
import { createReactor, type SolverOptions } from '../../src/index.js';
import { createRandom } from '../../src/learning/index.js';
import type { Effort } from '../effort.js';
import { ifBuilt } from '../race/ours.js';
import { race } from '../timing.js';

export interface DigitsOrder {
  /** Pixels on each side. */
  side: number;
  hidden: number;
  effort: Effort;
}

export interface DigitsTimes {
  species: number;
  reactions: number;
  /** Microseconds of one example learned. */
  micros: Record<DigitsRival, number>;
}

const SOLVER = { rtol: 1e-3, atol: 1e-6 };
const EXAMPLES = 8;

/** Solver options of the rivals, by name. */
export const digitsRivals = {
  folded: {},
  'folded, tsit5': { method: 'tsit5' },
  'folded, bdf': { method: 'bdf' },
  'folded, JS engine': { engine: 'js' },
  complete: { fold: false },
  'complete, tsit5': { fold: false, method: 'tsit5' },
  'complete, JS engine': { fold: false, method: 'tsit5', engine: 'js' },
} as const satisfies Record<string, SolverOptions>;
export type DigitsRival = keyof typeof digitsRivals;

/**
 * One example of ten classes learned, both phases with doses, from weights as they are before training. Rivals take turns in
 * one process. Pixels are random, three of four without ink, as in digits.
 */
export async function timeDigits({ side, hidden, effort }: DigitsOrder): Promise<DigitsTimes> {
  const inputs = side * side + 1;
  const random = createRandom(0, 'data');
  const normals = (count: number, deviation: number) =>
    Array.from({ length: count }, () => random.normal(0, deviation));
  const circuit = neuralCrn({
    ...{ inputs, hidden, outputs: 10, dynamics: 'relu', horizon: 2, rate: 0.05, readoutRate: 0.02 },
    theta: normals(inputs * hidden, 1 / Math.sqrt(inputs)),
    readoutWeights: normals(10 * hidden, 1 / Math.sqrt(hidden)),
  });
  const pixel = () => (random.uniform(0, 1) < 0.75 ? 0 : random.uniform(0, 1));
  const examples = Array.from({ length: EXAMPLES }, (_, k) =>
    doses(
      circuit,
      Array.from({ length: inputs }, (_, j) => (j === inputs - 1 ? 1 : pixel())),
      Array.from({ length: 10 }, (_, digit) => (digit === k ? 1 : 0)),
    ),
  );
  const names = Object.keys(digitsRivals) as DigitsRival[];
  const reactors = await ifBuilt(() =>
    Promise.all(names.map((name) => createReactor(circuit.network, { ...SOLVER, ...digitsRivals[name] }))),
  );
  const learners = reactors.map((reactor) => {
    const start = reactor.state.slice();
    const dosed = examples.map((example) =>
      example.map(({ species, amount }) => ({ place: reactor.index(species), amount })),
    );
    let next = 0;
    return () => {
      reactor.state.set(start);
      for (const { place, amount } of dosed[next++ % EXAMPLES]) reactor.state[place] += amount;
      reactor.run('feed');
      reactor.run('learn');
    };
  });
  const micros = await race(
    Object.fromEntries(names.map((name, k) => [name, learners[k]])) as Record<DigitsRival, () => void>,
    effort,
  );
  for (const reactor of reactors) reactor.dispose();
  return { species: circuit.counts.species, reactions: circuit.counts.reactions, micros };
}
