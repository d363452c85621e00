/** What the workers of all training runs say alike. */

/** Why something cannot be done, as the reader is told. */
export interface Problem {
  message: string;
  hint?: string;
  /** `setup` for what a control can mend, `data` for the table, `run` for chemistry that cannot go on. */
  where: 'setup' | 'data' | 'run';
}

export type RunState = 'running' | 'paused' | 'done' | 'failed';

/** Where a run stands; part of every frame. */
export interface Progress {
  epoch: number;
  /** Examples of the epoch, and how many it has. */
  visited: number;
  rows: number;
  steps: number;
  /** Examples a second, lately; 0 while nothing is known. */
  perSecond: number;
}

/** What can be taken along from a run. */
export interface Exported {
  model: string;
  checkpoint: string;
  report: string;
  epoch: number;
  predictions: { train: number[]; validation: number[] } | null;
}

/** To the worker: what goes to the run under way. */
export type RunRequest =
  | { kind: 'run' | 'pause' | 'step' | 'epoch' }
  /** The last frame is on the screen: the next may come. */
  | { kind: 'drawn' }
  | { kind: 'export' }
  | { kind: 'saved' }
  | { kind: 'forget' };

/** From the worker. `Description` is of a run before anything is learned, `Frame` what has changed since the last one. */
export type RunReply<Description, Frame> =
  | { kind: 'prepared'; id: number; description: Description }
  /** `columns` are those of a table that could be read. */
  | { kind: 'refused'; id: number; problem: Problem; columns?: string[] }
  | { kind: 'state'; id: number; state: RunState; problem?: Problem }
  | { kind: 'exported'; exported: Exported | null }
  | (Frame & { kind: 'frame'; id: number });
