import type { Circuit } from '../circuits/index.js';
import { ClockedPot } from './clocked-pot.js';
import type { Hand } from './disturbance.js';
import type { Pot } from './pot.js';
import { ScheduledPot } from './scheduled-pot.js';
import { StagedPot } from './staged-pot.js';
import type { PotOptions } from './stochastic.js';

/**
 * A pot of the kind that the circuit runs in.
 * @param hand who doses and switches phases; default one that does as it is told
 */
export async function createPot(circuit: Circuit, options: PotOptions = {}, hand?: Hand): Promise<Pot> {
  return circuit.clock ? ClockedPot.create(circuit, options, hand) : createPhasedPot(circuit, options, hand);
}

/** A pot for a circuit without a clock inside: an outside schedule runs its phases. */
export async function createPhasedPot(
  circuit: Circuit,
  options: PotOptions = {},
  hand?: Hand,
): Promise<ScheduledPot | StagedPot> {
  return circuit.stages
    ? StagedPot.create(circuit, options, hand)
    : ScheduledPot.create(circuit, options, hand);
}
