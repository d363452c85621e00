import { type ReadonlySignal, type Signal, signal, useSignal } from '@preact/signals';
import { render } from 'preact';
import { Button } from '../design/button';
import { Select } from '../design/fields';
import { Icon } from '../design/icon';
import { Message } from '../design/panel';
import { shortNumber } from '../simulate/axis';
import { Cancelled, WorkerClient } from '../simulate/client';
import { LineSwitches } from '../simulate/legend';
import { CurvesPlot } from '../simulate/plot';
import type { Curves } from '../simulate/protocol';
import { darkness } from './dark';
import { type Epoch, type Trained, type TrainProgress, type TrainRequest, taskTitles } from './learning';
import { startLearner } from './start-worker';
import { styles } from './styles';

interface State {
  task: string;
  running: boolean;
  begun?: TrainProgress & { kind: 'begun' };
  step?: number;
  epochs: readonly Epoch[];
  trained?: Trained;
  trouble?: string;
}

/**
 * `<neural-crn-learner>`: a circuit that learns a named task while one looks on. Attributes: `task`, `recipe`, `epochs`,
 * `seed`, `ideal`, `autostart`, `controls` (`task`), `log`, `height`.
 */
export class NeuralCrnLearner extends HTMLElement {
  static readonly observedAttributes = ['task', 'controls', 'height'];

  readonly #state: Signal<State> = signal({ task: 'linear-regression', running: false, epochs: [] });
  readonly #controls = signal<readonly string[]>(['task']);
  #controller: AbortController | undefined;
  #end: (() => void)[] = [];

  /** Starts training from the beginning. Resolves when it is over, also when it was stopped. */
  async start(): Promise<void> {
    this.stop();
    const controller = new AbortController();
    this.#controller = controller;
    const { task } = this.#state.peek();
    this.#state.value = { task, running: true, epochs: [] };
    const set = (change: Partial<State>) => {
      if (this.#controller === controller) this.#state.value = { ...this.#state.peek(), ...change };
    };
    let client: WorkerClient | undefined;
    try {
      const worker = await startLearner();
      client = new WorkerClient(() => worker);
      const trained = await client.run<Trained>(this.#request(task), {
        signal: controller.signal,
        onProgress: (progress: TrainProgress) => {
          if (progress.kind === 'begun') set({ begun: progress });
          else if (progress.kind === 'step') set({ step: progress.step });
          else {
            set({ epochs: [...this.#state.peek().epochs, progress.epoch] });
            this.#send('crn-epoch', progress.epoch);
          }
        },
      });
      set({ running: false, trained });
      if (trained.status === 'failed') this.#send('crn-error', { message: trained.message });
      else this.#send('crn-done', trained);
    } catch (error) {
      set({ running: false });
      if (error instanceof Cancelled) return;
      set({ trouble: (error as Error).message });
      this.#send('crn-error', { message: (error as Error).message });
    } finally {
      client?.dispose();
    }
  }

  stop(): void {
    this.#controller?.abort();
  }

  connectedCallback(): void {
    if (this.#end.length > 0) return;
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    root.replaceChildren();
    const style = document.createElement('style');
    style.textContent = styles;
    const host = document.createElement('div');
    root.append(style, host);
    const { dark, end } = darkness(this, root);
    this.#end = [end, () => this.stop(), () => render(null, host)];
    render(
      <View
        state={this.#state}
        controls={this.#controls}
        dark={dark}
        isLog={this.hasAttribute('log')}
        onTask={(task) => this.setAttribute('task', task)}
        onStart={() => void this.start()}
        onStop={() => this.stop()}
      />,
      host,
    );
    if (this.hasAttribute('autostart')) void this.start();
  }

  disconnectedCallback(): void {
    queueMicrotask(() => {
      if (this.isConnected) return;
      for (const end of this.#end) end();
      this.#end = [];
    });
  }

  attributeChangedCallback(name: string): void {
    if (name === 'task') {
      const task = this.getAttribute('task') ?? 'linear-regression';
      this.stop();
      this.#state.value = { task, running: false, epochs: [] };
    }
    if (name === 'controls') this.#controls.value = (this.getAttribute('controls') ?? '').split(/[\s,]+/);
    const height = this.getAttribute('height');
    if (height) this.style.setProperty('--plot-height', /^\d+$/.test(height) ? `${height}px` : height);
  }

  #request(task: string): TrainRequest {
    const number = (name: string) => {
      const value = Number(this.getAttribute(name) ?? Number.NaN);
      return Number.isInteger(value) && value >= 0 ? value : undefined;
    };
    const recipe = this.getAttribute('recipe');
    const epochs = number('epochs');
    return {
      task,
      seed: number('seed') ?? 0,
      ideal: this.hasAttribute('ideal'),
      ...(recipe !== null && { recipe }),
      ...(epochs !== undefined && { epochs }),
    };
  }

  #send(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

/** Losses as lines over epochs. */
function curvesOf(epochs: readonly Epoch[]): Curves {
  const column = (of: (epoch: Epoch) => number | undefined) =>
    Float64Array.from(epochs, (epoch) => of(epoch) ?? Number.NaN);
  const twin = epochs.some(({ idealValidationLoss }) => idealValidationLoss !== undefined);
  return {
    times: Float64Array.from(epochs, ({ epoch }) => epoch),
    names: ['training', 'validation', ...(twin ? ['ideal twin'] : [])],
    columns: [
      column(({ trainLoss }) => trainLoss),
      column(({ validationLoss }) => validationLoss),
      ...(twin ? [column(({ idealValidationLoss }) => idealValidationLoss)] : []),
    ],
    others: 0,
    spans: [],
  };
}

const metricNames: Record<string, string> = {
  validationR2: 'R², held-back rows',
  validationAccuracy: 'Right, held-back rows',
};

function View({
  state,
  controls,
  dark,
  isLog,
  onTask,
  onStart,
  onStop,
}: {
  state: ReadonlySignal<State>;
  controls: ReadonlySignal<readonly string[]>;
  dark: ReadonlySignal<boolean>;
  isLog: boolean;
  onTask: (task: string) => void;
  onStart: () => void;
  onStop: () => void;
}) {
  const cursor = useSignal<number | undefined>(undefined);
  const hidden = useSignal<ReadonlySet<string>>(new Set());
  const { task, running, begun, step, epochs, trained, trouble } = state.value;
  const curves = curvesOf(epochs);
  const words = trouble
    ? ''
    : trained
      ? { done: 'Done', cancelled: 'Stopped', failed: 'Not finished' }[trained.status]
      : running
        ? `Epoch ${epochs.at(-1)?.epoch ?? 0} of ${begun?.epochs ?? '…'}`
        : '';
  const choices = taskTitles.some(({ value }) => value === task)
    ? taskTitles
    : [...taskTitles, { value: task, title: task }];
  return (
    <section class="embed" aria-label="Learner">
      <header>
        <slot name="title" />
        <div class="tools">
          <span class="small muted number" role="status">
            {words}
          </span>
          <Button look="primary" disabled={running} onPress={onStart}>
            <Icon name="play" />
            Train
          </Button>
          <Button disabled={!running} onPress={onStop} label="Stop training">
            <Icon name="stop" />
            Stop
          </Button>
        </div>
      </header>
      {controls.value.includes('task') ? (
        <Select label="Task" value={task} choices={choices} disabled={running} onChange={onTask} />
      ) : null}
      <div class="canvas">
        {epochs.length > 1 ? (
          <CurvesPlot
            curves={curves}
            hidden={hidden.value}
            logTime={false}
            logConcentration={isLog}
            dark={dark.value}
            end={begun?.epochs ?? 1}
            cursor={cursor}
            titles={['Epoch', 'Loss']}
            label={`Losses over ${epochs.length - 1} epochs; the last on held-back rows ${shortNumber(epochs.at(-1)!.validationLoss)}`}
          />
        ) : (
          <p class="muted">{running ? `Learning… example ${step ?? 0}` : 'Press Train.'}</p>
        )}
      </div>
      {epochs.length > 0 ? (
        <LineSwitches
          curves={curves}
          hidden={hidden.value}
          dark={dark.value}
          cursor={cursor}
          logTime={false}
          at="epoch"
          onChange={(next) => {
            hidden.value = next;
          }}
        />
      ) : null}
      <p class="small muted number">
        {begun
          ? `${begun.species} species, ${begun.reactions} reactions, ${begun.rows} examples an epoch. `
          : ''}
        {Object.entries(trained?.metrics ?? {})
          .filter(([name]) => metricNames[name])
          .map(([name, value]) => `${metricNames[name]}: ${value.toFixed(4)}. `)}
      </p>
      {trouble === undefined && trained?.message === undefined ? null : (
        <Message kind="error">{trouble ?? trained?.message}</Message>
      )}
      <div class="caption small muted">
        <slot name="caption" />
      </div>
    </section>
  );
}
