import './race.css';
import { effect, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { experiment } from '../app/experiment';
import { route, writeState } from '../app/route';
import { Button } from '../design/button';
import { Check, Select, Slider } from '../design/fields';
import { Icon } from '../design/icon';
import { Message, Panel } from '../design/panel';
import { shortNumber } from '../simulate/axis';
import { Cancelled, WorkerClient } from '../simulate/client';
import { presetNamed, presets } from '../simulate/presets';
import type { ContestantName, RaceProgress } from '../simulate/protocol';
import { parseState, printState, type SharedState } from '../simulate/share-state';
import { startSimulator } from '../simulate/start-simulator';
import { contestants } from './contestants';
import { Standings } from './standings';

const client = new WorkerClient(startSimulator);

const begin = presetNamed('hires')!;
const problem = signal<Pick<SharedState, 'text' | 'changes' | 'settings'>>({
  text: begin.text,
  changes: {},
  settings: {},
});
const seconds = signal('2');
const chosen = signal<readonly ContestantName[]>(contestants.map(({ name }) => name));
const progress = signal<RaceProgress | undefined>(undefined);
const running = signal<AbortController | undefined>(undefined);
const trouble = signal<string | undefined>(undefined);

const DEFAULT_RTOL = 1e-6;
const named = (text: string) => presets.find((preset) => preset.text === text);
const shared = (): SharedState => {
  const own = named(problem.value.text);
  return {
    ...problem.value,
    logTime: own?.logTime ?? false,
    logConcentration: own?.logConcentration ?? false,
    hidden: own?.hidden ?? [],
  };
};

async function start(): Promise<void> {
  const controller = new AbortController();
  running.value = controller;
  trouble.value = undefined;
  progress.value = undefined;
  const { text, changes, settings } = problem.peek();
  try {
    progress.value = await client.run<RaceProgress>(
      {
        kind: 'race',
        request: {
          ...{ text, changes },
          settings: { rtol: DEFAULT_RTOL, ...settings },
          contestants: chosen.peek(),
          seconds: Number(seconds.peek()),
        },
      },
      {
        signal: controller.signal,
        onProgress: (now: RaceProgress) => {
          progress.value = now;
        },
      },
    );
  } catch (error) {
    if (!(error instanceof Cancelled) && !controller.signal.aborted) trouble.value = (error as Error).message;
  } finally {
    running.value = undefined;
  }
}

function useAddress(): void {
  useEffect(
    () =>
      effect(() => {
        const { view, state } = route.value;
        if (view !== 'race' || [...state.keys()].length === 0) return;
        parseState(state).then(
          ({ text, changes, settings }) => {
            trouble.value = undefined;
            problem.value = { text, changes, settings };
          },
          (error: Error) => {
            trouble.value = error.message;
          },
        );
      }),
    [],
  );
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const watching = effect(() => {
      const state = shared();
      clearTimeout(timer);
      timer = setTimeout(async () => writeState('race', (await printState(state, named)).params), 150);
    });
    return () => {
      watching();
      clearTimeout(timer);
    };
  }, []);
}

const OWN = 'own';
const SIMULATED = 'simulated';

/** WebAssembly against JavaScript, on this machine and on a problem of one's choice. */
export function Race() {
  useAddress();
  const { text, settings } = problem.value;
  const preset = named(text);
  const taken = experiment.value;
  const choices = [
    ...(preset ? [] : [{ value: OWN, title: 'Your own network' }]),
    ...(taken && taken.text !== text
      ? [{ value: SIMULATED, title: 'The network of the Simulate view' }]
      : []),
    ...presets.map(({ name, title, group }) => ({ value: name, title, group })),
  ];
  const rtol = settings.rtol ?? DEFAULT_RTOL;
  const busy = running.value !== undefined;
  return (
    <div class="race">
      <h2 class="visually-hidden">Race</h2>
      <div class="setup">
        <Panel title="Problem">
          <Select
            label="Network"
            value={preset?.name ?? OWN}
            choices={choices}
            disabled={busy}
            onChange={(value) => {
              const other = presetNamed(value);
              if (other) problem.value = { text: other.text, changes: {}, settings: { rtol } };
              else if (taken && value === SIMULATED) {
                problem.value = {
                  text: taken.text,
                  changes: taken.changes,
                  settings: { ...taken.settings, rtol: taken.settings.rtol ?? rtol },
                };
              }
              progress.value = undefined;
            }}
          />
          <Slider
            label="Relative tolerance"
            value={rtol}
            from={1e-3}
            to={1e-11}
            steps={8}
            logarithmic
            format={(value) => shortNumber(value, 2)}
            disabled={busy}
            onInput={(value) => {
              const rounded = Number(`1e${Math.round(Math.log10(value))}`);
              problem.value = { ...problem.peek(), settings: { ...settings, rtol: rounded } };
            }}
          />
          <Select
            label="Time for each"
            value={seconds.value}
            choices={[
              { value: '1', title: '1 second' },
              { value: '2', title: '2 seconds' },
              { value: '5', title: '5 seconds' },
              { value: '15', title: '15 seconds' },
            ]}
            disabled={busy}
            onChange={(value) => {
              seconds.value = value;
            }}
          />
          <fieldset class="chosen" disabled={busy}>
            <legend class="small muted">Who races</legend>
            {contestants.map(({ name, title }) => (
              <Check
                key={name}
                label={title}
                value={chosen.value.includes(name)}
                disabled={busy}
                onChange={(isChosen) => {
                  chosen.value = contestants
                    .map((one) => one.name)
                    .filter((one) => (one === name ? isChosen : chosen.peek().includes(one)));
                }}
              />
            ))}
          </fieldset>
          <div class="actions">
            <Button look="primary" disabled={busy || chosen.value.length === 0} onPress={start}>
              <Icon name="play" />
              Start the race
            </Button>
            <Button disabled={!busy} onPress={() => running.peek()?.abort()} label="Stop the race">
              <Icon name="stop" />
              Stop
            </Button>
          </div>
        </Panel>
      </div>
      <div class="course">
        <Panel
          title="Race"
          tools={
            <span class="small muted number" role="status">
              {busy ? progress.value?.doing || 'Beginning…' : progress.value ? 'Over' : 'Not begun'}
            </span>
          }
        >
          {trouble.value === undefined ? null : <Message kind="error">{trouble.value}</Message>}
          <Standings
            names={chosen.value}
            standings={progress.value?.standings ?? []}
            about={preset ? preset.title : 'Your own network'}
          />
        </Panel>
      </div>
    </div>
  );
}
