import { Button } from '../design/button';
import { NumberField, Select } from '../design/fields';
import { Icon } from '../design/icon';
import { short } from '../learn/numbers';
import {
  busy,
  change,
  changeSpeed,
  description,
  go,
  look,
  pause,
  progress,
  reset,
  setup,
  state,
} from './store';

const SPEEDS = [
  { value: '0', title: 'As fast as it goes' },
  { value: '30', title: '30 examples a second' },
  { value: '5', title: '5 examples a second' },
  { value: '1', title: '1 example a second' },
];

const STATES = {
  preparing: 'Building the circuit …',
  ready: 'Ready',
  running: 'Learning',
  stopping: 'Stopping …',
  paused: 'Paused',
  done: 'Trained',
  failed: 'Stopped',
} as const;

const whole = (value: number) =>
  Number.isSafeInteger(value) && value >= 0 ? undefined : 'a whole number from 0';

function Controls() {
  const preparing = state.value === 'preparing';
  const failed = state.value === 'failed';
  return (
    <div class="run-buttons">
      {busy.value ? (
        <Button look="primary" onPress={pause}>
          <Icon name="pause" />
          Pause
        </Button>
      ) : (
        <Button look="primary" disabled={failed} onPress={() => go('run')}>
          <Icon name="play" />
          {state.value === 'done' ? 'Train on' : progress.value.steps > 0 ? 'Continue' : 'Train'}
        </Button>
      )}
      <Button disabled={busy.value || failed} onPress={() => go('step')}>
        <Icon name="step" />
        Sample
      </Button>
      <Button disabled={busy.value || failed} onPress={() => go('epoch')}>
        <Icon name="step" />
        Epoch
      </Button>
      <Button label={preparing ? 'Stop' : 'Reset'} onPress={preparing ? pause : reset}>
        <Icon name={preparing ? 'stop' : 'reset'} />
      </Button>
    </div>
  );
}

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

/** The circuit, and the buttons that make it learn. */
export function RunBar() {
  const described = description.value;
  const { recipe, seed } = setup.value;
  const standard = described?.recipes.find(({ standard }) => standard)?.name ?? '';
  const speed = String(look.value.speed);
  return (
    <section class="panel run-bar" aria-label="Run">
      <div class="run-choices">
        <Select
          label="Circuit"
          value={recipe ?? standard}
          choices={
            described?.recipes.map(({ name, title }) => ({ value: name, title: `${name}: ${title}` })) ?? [
              { value: recipe ?? standard, title: '…' },
            ]
          }
          onChange={(name) => change({ recipe: name === standard ? null : name })}
        />
        <NumberField label="Seed" value={seed} check={whole} onChange={(value) => change({ seed: value })} />
        <Select
          label="Speed"
          value={speed}
          choices={
            SPEEDS.some(({ value }) => value === speed)
              ? SPEEDS
              : [...SPEEDS, { value: speed, title: `${speed} a second` }]
          }
          onChange={(value) => changeSpeed(Number(value))}
        />
      </div>
      <Controls />
      <Progress />
    </section>
  );
}
