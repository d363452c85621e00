import { type Circuit, measuredClock, neuralCrn, withClock } from '../circuits/index.js';
import type { EngineKind } from '../simulate/types.js';
import type { Task } from './tasks.js';

/**
 * The circuit that a task describes, with its clock where it has one.
 * @throws (rejects) RangeError for options that cannot be used, or a circuit that no clock can drive
 */
export async function taskCircuit(
  task: Pick<Task, 'circuit' | 'clock'>,
  engine?: EngineKind,
): Promise<Circuit> {
  const circuit = neuralCrn(task.circuit);
  return task.clock === undefined ? circuit : withClock(circuit, await measuredClock(task.clock, engine));
}
