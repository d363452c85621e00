import type { Circuit } from '../circuits/index.js';
import type { SolverOptions } from '../simulate/types.js';
import type { Pot } from './pot.js';
import { ScheduledPot } from './scheduled-pot.js';

/** A pot of the kind that the circuit runs in. */
export async function createPot(circuit: Circuit, solver: SolverOptions = {}): Promise<Pot> {
  return ScheduledPot.create(circuit, solver);
}
