/** A training run as a page has it: what its worker says, and the buttons that make it learn. */
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { createClient } from './client';
import type { Exported, Problem, Progress, RunReply, RunRequest, RunState } from './protocol';

export type State = 'preparing' | 'ready' | 'stopping' | 'empty' | RunState;
export type Go = 'run' | 'epoch' | 'step';

/** Changes of settings are gathered for so long (milliseconds). */
const SETTLING = 120;
const NOWHERE: Progress = { epoch: -1, visited: 0, rows: 0, steps: 0, perSecond: 0 };

/** What one page's runs have of their own. */
export interface RunParts<Request, Description, Frame, Other> {
  /** Of the worker. */
  script: string;
  /** What learns, as the reader is told: `run`, `pot`. */
  learner: string;
  /** A worker that has not stopped by then is ended (milliseconds). */
  grace: number;
  /** What begins the run of the present settings; undefined where there is nothing yet to begin with. */
  begin(id: number, resume: boolean): Request | undefined;
  /** Empties what is shown of the run before. */
  clear(): void;
  /** @returns something worth knowing that is no error, or '' */
  described(description: Description): string;
  refused(reply: { columns?: string[] }): void;
  /** The frame is on the screen. */
  shown(frame: Frame): void;
  /** What no other run's worker says. */
  hear(reply: Other): void;
}

/** A run, and what can be done with it. */
export interface Run<Request, Description> {
  state: Signal<State>;
  problem: Signal<Problem | null>;
  /** Something worth knowing that is no error. */
  note: Signal<string>;
  description: Signal<Description | null>;
  progress: ReadonlySignal<Progress>;
  busy: ReadonlySignal<boolean>;
  send(request: Request | RunRequest): void;
  /** Begins the run of the present settings. What is being prepared or does not answer is ended. */
  prepare(resume?: boolean): void;
  /** The same, once settings have not changed for a moment. */
  settle(): void;
  /** Lets it learn, as soon as it is prepared. */
  go(kind: Go): void;
  /** Stops what is under way. A worker that does not answer soon is ended; what was saved of it is taken up again. */
  pause(): void;
  /** Model, checkpoint and report of the run as it stands. */
  exported(): Promise<Exported>;
}

export function createRun<
  Request,
  Description extends { resumed?: number | null },
  Frame extends Progress,
  Other extends { kind: string },
>(parts: RunParts<Request, Description, Frame, Other>): Run<Request, Description> {
  const state = signal<State>('preparing');
  const problem = signal<Problem | null>(null);
  const note = signal('');
  const description = signal<Description | null>(null);
  const progress = signal(NOWHERE);
  const busy = computed(() => state.value === 'running' || state.value === 'stopping');

  let asked = 0;
  let waiting = false;
  let settling: ReturnType<typeof setTimeout> | undefined;
  let stopping: ReturnType<typeof setTimeout> | undefined;
  let exporting: ((exported: Exported | null) => void)[] = [];
  /** What to begin with as soon as it is prepared. */
  let then: Go | null = null;
  /** Whether the worker had to be ended, which is told when the run is back. */
  let ended = false;

  const client = createClient<Request | RunRequest, RunReply<Description, Frame> | Other>(
    parts.script,
    (reply) => hear(reply as RunReply<Description, Frame>),
    (message) => {
      // Nobody is there who could answer: the next run has a new one.
      waiting = true;
      fail({ message: `the chemistry's worker is gone: ${message}`, where: 'run' });
    },
  );

  const fail = (why: Problem) =>
    batch(() => {
      state.value = 'failed';
      problem.value = why;
    });

  function hear(reply: RunReply<Description, Frame>): void {
    switch (reply.kind) {
      case 'prepared':
        if (reply.id === asked) prepared(reply.description);
        return;
      case 'refused':
        if (reply.id !== asked) return;
        waiting = false;
        then = null;
        parts.refused(reply);
        fail(reply.problem);
        return;
      case 'state':
        if (reply.id !== asked) return;
        clearTimeout(stopping);
        batch(() => {
          state.value = reply.state;
          if (reply.state === 'running') problem.value = null;
          if (reply.problem) problem.value = reply.problem;
        });
        return;
      case 'exported':
        for (const resolve of exporting) resolve(reply.exported);
        exporting = [];
        return;
      case 'frame':
        draw(reply);
        return;
      default:
        parts.hear(reply as unknown as Other);
    }
  }

  function prepared(of: Description): void {
    waiting = false;
    batch(() => {
      description.value = of;
      problem.value = null;
      state.value = 'ready';
      const told = parts.described(of);
      note.value = ended
        ? `The worker was in a long step and was ended; the ${parts.learner} is back at epoch ${of.resumed ?? 0}, the last one saved.`
        : told;
      ended = false;
    });
    if (then) go(then);
    then = null;
  }

  /** The newest frame goes onto the screen with the next picture; then the worker may send another. */
  function draw(frame: Frame & { id: number }): void {
    requestAnimationFrame(() => {
      client.send({ kind: 'drawn' });
      if (frame.id !== asked) return;
      batch(() => {
        const { epoch, visited, rows, steps, perSecond } = frame;
        progress.value = { epoch, visited, rows, steps, perSecond };
        parts.shown(frame);
      });
    });
  }

  function prepare(resume = false): void {
    clearTimeout(settling);
    clearTimeout(stopping);
    if (waiting) client.restart();
    asked++;
    const request = parts.begin(asked, resume);
    waiting = request !== undefined;
    batch(() => {
      state.value = waiting ? 'preparing' : 'empty';
      problem.value = null;
      note.value = '';
      progress.value = NOWHERE;
      if (!waiting) description.value = null;
      parts.clear();
    });
    if (request !== undefined) client.send(request);
  }

  function go(kind: Go): void {
    if (state.peek() === 'preparing') {
      then = kind;
      return;
    }
    if (kind === 'run') state.value = 'running';
    client.send({ kind });
  }

  function pause(): void {
    if (state.peek() === 'preparing') {
      then = null;
      client.restart();
      waiting = false;
      fail({ message: 'Stopped before the circuit was built.', where: 'run' });
      return;
    }
    state.value = 'stopping';
    client.send({ kind: 'pause' });
    clearTimeout(stopping);
    stopping = setTimeout(() => {
      client.restart();
      waiting = false;
      ended = true;
      prepare(true);
    }, parts.grace);
  }

  return {
    state,
    problem,
    note,
    description,
    progress,
    busy,
    send: client.send,
    prepare,
    settle() {
      state.value = 'preparing';
      clearTimeout(settling);
      settling = setTimeout(prepare, SETTLING);
    },
    go,
    pause,
    exported: () =>
      new Promise((resolve, reject) => {
        exporting.push((given) =>
          given
            ? resolve(given)
            : reject(new Error(`there is no ${parts.learner} to take along: mend what is refused first`)),
        );
        client.send({ kind: 'export' });
      }),
  };
}
