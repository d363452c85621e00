import { Select } from '../design/fields';
import { RunBar } from '../run/bar';
import { CSV } from './setup';
import { change, changeLook, chooseTask, look, recipes, reset, run, setup } from './store';
import { TASKS } from './tasks';

const KINDS = {
  improved: 'Improved',
  authors: "The authors'",
  control: 'Controls',
  other: 'Others',
} as const;

function Recipe() {
  const { task, recipe } = setup.value;
  const known = recipes.value[task] ?? [];
  const standard = known.find(({ standard }) => standard)?.name ?? '';
  const chosen = recipe ?? standard;
  const choices =
    task === CSV
      ? [{ value: '', title: 'Fits the table' }]
      : known.length === 0
        ? [{ value: chosen, title: chosen || '…' }]
        : known.map(({ name, settings }) => ({
            value: name,
            title: name === standard ? `${name} (default)` : name,
            group: KINDS[settings],
          }));
  return (
    <Select
      label="Circuit"
      value={chosen}
      choices={choices}
      disabled={task === CSV}
      onChange={(name) =>
        change({
          recipe: name === standard ? null : name,
          circuit: {},
          epochs: null,
          order: null,
          clock: null,
        })
      }
    />
  );
}

/** What is learned, by what, and the buttons that make it happen. */
export function LearnBar() {
  return (
    <RunBar
      run={run}
      begin="Run"
      seed={setup.value.seed}
      onSeed={(seed) => change({ seed })}
      speed={look.value.speed}
      onSpeed={(speed) => changeLook({ speed })}
      reset={reset}
    >
      <Select label="Task" value={setup.value.task} choices={TASKS} onChange={chooseTask} />
      <Recipe />
    </RunBar>
  );
}
