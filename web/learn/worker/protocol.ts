import type { Counts, NeuralCrnSettings } from 'neural-crn/circuits';
import type { EpochRecord, StepRecord } from 'neural-crn/learning';
import type { Progress, RunReply, RunRequest } from '../../run/protocol';
import type { Look, Setup } from '../setup';
import type { Plane } from './plane';

/** A recipe as it stands in a list. */
export interface RecipeName {
  name: string;
  title: string;
  settings: 'authors' | 'improved' | 'control' | 'other';
  dynamics: string;
  standard: boolean;
}

/** A table: a file as it was dropped, or text. */
export type TableSource = File | string;

/** To the worker. Those with an `id` begin something new; the others go to what is under way. */
export type Request =
  | { kind: 'prepare'; id: number; setup: Setup; look: Look; table?: TableSource; resume?: boolean }
  | { kind: 'look'; look: Look }
  | RunRequest;

/** Values that an option may have beside its present one; those with a reason it cannot. */
export interface OptionChoice {
  value: string;
  reason?: string;
}

export interface NetworkReaction {
  label: string;
  /** Places of species; `count` is a stoichiometry. */
  reactants: { species: number; count: number }[];
  products: { species: number; count: number }[];
  orders: { species: number; count: number }[];
  rate: number;
  /** Whether it runs, phase by phase. */
  active: boolean[];
}

/** A network as it is drawn. */
export interface NetworkPicture {
  species: string[];
  reactions: NetworkReaction[];
  phases: string[];
}

/** A set of examples; inputs row by row. */
export interface Points {
  inputs: Float64Array;
  targets: Float64Array;
}

/** A task and its circuit, before anything is learned. */
export interface Description {
  experiment: string;
  features: string[];
  target: string;
  /** Names of the classes; empty for values. */
  classes: string[];
  /** Of two classes told apart by one output. */
  threshold: number | null;
  epochs: number;
  order: 'fixed' | 'shuffled';
  train: Points;
  validation: Points;
  /** The part of the plane that a decision map shows, where there are two features and classes. */
  plane: Plane | null;
  settings: NeuralCrnSettings;
  recipe: string | null;
  clock: { kind: 'coop' | 'ring'; period: number } | null;
  choices: Record<'wiring' | 'adjoint' | 'readout' | 'rails' | 'clock', OptionChoice[]>;
  /** Numbers that cannot be changed, and why. */
  fixed: Partial<Record<'hidden' | 'horizon' | 'learnTime' | 'rate' | 'readoutRate', string>>;
  weightNames: string[];
  counts: Counts;
  moieties: number;
  phaseCounts: ({ name: string; duration: number } & Counts)[];
  digital: string[];
  notes: string[];
  network: NetworkPicture;
  /** Text of the network. */
  networkText: string;
  /** Columns of a table, and what was decided about it. */
  table?: { columns: string[]; rows: number; used: number; text: string | null };
  /** Where a continued run stands. */
  resumed?: number;
}

/** One example through all phases. Values lie species by species. */
export interface TraceFrame {
  times: Float32Array;
  values: Float32Array;
  phases: { name: string; from: number; to: number }[];
  /** Row of the training set. */
  example: number;
  prediction: number;
}

/** Predictions on a square grid, row by row from the lowest. */
export interface MapFrame {
  side: number;
  values: Float32Array;
  epoch: number;
}

/** What has changed since the last frame. */
export interface Frame extends Progress {
  kind: 'frame';
  id: number;
  last?: StepRecord;
  history?: EpochRecord[];
  weights?: { steps: Float64Array; values: Float32Array; width: number };
  predictions?: { train: Float32Array; validation: Float32Array };
  map?: MapFrame;
  trace?: TraceFrame;
}

/** A run that was kept from an earlier visit. */
export interface SavedRun {
  setup: Setup;
  epoch: number;
  experiment: string;
  saved: number;
}

/** From the worker, besides what those of all runs say. */
export type OwnReply =
  | { kind: 'ready'; recipes: Record<string, RecipeName[]> }
  | { kind: 'saved'; saved: SavedRun | null };

export type Reply = OwnReply | RunReply<Description, Frame>;
