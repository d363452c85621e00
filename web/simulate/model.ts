import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals';
import { Cancelled, WorkerClient } from './client';
import type { Checked, Outline, RunProgress, RunRequest, RunResult, RunSettings } from './protocol';
import type { SharedState } from './share-state';
import type { Changes } from './values';

/** Milliseconds without a key before a text is read. */
const TYPING = 120;
/** A run that is out of date may go on this long; its curves are seen while a slider moves. */
const OUT_OF_DATE = 150;
/** Progress is shown of runs that take longer. */
const SHOW_PROGRESS = 200;

/** A network under experiment: its text, what is changed of it, and what runs came to. */
export interface Model {
  text: Signal<string>;
  changes: Signal<Changes>;
  settings: Signal<RunSettings>;
  logTime: Signal<boolean>;
  logConcentration: Signal<boolean>;
  hidden: Signal<ReadonlySet<string>>;
  /** What was found in the text last read. */
  checked: ReadonlySignal<Checked | undefined>;
  /** Of the last text without errors. */
  outline: ReadonlySignal<Outline | undefined>;
  /** The last run that has ended; its curves may be those of the run before. */
  result: ReadonlySignal<RunResult | undefined>;
  running: ReadonlySignal<boolean>;
  /** Of a run that takes its time. */
  progress: ReadonlySignal<RunProgress | undefined>;
  /** What went wrong with the page itself, such as a worker that died. */
  trouble: ReadonlySignal<string | undefined>;
  /** Whether the curves are of the present text and values. */
  upToDate: ReadonlySignal<boolean>;
  /** Runs have been stopped until something changes. */
  stopped: ReadonlySignal<boolean>;
  state: ReadonlySignal<SharedState>;
  /** Most rows that the picture can show. */
  most: number;
  load(state: SharedState): void;
  /** Runs again, whatever has changed. */
  run(): void;
  stop(): void;
  exported(format: 'csv' | 'json', signal?: AbortSignal): Promise<string>;
  /** The text with the sliders' values in it; undefined when one stands in no place of its own. */
  written(): Promise<string | undefined>;
  request(): RunRequest;
  dispose(): void;
}

/** @param wantedOf species of a text that are drawn, however little they change */
export function createModel(
  initial: SharedState,
  startWorker: () => Worker,
  wantedOf: (text: string) => readonly string[] | undefined = () => undefined,
): Model {
  const client = new WorkerClient(startWorker);
  const text = signal(initial.text);
  const changes = signal<Changes>(initial.changes);
  const settings = signal<RunSettings>(initial.settings);
  const logTime = signal(initial.logTime);
  const logConcentration = signal(initial.logConcentration);
  const hidden = signal<ReadonlySet<string>>(new Set(initial.hidden));
  const checked = signal<Checked | undefined>(undefined);
  const outline = signal<Outline | undefined>(undefined);
  const checkedText = signal<string | undefined>(undefined);
  const result = signal<RunResult | undefined>(undefined);
  const running = signal(false);
  const progress = signal<RunProgress | undefined>(undefined);
  const trouble = signal<string | undefined>(undefined);
  const stopped = signal(false);
  const shown = signal<string | undefined>(undefined);
  const state = computed<SharedState>(() => ({
    text: text.value,
    changes: changes.value,
    settings: settings.value,
    logTime: logTime.value,
    logConcentration: logConcentration.value,
    hidden: [...hidden.value].sort(),
  }));
  const inputs = computed(() => JSON.stringify([text.value, changes.value, settings.value, logTime.value]));

  let wanted = false;
  let active: AbortController | undefined;
  let disposed = false;

  const request = (): RunRequest => ({
    text: text.peek(),
    changes: changes.peek(),
    settings: settings.peek(),
    logTime: logTime.peek(),
    most: model.most,
    wanted: wantedOf(text.peek()) ?? [],
  });

  /** One run after the other, each of what is wanted then. */
  async function work(): Promise<void> {
    while (wanted && !disposed) {
      wanted = false;
      const controller = new AbortController();
      active = controller;
      running.value = true;
      const began = performance.now();
      try {
        if (checkedText.peek() !== text.peek()) {
          const one = text.peek();
          const found = await client.run<Checked>(
            { kind: 'check', text: one },
            { signal: controller.signal },
          );
          checkedText.value = one;
          checked.value = found;
          if (found.outline) outline.value = found.outline;
        }
        if (checked.peek()?.outline === undefined) continue;
        const key = inputs.peek();
        const ended = await client.run<RunResult>(
          { kind: 'run', request: request() },
          {
            signal: controller.signal,
            onProgress: (at: RunProgress) => {
              if (performance.now() - began > SHOW_PROGRESS) progress.value = at;
            },
          },
        );
        trouble.value = undefined;
        // What was stopped for something newer is of no use, but a run that was stopped by hand is.
        if (ended.failure?.code === 'cancelled' && !stopped.peek()) continue;
        const before = result.peek();
        result.value = ended.curves || !before?.curves ? ended : { ...ended, curves: before.curves };
        shown.value = ended.curves ? key : undefined;
      } catch (error) {
        if (!(error instanceof Cancelled)) {
          trouble.value = `The simulator stopped working: ${(error as Error).message}. It starts again with the next change.`;
        }
      } finally {
        progress.value = undefined;
        active = undefined;
      }
    }
    running.value = false;
  }

  const want = () => {
    stopped.value = false;
    wanted = true;
    const late = active;
    if (late === undefined) void work();
    else setTimeout(() => active === late && wanted && late.abort(), OUT_OF_DATE);
  };

  let typing: ReturnType<typeof setTimeout> | undefined;
  let isFirst = true;
  const watching = effect(() => {
    inputs.value;
    untracked(() => {
      clearTimeout(typing);
      const typed = checkedText.peek() !== text.peek() && !isFirst;
      isFirst = false;
      if (typed) typing = setTimeout(want, TYPING);
      else want();
    });
  });

  const model: Model = {
    ...{ text, changes, settings, logTime, logConcentration, hidden },
    ...{ checked, outline, result, running, progress, trouble, stopped, state },
    upToDate: computed(() => shown.value === inputs.value),
    most: 1400,
    load: (loaded) => {
      text.value = loaded.text;
      changes.value = loaded.changes;
      settings.value = loaded.settings;
      logTime.value = loaded.logTime;
      logConcentration.value = loaded.logConcentration;
      hidden.value = new Set(loaded.hidden);
    },
    run: want,
    stop: () => {
      clearTimeout(typing);
      wanted = false;
      stopped.value = true;
      active?.abort();
    },
    exported: async (format, signal) =>
      (
        await client.run<{ text: string }>(
          { kind: 'export', request: request(), format },
          signal ? { signal } : {},
        )
      ).text,
    written: async () =>
      (await client.run<{ text?: string }>({ kind: 'write', text: text.peek(), changes: changes.peek() }))
        .text,
    request,
    dispose: () => {
      disposed = true;
      clearTimeout(typing);
      watching();
      client.dispose();
    },
  };
  return model;
}
