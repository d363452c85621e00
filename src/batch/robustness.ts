import { useInlinedKernel } from '../engine/inlined.js';
import {
  type Criterion,
  checkCriteria,
  checkSigma,
  checkVolumes,
  criteriaText,
  meets,
  parseCriteria,
  type RawDraw,
  type Study,
  type SubjectKind,
  studyOf,
  type Variation,
  type VariationSettings,
  type Varied,
  variationSettings,
} from '../robustness/index.js';
import type { PoolError } from './errors.js';
import { type Pool, twice } from './pool.js';
import {
  kindOf,
  type OutcomeOf,
  type Prepared,
  prepareSubject,
  type Ran,
  type RobustnessRunOptions,
  type RobustnessSubject,
  type Wanted,
} from './robustness-subject.js';

/** Options of {@link robustnessOver}. */
export interface RobustnessOverOptions extends RobustnessRunOptions {
  /** What is not as it was designed: a name, or more of it. */
  vary: Varied | Variation | readonly (Varied | Variation)[];
  /** Sizes of variation: one study for each. Default 0.05. */
  sigma?: number | readonly number[];
  /**
   * With `vary: 'volume'`: molecules that a concentration of 1 stands for, > 0, or several: one study for each, in which every
   * run is one of stochastic simulation; the undisturbed run stays one of differential equations. Then there is one sigma, and
   * none where nothing else is varied.
   */
  volume?: number | readonly number[];
  /** Runs of each study. Default 100. */
  draws?: number;
  /** Of all random numbers. Default 0. */
  seed?: number;
  /** Ends the study with what there is. */
  signal?: AbortSignal;
  /** Called when runs have ended. */
  onProgress?: (progress: { done: number; total: number }) => void;
  /** Called when a worker has died: the runs that it had are made once more. */
  onRetry?: (error: PoolError) => void;
}

/** When a run is a success: conditions as text, or criteria with functions, all of which must hold. */
export type RobustnessMeasure<Outcome> = string | Criterion<Outcome> | readonly Criterion<Outcome>[];

/** What became of all runs. Plain data. */
export interface Robustness {
  subject: SubjectKind;
  vary: VariationSettings[];
  /** When a run is a success, in words. */
  success: string;
  /** Names of what is measured. */
  measures: string[];
  seed: number;
  /** Runs of each study that were asked for. */
  draws: number;
  /** How many numbers of the network differ from run to run. */
  factors: number;
  status: 'done' | 'cancelled';
  /** The undisturbed run. */
  nominal: { success: boolean; values: Record<string, number | null> };
  /** By size of variation, or by volume. */
  studies: Study[];
}

/** The undisturbed run fails, so that there is nothing to compare others with. */
export class NominalFailure extends Error {
  override readonly name = 'NominalFailure';
  constructor(
    /** Why: a code of SolveFailure or CircuitFailure, `stopped` for a clock. */
    readonly code: string,
    message: string,
  ) {
    super(`the undisturbed run fails: ${message}`);
  }
}

/**
 * How a network, a clock or a learner bears up when it is not quite as it was designed: many runs with other rate
 * constants, starting amounts, doses, labels or lengths of phases, and how many of them are a success.
 *
 * A network (or a circuit's) is simulated, a clock measured (`measureClock`), a task learned. Conditions as text know, of a
 * network `final(A) min(A) max(A) mean(A) period(A)`, of a clock `period deviation leak overlap idle peak exposure1
 * exposure2`, of a task `loss trainLoss hinge accuracy trainAccuracy gridAccuracy r2 trainR2`.
 *
 * ```ts
 * const { studies } = await robustness(coopClock(), { vary: 'rates', sigma: 0.3, draws: 12 }, 'period within 50% and leak < 1e-3');
 * ```
 * The result depends on seed and options alone, not on the workers; draw k of one size has the random numbers of draw k of
 * another, only larger or smaller. A run that fails is no success, whatever its numbers.
 * @throws (rejects) RangeError or TypeError for options that cannot be used, NominalFailure when the undisturbed run fails, the
 *   signal's reason when it was aborted before that had ended
 */
export async function robustnessOver<S extends RobustnessSubject>(
  pool: Pool,
  subject: S,
  options: RobustnessOverOptions,
  measure: RobustnessMeasure<OutcomeOf<S>>,
): Promise<Robustness> {
  useInlinedKernel();
  const { vary, sigma: asked, volume, draws = 100, seed = 0, signal, onProgress, onRetry, ...runs } = options;
  const kind = kindOf(subject);
  const variations = variationSettings(vary, kind);
  const volumes = checkVolumes(volume, variations);
  const alone = variations.every(({ what }) => what === 'volume');
  if (alone && asked !== undefined)
    throw new RangeError('sigma has no meaning where only the volume is finite');
  const sigma = asked ?? (alone ? 0 : 0.05);
  const sigmas = typeof sigma === 'number' ? [sigma] : [...sigma];
  if (volumes.length > 1 && sigmas.length > 1) {
    throw new RangeError('volume and sigma have several numbers each; give one of one of them');
  }
  if (sigmas.length === 0) throw new RangeError('sigma is empty: give at least one number');
  if (new Set(sigmas).size < sigmas.length) throw new RangeError('sigma has a number twice');
  for (const one of sigmas) for (const { what, spread } of variations) checkSigma(one, what, spread);
  if (!Number.isInteger(draws) || draws < 1)
    throw new RangeError(`draws must be an integer ≥ 1, got ${draws}`);
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new RangeError(`seed must be an integer ≥ 0, got ${seed}`);
  const prepared = await prepareSubject(subject, variations, seed, runs);
  const criteria = criteriaOf(measure as RobustnessMeasure<never>, prepared);

  const valuesOf = (ran: Ran): number[] | null =>
    'outcome' in ran ? criteria.map(({ of }) => of(ran.outcome as never)) : null;
  const sizes = sigmas.flatMap((one) =>
    volumes.length === 0 ? [{ sigma: one }] : volumes.map((each) => ({ sigma: one, volume: each })),
  );
  const total = sizes.length * draws + 1;
  let done = 0;
  const tell = (count: number) => {
    done += count;
    onProgress?.({ done, total });
  };
  const given = signal === undefined ? {} : { signal };
  const make = (wanted: readonly Wanted[], place: number) =>
    twice(
      place,
      () => prepared.run(pool, wanted, given),
      (_, error) => onRetry?.(error),
    );

  const [first] = await make([{ sigma: 0, draw: -1 }], 0);
  if ('failure' in first) throw new NominalFailure(first.failure.code, first.failure.message);
  tell(1);
  const nominal = valuesOf(first) as number[];

  const raw = sizes.map((): RawDraw[] => []);
  const work = sizes.flatMap((size, s) =>
    parts(draws, prepared.together).map((these) => ({ s, size, these })),
  );
  let next = 0;
  const worker = async () => {
    while (next < work.length && !signal?.aborted) {
      const place = next++;
      const { s, size, these } = work[place];
      const ended = await soundly(these.length, () =>
        make(
          these.map((draw) => ({ ...size, draw })),
          place + 1,
        ),
      );
      ended.forEach((ran, k) => {
        const values = valuesOf(ran);
        raw[s].push({ draw: these[k], values, ...('failure' in ran && { failure: ran.failure }) });
      });
      tell(ended.length);
    }
  };
  try {
    // Two for each worker: one is at work while the next is on its way.
    await Promise.all(Array.from({ length: 2 * pool.size }, worker));
  } catch (error) {
    next = work.length;
    if (!signal?.aborted) throw error;
  }
  return {
    subject: kind,
    vary: variations,
    success: criteriaText(criteria),
    measures: criteria.map(({ name }) => name),
    seed,
    draws,
    factors: prepared.factors.length,
    status: raw.every((one) => one.length === draws) ? 'done' : 'cancelled',
    nominal: {
      success: criteria.every((criterion, k) => meets(nominal[k], criterion, nominal[k])),
      values: Object.fromEntries(
        criteria.map(({ name }, k) => [name, Number.isFinite(nominal[k]) ? nominal[k] : null]),
      ),
    },
    studies: sizes.map((size, s) =>
      studyOf(size, raw[s], criteria, nominal, prepared.factors, (draw) =>
        prepared.factorsOf({ ...size, draw }),
      ),
    ),
  };
}

/** Numbers of draws, so many at a time. */
function parts(draws: number, together: number): number[][] {
  const all = Array.from({ length: draws }, (_, k) => k);
  return Array.from({ length: Math.ceil(draws / together) }, (_, p) =>
    all.slice(p * together, (p + 1) * together),
  );
}

/** Runs that could not begin, since what was drawn is not allowed: noise below 0 on a positive rail, for example. */
async function soundly(count: number, run: () => Promise<Ran[]>): Promise<Ran[]> {
  try {
    return await run();
  } catch (error) {
    const refused =
      error instanceof RangeError || error instanceof TypeError || (error as Error)?.name === 'DataError';
    if (!refused) throw error;
    const failure = { code: 'refused', message: (error as Error).message };
    return Array.from({ length: count }, () => ({ failure }));
  }
}

function criteriaOf(measure: RobustnessMeasure<never>, { measureOf }: Prepared): Criterion<never>[] {
  const criteria: readonly Criterion<never>[] =
    typeof measure === 'string'
      ? parseCriteria(measure, measureOf)
      : Array.isArray(measure)
        ? (measure as readonly Criterion<never>[])
        : [measure as Criterion<never>];
  checkCriteria(criteria);
  return [...criteria];
}

/** Options of the batch entry's `robustness`. */
export interface RobustnessOptions extends RobustnessOverOptions {
  /** Workers to start, or `'auto'`: what the machine can run at the same time. Default `'auto'`. */
  workers?: number | 'auto';
}

/** {@link robustnessOver} with workers of its own, which end with it. */
export const robustnessWith =
  (createPool: (options: { size?: number }) => Pool) =>
  async <S extends RobustnessSubject>(
    subject: S,
    { workers = 'auto', ...options }: RobustnessOptions,
    measure: RobustnessMeasure<OutcomeOf<S>>,
  ): Promise<Robustness> => {
    const pool = createPool(workers === 'auto' ? {} : { size: workers });
    try {
      return await robustnessOver(pool, subject, options, measure);
    } finally {
      await pool.dispose();
    }
  };
