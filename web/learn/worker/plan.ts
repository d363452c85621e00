import type { NeuralCrnOptions } from 'neural-crn/circuits';
import { csvTask, type Task, tasks } from 'neural-crn/learning';
import { CSV, type Setup } from '../setup';

type TaskName = keyof typeof tasks;

/** The options that a setup gives to a named task. */
export function namedOptions({ seed, recipe, epochs, order, circuit, clock, gate }: Setup) {
  return {
    seed,
    ...(recipe !== null && { recipe }),
    ...(epochs !== null && { epochs }),
    ...(order !== null && { order }),
    ...(Object.keys(circuit).length > 0 && { circuit }),
    ...(clock !== null && clock !== 'none' && { clock: { kind: clock, gate } }),
  };
}

/** The options that a setup gives to a task from a table; `circuit` what is changed afterwards. */
export function tableOptions({ seed, epochs, order, circuit, table }: Setup) {
  const { wiring, adjoint, readout, readoutRate, ...own } = circuit;
  return {
    options: {
      target: table.target,
      name: table.name,
      test: table.test,
      seed,
      ...(table.classes !== null && { classes: table.classes }),
      ...(epochs !== null && { epochs }),
      ...(order !== null && { order }),
      ...own,
    } as Parameters<typeof csvTask>[1],
    circuit: {
      ...(wiring !== undefined && { wiring }),
      ...(adjoint !== undefined && { adjoint }),
      ...(readout !== undefined && { readout }),
      ...(readoutRate !== undefined && { readoutRate }),
    } as Partial<NeuralCrnOptions>,
  };
}

/** The task that a setup describes. @throws RangeError or DataError for what cannot be */
export function taskOf(setup: Setup, text = ''): Task {
  if (setup.task === CSV) {
    const { options, circuit } = tableOptions(setup);
    const task = csvTask(text, options);
    return withClock({ ...task, circuit: { ...task.circuit, ...circuit } }, setup);
  }
  if (!Object.hasOwn(tasks, setup.task)) throw new RangeError(`there is no task "${setup.task}"`);
  return withClock(tasks[setup.task as TaskName].create(namedOptions(setup)), setup);
}

function withClock({ clock: own, ...task }: Task, { clock, gate }: Setup): Task {
  if (clock === 'none') return task;
  const chosen = clock === null ? own : { kind: clock, gate };
  return chosen === undefined ? task : { ...task, clock: chosen };
}
