import type { Issue, MethodName, Stats } from 'neural-crn';
import type { Changes, Value } from './values';

/** What a run takes besides the network; left out is what the text or the library says. */
export interface RunSettings {
  to?: number;
  rtol?: number;
  method?: MethodName;
}

export interface RunRequest {
  text: string;
  changes: Changes;
  settings: RunSettings;
  /** Rows where the text asks for none are even on this axis. */
  logTime: boolean;
  /** Most rows that can be seen. */
  most: number;
  /** Species that are wanted whatever they do. */
  wanted: readonly string[];
}

/** What a text is, without running it. */
export interface Outline {
  species: number;
  reactions: number;
  phases: number;
  parameters: number;
  values: Value[];
  /** Values that were left out of `values`, because there are too many for sliders. */
  moreValues: number;
  /** Until when it runs by itself; undefined when neither text nor phases say so. */
  to?: number;
  rtol: number;
  method: string;
}

export interface Checked {
  issues: Issue[];
  /** Without errors only. */
  outline?: Outline;
}

export interface Span {
  name: string;
  from: number;
  to: number;
}

/** Columns that a picture shows, thinned to what can be seen. */
export interface Curves {
  times: Float64Array;
  names: string[];
  columns: Float64Array[];
  /** Species that are not among `names`. */
  others: number;
  spans: Span[];
}

export interface Failure {
  /** A code of the library's `SolveFailure`, or `options`, or `text`. */
  code: string;
  message: string;
  hint?: string;
  time?: number;
  species?: string;
}

/** What the library says of how a network is run. */
export interface Facts {
  method: string;
  why: string;
  other?: string;
  unknowns: number;
  /** Reactions left out because they cannot fire. */
  dropped: number;
  fill: number;
}

export interface RunResult {
  /** Of a failed run: those before it failed, if any. */
  curves?: Curves;
  failure?: Failure;
  stats?: Stats;
  facts?: Facts;
  kernels?: string;
  /** Wall-clock time of the run in the worker, compiling included. */
  milliseconds: number;
  /** Saved rows, and numbers in them. */
  rows: number;
  to: number;
  notes: string[];
}

export type Job =
  | { kind: 'check'; text: string }
  | { kind: 'write'; text: string; changes: Changes }
  | { kind: 'run'; request: RunRequest }
  | { kind: 'export'; request: RunRequest; format: 'csv' | 'json' }
  | { kind: 'race'; request: RaceRequest };

export type ToWorker = { type: 'start'; id: number; job: Job } | { type: 'cancel'; id: number };

export type FromWorker =
  | { type: 'progress'; id: number; progress: unknown }
  | { type: 'done'; id: number; result: unknown }
  | { type: 'failed'; id: number; message: string };

export interface RunProgress {
  fraction: number;
  time: number;
  steps: number;
}

export type ContestantName = 'generated' | 'interpreted' | 'js' | 'textbook';

export interface RaceRequest {
  text: string;
  changes: Changes;
  settings: RunSettings;
  contestants: readonly ContestantName[];
  /** Seconds that each contestant may have in all. */
  seconds: number;
}

/** How a contestant stands. Times are in milliseconds. */
export interface Standing {
  name: ContestantName;
  state: 'waiting' | 'warming' | 'racing' | 'done' | 'failed';
  /** The first solve of all, compiling included. */
  first?: number;
  /** Solves before the measured ones, and the time that they took. */
  warmUp: { solves: number; milliseconds: number };
  /** Median of the measured solves, and the middle half of them. */
  median?: number;
  quartiles?: [number, number];
  /** Measured solves. */
  solves: number;
  digits?: number;
  steps?: number;
  rejected?: number;
  message?: string;
}

export interface RaceProgress {
  standings: Standing[];
  /** What is being done. */
  doing: string;
}
