/** The buttons that make a run learn, and how far it is. */
import type { ComponentChildren } from 'preact';
import { Button } from '../design/button';
import { NumberField, Select } from '../design/fields';
import { Icon } from '../design/icon';
import { short } from './numbers';
import type { Run, State } from './run';

type AnyRun = Pick<
  Run<never, { epochs: number }>,
  'state' | 'busy' | 'progress' | 'description' | 'go' | 'pause'
>;

const STATES: Record<State, string> = {
  preparing: 'Building the circuit …',
  ready: 'Ready',
  running: 'Learning',
  stopping: 'Stopping …',
  paused: 'Paused',
  done: 'Trained',
  failed: 'Stopped',
  empty: 'No table yet',
};

/** Examples a second; 0 for as many as can be. */
const SPEEDS = [0, 30, 5, 1];

const speedChoice = (speed: number) => ({
  value: String(speed),
  title: speed === 0 ? 'As fast as it goes' : `${speed} ${speed === 1 ? 'example' : 'examples'} a second`,
});

const whole = (value: number) =>
  Number.isSafeInteger(value) && value >= 0 ? undefined : 'a whole number from 0';

function Controls({ run, begin, reset }: { run: AnyRun; begin: string; reset: () => void }) {
  const running = run.busy.value;
  const preparing = run.state.value === 'preparing';
  const failed = run.state.value === 'failed' || run.state.value === 'empty';
  return (
    <div class="run-buttons">
      {running ? (
        <Button look="primary" onPress={run.pause}>
          <Icon name="pause" />
          Pause
        </Button>
      ) : (
        <Button look="primary" disabled={failed} onPress={() => run.go('run')}>
          <Icon name="play" />
          {run.state.value === 'done' ? 'Train on' : run.progress.value.steps > 0 ? 'Continue' : begin}
        </Button>
      )}
      <Button disabled={running || failed} onPress={() => run.go('step')}>
        <Icon name="step" />
        Sample
      </Button>
      <Button disabled={running || failed} onPress={() => run.go('epoch')}>
        <Icon name="step" />
        Epoch
      </Button>
      <Button label={preparing ? 'Stop' : 'Reset'} onPress={preparing ? run.pause : reset}>
        <Icon name={preparing ? 'stop' : 'reset'} />
      </Button>
    </div>
  );
}

function Progress({ run }: { run: AnyRun }) {
  const { epoch, visited, rows, steps, perSecond } = run.progress.value;
  const epochs = run.description.value?.epochs ?? 0;
  const part = epochs > 0 && rows > 0 ? Math.min(1, steps / (rows * epochs)) : 0;
  const finished = Math.max(0, epoch);
  return (
    <div class="run-progress">
      <progress max={1} value={part} aria-label="Training" />
      <p class="small muted number">
        <strong>{STATES[run.state.value]}</strong>
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

export interface RunBarProps {
  run: AnyRun;
  /** Word on the button that begins. */
  begin: string;
  seed: number;
  onSeed: (seed: number) => void;
  speed: number;
  onSpeed: (speed: number) => void;
  reset: () => void;
  /** Which task and circuit. */
  children: ComponentChildren;
}

export function RunBar({ run, begin, seed, onSeed, speed, onSpeed, reset, children }: RunBarProps) {
  const speeds = SPEEDS.includes(speed) ? SPEEDS : [...SPEEDS, speed];
  return (
    <section class="panel run-bar" aria-label="Run">
      <div class="run-choices">
        {children}
        <NumberField label="Seed" value={seed} check={whole} onChange={onSeed} />
        <Select
          label="Speed"
          value={String(speed)}
          choices={speeds.map(speedChoice)}
          onChange={(value) => onSpeed(Number(value))}
        />
      </div>
      <Controls run={run} begin={begin} reset={reset} />
      <Progress run={run} />
    </section>
  );
}
