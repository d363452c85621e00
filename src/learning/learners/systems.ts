import type { LearnerCircuit } from '../../circuits/index.js';
import { rateIndependentSystem } from './inference-system.js';
import { bfcnnSystem, lakinSystem, perturbationSystem } from './layered-systems.js';
import type { LearnerSystem } from './learner.js';
import { onePotSystem } from './one-pot-system.js';
import { perceptronSystem } from './perceptron-system.js';

/** The systems by name. A new one is added here, and everything that lists or compares systems has it. */
export const learnerSystems = {
  bfcnn: bfcnnSystem,
  lakin: lakinSystem,
  'one-pot': onePotSystem,
  perceptron: perceptronSystem,
  perturbation: perturbationSystem,
  'rate-independent': rateIndependentSystem,
} as const;

export type SystemName = keyof typeof learnerSystems;

/**
 * A system by name, of whose options nothing is known: its builder checks them.
 * @throws RangeError for a name that does not exist
 */
export function systemNamed(name: string): LearnerSystem<object, LearnerCircuit> {
  if (Object.hasOwn(learnerSystems, name)) {
    return learnerSystems[name as SystemName] as unknown as LearnerSystem<object, LearnerCircuit>;
  }
  throw new RangeError(
    `there is no system ${JSON.stringify(name)}; there are ${Object.keys(learnerSystems).join(', ')}`,
  );
}
