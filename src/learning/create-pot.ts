import type { Circuit } from '../circuits/index.js';
import type { SolverOptions } from '../simulate/types.js';
import { ClockedPot } from './clocked-pot.js';
import type { Hand } from './disturbance.js';
import type { Pot } from './pot.js';
import { ScheduledPot } from './scheduled-pot.js';
import { StagedPot } from './staged-pot.js';

/**
 * A pot of the kind that the circuit runs in.
 * @param hand who doses and switches phases; default one that does as it is told
 */
export async function createPot(circuit: Circuit, solver: SolverOptions = {}, hand?: Hand): Promise<Pot> {
  return circuit.clock ? ClockedPot.create(circuit, solver, hand) : createPhasedPot(circuit, solver, hand);
}

/** A pot for a circuit without a clock inside: an outside schedule runs its phases. */
export async function createPhasedPot(
  circuit: Circuit,
  solver: SolverOptions = {},
  hand?: Hand,
): Promise<ScheduledPot | StagedPot> {
  return circuit.stages
    ? StagedPot.create(circuit, solver, hand)
    : ScheduledPot.create(circuit, solver, hand);
}
