import type { Counts } from 'neural-crn/circuits';
import type { EpochRecord } from 'neural-crn/learning';
import type { Progress, RunReply, RunRequest } from '../../run/protocol';
import type { Look, Setup } from '../setup';

/** To the worker. Those with an `id` begin something new; the others go to what is under way. */
export type Request =
  | {
      kind: 'prepare';
      id: number;
      setup: Setup;
      look: Look;
      /** A table of images, in place of the page's own. */
      file?: File;
      /** A model or a checkpoint to begin with. */
      pot?: File;
      /** Whether the run that was kept is continued. */
      resume?: boolean;
    }
  | { kind: 'speed'; speed: number }
  /** What the pot is asked; `null` for the example just learned. */
  | { kind: 'ask'; ask: number; pixels: readonly number[] | null }
  | RunRequest;

/** A circuit as it stands in the list. */
export interface RecipeName {
  name: string;
  title: string;
  standard: boolean;
}

/** Images of one set; pixels image by image. */
export interface Images {
  pixels: Float32Array;
  labels: Uint8Array;
}

/** The images and the circuit, before anything is learned. */
export interface Description {
  recipes: RecipeName[];
  recipe: string;
  /** What the circuit is, in words. */
  title: string;
  classes: string[];
  train: Images;
  validation: Images;
  /** Images that are predicted when a run is over, and before no more. */
  test: number;
  nodes: number;
  epochs: number;
  counts: Counts;
  phases: { name: string; duration: number }[];
  digital: string[];
  notes: string[];
  /** Where images and weights come from, where they are not the page's. */
  images: string | null;
  pot: string | null;
  /** Where a continued run stands. */
  resumed: number | null;
}

/** What the pot makes of one image. Values lie signal by signal. */
export interface Reading {
  /** The last question that it answers. */
  ask: number;
  pixels: Float32Array;
  /** Of the training set, when it is the example just learned. */
  example: number | null;
  times: Float32Array;
  phases: { name: string; from: number; to: number; whole: number }[];
  nodes: Float32Array;
  outputs: Float32Array;
  /** When the outputs are read. */
  readAt: number;
  /** What is read then, one for each class; about 1 for the right one. */
  answers: Float32Array;
}

/** What has changed since the last frame. */
export interface Frame extends Progress {
  kind: 'frame';
  id: number;
  /** The example learned last, and what the pot had said of it. */
  last?: { sample: number; prediction: number; target: number; step: number };
  history?: EpochRecord[];
  /** Part of the last examples that it answered rightly before it learned them, by examples learned. */
  running?: { steps: Float64Array; parts: Float32Array };
  /** θ by node and W by class, row by row. */
  weights?: { theta: Float32Array; W: Float32Array };
  /** Of the images for validation, at the last measured epoch. */
  predicted?: Uint8Array;
  reading?: Reading;
}

/** From the worker, besides what those of all runs say. */
export interface OwnReply {
  kind: 'saved';
  saved: { epoch: number; setup: Setup; images: string | null } | null;
}

export type Reply = OwnReply | RunReply<Description, Frame>;
