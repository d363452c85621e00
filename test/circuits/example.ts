import { type Circuit, doses, outputs, parameters } from '../../src/circuits/index.js';
import { createReactor } from '../../src/simulate/reactor.js';
import type { SolverOptions } from '../../src/simulate/types.js';

/** What one example did in a fresh pot. */
export interface Ran {
  /** Concentrations at the end of phase 1. */
  fed: Record<string, number>;
  /** Signed value of a species at the end of phase 1, by its letter and index. */
  value: (name: string) => number;
  /** What the circuit reads, without its label. */
  outputs: number[];
  before: { theta: number[]; W?: number[] };
  after: { theta: number[]; W?: number[] };
  /** Concentrations at the end. */
  left: Record<string, number>;
}

/** Doses one example into a fresh pot, reads the prediction without label, and learns it in another. */
export async function runExample(
  circuit: Circuit,
  x: number[],
  y?: number | number[],
  options: { learnTime?: number; solver?: SolverOptions; contents?: Record<string, number> } = {},
): Promise<Ran> {
  const reactor = await createReactor(circuit.network, options.solver ?? { rtol: 1e-10, atol: 1e-13 });
  const read = (name: string) => reactor.state[reactor.index(name)];
  const all = () => Object.fromEntries(reactor.species.map((name) => [name, read(name)]));
  const add = (name: string, amount: number) => {
    reactor.state[reactor.index(name)] += amount;
  };
  for (const [name, amount] of Object.entries(options.contents ?? {})) add(name, amount);
  const start = reactor.state.slice();
  const before = parameters(circuit, read);
  const { feed, learn } = circuit.phases;
  for (const { species, amount } of doses(circuit, x)) add(species, amount);
  reactor.run(feed);
  if (circuit.reading.phase === 'learn') reactor.run(learn, { duration: circuit.reading.after });
  const said = outputs(circuit, read);

  reactor.state.set(start);
  for (const { species, amount } of doses(circuit, x, y)) add(species, amount);
  reactor.run(feed);
  const fed = all();
  if (y !== undefined) reactor.run(learn, options.learnTime ? { duration: options.learnTime } : {});
  const ran: Ran = {
    fed,
    value: (name) => (name in fed ? fed[name] : fed[`${name}+`] - fed[`${name}-`]),
    outputs: said,
    before,
    after: parameters(circuit, read),
    left: all(),
  };
  reactor.dispose();
  return ran;
}

/** Largest |a − b|. */
export function distance(a: readonly number[], b: readonly number[]): number {
  return Math.max(...a.map((value, i) => Math.abs(value - b[i])));
}

/** Differences of two parameter vectors. */
export function steps(ran: Ran, group: 'theta' | 'W' = 'theta'): number[] {
  const before = ran.before[group] as number[];
  return (ran.after[group] as number[]).map((value, k) => value - before[k]);
}
