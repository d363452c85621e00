import type { Circuit } from '../circuits/index.js';
import type { SolverOptions } from '../simulate/types.js';
import { ClockedPot } from './clocked-pot.js';
import type { Pot } from './pot.js';
import { ScheduledPot } from './scheduled-pot.js';
import { StagedPot } from './staged-pot.js';

/** A pot of the kind that the circuit runs in. */
export async function createPot(circuit: Circuit, solver: SolverOptions = {}): Promise<Pot> {
  return circuit.clock ? ClockedPot.create(circuit, solver) : createPhasedPot(circuit, solver);
}

/** A pot for a circuit without a clock inside: an outside schedule runs its phases. */
export async function createPhasedPot(
  circuit: Circuit,
  solver: SolverOptions = {},
): Promise<ScheduledPot | StagedPot> {
  return circuit.stages ? StagedPot.create(circuit, solver) : ScheduledPot.create(circuit, solver);
}
