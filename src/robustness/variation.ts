import type { Spread } from '../learning/index.js';

/** What may be varied. */
export type Varied = 'rates' | 'initial' | 'doses' | 'inputs' | 'labels' | 'leaks' | 'jitter' | 'volume';

/** What a study is about: a network that is simulated, a clock that is measured, a task that is learned. */
export type SubjectKind = 'network' | 'clock' | 'task';

/** Something that is not as it was designed. */
export interface Variation {
  /**
   *  - `rates`: every rate constant by a factor;
   *  - `initial`: every starting concentration that is not 0, by a factor;
   *  - `doses`: every dose by a factor; while a task is learned, every one anew;
   *  - `jitter`: the length of every phase by a factor; while a task is learned, every time anew;
   *  - `leaks`: every reaction that has a catalyst (or makes more of a reactant) runs without it, too, as though as much
   *    of it were there as a constant between 0 and 2σ says;
   *  - `inputs`: noise is added to every input that is learned from, in standard deviations of its column;
   *  - `labels`: noise on values that are learned, in their standard deviations; classes are taken for another with
   *    the probability σ;
   *  - `volume`: a finite number of molecules, so many to a concentration of 1 as `volume` of the study says: every run is
   *    one of stochastic simulation; of a task, what learns and what is measured.
   */
  what: Varied;
  /** Its size. Default: that of the study. */
  sigma?: number;
  /** How factors and noise are spread: log-normal (noise: normal), or uniform within ±σ. Default `'logNormal'`. */
  spread?: Spread;
  /** Of rates and leaks: a factor for every reaction, or one for all labels with the same base name. Default `'reaction'`. */
  per?: 'reaction' | 'type';
  /** Only these: labels of reactions (`push[*]` for a family), species, phases or columns. Default: all. */
  only?: readonly string[];
}

/** The same with everything filled in. */
export type VariationSettings = Required<Omit<Variation, 'sigma' | 'only'>> &
  Pick<Variation, 'sigma' | 'only'>;

/** What makes sense where. */
const allowed: Readonly<Record<SubjectKind, readonly Varied[]>> = {
  network: ['rates', 'initial', 'doses', 'jitter', 'leaks', 'volume'],
  clock: ['rates', 'initial', 'leaks', 'volume'],
  task: ['rates', 'initial', 'doses', 'jitter', 'leaks', 'inputs', 'labels', 'volume'],
};

const known: readonly Varied[] = [
  'rates',
  'initial',
  'doses',
  'jitter',
  'leaks',
  'inputs',
  'labels',
  'volume',
];

/** What a subject is called in messages. */
const called: Readonly<Record<SubjectKind, string>> = {
  network: 'a network that is simulated',
  clock: 'a clock',
  task: 'a task that is learned',
};

/**
 * Fills in variations.
 * @throws RangeError for one that does not exist, or makes no sense for the subject
 */
export function variationSettings(
  vary: Varied | Variation | readonly (Varied | Variation)[],
  kind: SubjectKind,
): VariationSettings[] {
  const given = Array.isArray(vary)
    ? (vary as readonly (Varied | Variation)[])
    : [vary as Varied | Variation];
  if (given.length === 0) throw new RangeError(`vary is empty; there are ${known.join(', ')}`);
  const seen = new Set<Varied>();
  return given.map((one) => {
    const {
      what,
      sigma,
      spread = 'logNormal',
      per = 'reaction',
      only,
    } = typeof one === 'string' ? { what: one } : one;
    if (!known.includes(what)) {
      throw new RangeError(`vary: there is no ${JSON.stringify(what)}; there are ${known.join(', ')}`);
    }
    if (!allowed[kind].includes(what)) {
      throw new RangeError(
        `vary: ${what} mean nothing to ${called[kind]}; there are ${allowed[kind].join(', ')}`,
      );
    }
    if (seen.has(what)) throw new RangeError(`vary: ${what} are given twice`);
    seen.add(what);
    if (spread !== 'logNormal' && spread !== 'uniform') {
      throw new RangeError(`vary: spread must be 'logNormal' or 'uniform', got ${JSON.stringify(spread)}`);
    }
    if (per !== 'reaction' && per !== 'type') {
      throw new RangeError(`vary: per must be 'reaction' or 'type', got ${JSON.stringify(per)}`);
    }
    if (sigma !== undefined) checkSigma(sigma, what, spread);
    return { what, spread, per, ...(sigma !== undefined && { sigma }), ...(only && { only }) };
  });
}

/** @throws RangeError for a size that a variation cannot have */
export function checkSigma(sigma: number, what: Varied, spread: Spread): void {
  if (!(sigma >= 0 && Number.isFinite(sigma))) {
    throw new RangeError(`sigma must be a finite number ≥ 0, got ${sigma}`);
  }
  if (spread === 'uniform' && sigma > 1) {
    throw new RangeError(`sigma ${sigma}: a uniform factor from 1 − sigma on would be negative; at most 1`);
  }
  if (what === 'labels' && sigma > 1) {
    throw new RangeError(`sigma ${sigma}: no more than all labels can be mistaken; at most 1`);
  }
}

/**
 * The numbers of molecules to a concentration of 1, by study; empty without a finite volume.
 * @throws RangeError where `vary` and `volume` do not go together, or for a number that is none
 */
export function checkVolumes(
  volume: number | readonly number[] | undefined,
  variations: readonly VariationSettings[],
): readonly number[] {
  const varied = variations.some(({ what }) => what === 'volume');
  if (volume === undefined) {
    if (!varied) return [];
    throw new RangeError('vary: volume needs numbers of molecules to a concentration of 1; volume: 1000 say');
  }
  if (!varied) throw new RangeError("volume is given, but vary does not have 'volume'");
  const volumes = typeof volume === 'number' ? [volume] : [...volume];
  if (volumes.length === 0) throw new RangeError('volume is empty: give at least one number');
  if (new Set(volumes).size < volumes.length) throw new RangeError('volume has a number twice');
  for (const one of volumes) {
    if (!(one > 0 && Number.isFinite(one))) {
      throw new RangeError(`volume must be a finite number > 0, not ${String(one)}`);
    }
  }
  return volumes;
}
