import { csvTask, type Task, tasks } from 'neural-crn/learning';
import { namedOptions, tableOptions } from '../export/options';
import { CSV, type Setup } from '../setup';

type TaskName = keyof typeof tasks;

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
