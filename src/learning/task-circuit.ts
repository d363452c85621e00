import { type Circuit, clockedCircuit, neuralCrn } from '../circuits/index.js';
import { dsdCircuit } from '../lab/index.js';
import type { EngineKind } from '../simulate/types.js';
import type { Task } from './tasks.js';

/**
 * The circuit that a task describes, with its clock where it has one, and made of strands where it asks for that.
 * @throws (rejects) RangeError for options that cannot be used, or a circuit that no clock can drive or no strands can make
 */
export async function taskCircuit(
  task: Pick<Task, 'circuit' | 'clock' | 'dsd'>,
  engine?: EngineKind,
): Promise<Circuit> {
  const plain = neuralCrn(task.circuit);
  const circuit = task.clock === undefined ? plain : await clockedCircuit(plain, task.clock, engine);
  return task.dsd === undefined ? circuit : dsdCircuit(circuit, task.dsd);
}
