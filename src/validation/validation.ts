import type { Counts, LearnerAbout } from '../circuits/index.js';
import type { EngineKind } from '../simulate/types.js';
import type { Claim } from './claim.js';

/** What a validation may use while it runs. */
export interface ValidationContext {
  engine?: EngineKind;
  signal?: AbortSignal;
  /** How much of it is done, from 0 to 1. */
  onProgress?: (fraction: number) => void;
}

/** What a seed came to. Plain data. */
export interface Measurement<Shown = unknown> {
  /** By the names of the claims. */
  values: Readonly<Record<string, number>>;
  size: Counts;
  /** What figures show. */
  shown: Shown;
}

/** A validation with one choice of its settings. */
export interface ValidationRecipe<Shown = unknown> {
  /** One line for people. */
  title: string;
  /** Whether it is part of what is run when no recipe is named. Default true. */
  listed?: boolean;
  /** Everything beside the seed that decides what comes out. Plain data. */
  settings: object;
  claims: readonly Claim[];
  /** How long a seed takes, in seconds, roughly. */
  seconds: number;
  /** @throws what it fails with, a SolveFailure among others */
  measure(seed: number, context: ValidationContext): Promise<Measurement<Shown>>;
}

/** Something whose numbers are known beforehand, measured anew over seeds. */
export interface Validation<Shown = unknown> extends Pick<LearnerAbout, 'system' | 'origin' | 'source'> {
  title: string;
  /** What a seed decides. */
  seedOf: string;
  recipes: Readonly<Record<string, ValidationRecipe<Shown>>>;
  /** The recipe that is used where none is named. */
  standard: string;
  /** Whether runs take an engine; what is trained by derivatives chooses its own. Default true. */
  takesEngine?: boolean;
}

/** A number that either holds or does not, for claims over the mean of seeds. */
export const yes = (holds: boolean): number => (holds ? 1 : 0);

/** A network's size, exactly: three claims. */
export const sizeClaims = (
  species: number,
  reactions: number,
  by: Claim['by'] = 'specification',
): readonly Claim[] => [exactly('species', species, by), exactly('reactions', reactions, by)];

/** A number that must be this one with every seed. */
export const exactly = (name: string, wanted: number, by: Claim['by'] = 'mathematics'): Claim => ({
  name,
  by,
  wanted,
  tolerance: { kind: 'within', by: 0 },
  over: 'every',
});

/** At least this part of the seeds. */
export const inPart = (name: string, part: number, by: Claim['by'] = 'mathematics'): Claim => ({
  name,
  by,
  wanted: part,
  tolerance: { kind: 'atLeast' },
  over: 'mean',
});

/** At most this, with every seed. */
export const atMost = (name: string, wanted: number, by: Claim['by'] = 'mathematics'): Claim => ({
  name,
  by,
  wanted,
  tolerance: { kind: 'atMost' },
  over: 'every',
});
