import { Button } from '../design/button';
import { NumberField, Select } from '../design/fields';
import { Icon } from '../design/icon';
import { short } from './numbers';
import { CSV } from './setup';
import {
  busy,
  change,
  changeLook,
  chooseTask,
  description,
  go,
  look,
  pause,
  progress,
  recipes,
  reset,
  setup,
  state,
} from './store';
import { TASKS } from './tasks';

const KINDS = {
  improved: 'Improved',
  authors: "The authors'",
  control: 'Controls',
  other: 'Others',
} as const;

const SPEEDS = [
  { value: '0', title: 'As fast as it goes' },
  { value: '30', title: '30 examples a second' },
  { value: '5', title: '5 examples a second' },
  { value: '1', title: '1 example a second' },
];

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

const whole = (value: number) =>
  Number.isSafeInteger(value) && value >= 0 ? undefined : 'a whole number from 0';

function Controls() {
  const running = busy.value;
  const preparing = state.value === 'preparing';
  const failed = state.value === 'failed' || state.value === 'empty';
  return (
    <div class="run-buttons">
      {running ? (
        <Button look="primary" onPress={pause}>
          <Icon name="pause" />
          Pause
        </Button>
      ) : (
        <Button look="primary" disabled={failed} onPress={() => go('run')}>
          <Icon name="play" />
          {state.value === 'done' ? 'Train on' : progress.value.steps > 0 ? 'Continue' : 'Run'}
        </Button>
      )}
      <Button disabled={running || failed} onPress={() => go('step')}>
        <Icon name="step" />
        Sample
      </Button>
      <Button disabled={running || failed} onPress={() => go('epoch')}>
        <Icon name="step" />
        Epoch
      </Button>
      <Button label={preparing ? 'Stop' : 'Reset'} onPress={preparing ? pause : reset}>
        <Icon name={preparing ? 'stop' : 'reset'} />
      </Button>
    </div>
  );
}

const STATES = {
  preparing: 'Building the circuit …',
  ready: 'Ready',
  running: 'Learning',
  stopping: 'Stopping …',
  paused: 'Paused',
  done: 'Trained',
  failed: 'Stopped',
  empty: 'No table yet',
} as const;

function Progress() {
  const { epoch, visited, rows, steps, perSecond } = progress.value;
  const epochs = description.value?.epochs ?? 0;
  const part = epochs > 0 && rows > 0 ? Math.min(1, steps / (rows * epochs)) : 0;
  const finished = Math.max(0, epoch);
  return (
    <div class="run-progress">
      <progress max={1} value={part} aria-label="Training" />
      <p class="small muted number">
        <strong>{STATES[state.value]}</strong>
        <span>
          epoch {finished} of {Math.max(epochs, finished)}
        </span>
        <span class="wide">
          example {visited} of {rows}
        </span>
        <span class="wide">{perSecond > 0 ? `${short(perSecond)} examples a second` : ''}</span>
      </p>
    </div>
  );
}

/** What is learned, by what, and the buttons that make it happen. */
export function RunBar() {
  const { task, seed } = setup.value;
  return (
    <section class="panel run-bar" aria-label="Run">
      <div class="run-choices">
        <Select label="Task" value={task} choices={TASKS} onChange={chooseTask} />
        <Recipe />
        <NumberField label="Seed" value={seed} check={whole} onChange={(value) => change({ seed: value })} />
        <Select
          label="Speed"
          value={String(look.value.speed)}
          choices={
            SPEEDS.some(({ value }) => value === String(look.value.speed))
              ? SPEEDS
              : [...SPEEDS, { value: String(look.value.speed), title: `${look.value.speed} a second` }]
          }
          onChange={(value) => changeLook({ speed: Number(value) })}
        />
      </div>
      <Controls />
      <Progress />
    </section>
  );
}
