import { wholeFrom } from '../network/limits.js';
import type { EpochRecord, Progress, SetPredictions, TrainSettings } from './checkpoint.js';
import type { Concentrations } from './pot.js';

/** Where a run ended whose loss on the validation rows no longer fell. */
export interface Stopped {
  /** Complete epochs. */
  epoch: number;
  /** The epoch that the result is of. */
  best: number;
}

/**
 * The loss that an epoch is judged by: the one that the circuit descends. With the hinge that is not ½e², which grows
 * with every output beyond the margin while decisions get better.
 */
export const watchedLoss = ({ validationHinge, validationLoss }: EpochRecord): number =>
  validationHinge ?? validationLoss;

/**
 * Keeps an aliquot of the best epoch so far, where the run has a patience. An epoch is better when its loss is more
 * than `minDelta` below the best one's; epoch 0 is the first to be kept.
 */
export function keepBest(
  progress: Progress,
  { patience, minDelta = 0 }: TrainSettings,
  record: EpochRecord,
  aliquot: Concentrations,
  predictions: SetPredictions,
): void {
  if (patience === undefined) return;
  const watched = watchedLoss(record);
  if (progress.best && !(watched < progress.best.watched - minDelta)) return;
  const { epoch, validationLoss } = record;
  progress.best = { epoch, validationLoss, watched, aliquot, predictions };
}

/** Whether a run has all its epochs, or its patience is at an end. */
export function isOver(progress: Progress, settings: TrainSettings): boolean {
  const { history } = progress;
  const done = history.length > 0 && history[history.length - 1].epoch >= settings.epochs;
  return done || stoppedAt(progress, settings) !== undefined;
}

/** Where a run's patience came to its end; `undefined` while it has not. */
export function stoppedAt({ history, best }: Progress, { patience }: TrainSettings): Stopped | undefined {
  if (patience === undefined || best === undefined) return undefined;
  const { epoch } = history[history.length - 1];
  return epoch - best.epoch >= patience ? { epoch, best: best.epoch } : undefined;
}

/**
 * @throws RangeError for a patience or least improvement that cannot be, or that the run to resume did not begin with
 */
export function checkPatience(
  { patience, minDelta }: TrainSettings,
  resumed: TrainSettings | undefined,
): void {
  if (patience !== undefined) wholeFrom('patience', patience, 1);
  if (minDelta !== undefined && !(minDelta >= 0 && Number.isFinite(minDelta))) {
    throw new RangeError(`minDelta must be a finite number ≥ 0, got ${minDelta}`);
  }
  if (minDelta !== undefined && patience === undefined) {
    throw new RangeError('minDelta belongs to patience: give both, or neither');
  }
  if (!resumed) return;
  if (patience !== undefined && resumed.patience === undefined) {
    throw new RangeError('patience: the run to resume has kept no best epoch; leave it out, or start again');
  }
  if (minDelta !== resumed.minDelta) {
    throw new RangeError(
      `minDelta decides which epoch is kept: the run to resume has ${resumed.minDelta ?? 0}, not ${minDelta}`,
    );
  }
}

/** What of it is not chemistry, in words. */
export function patienceAct(
  { best, history }: Progress,
  { patience, minDelta = 0 }: TrainSettings,
): string[] {
  if (patience === undefined) return [];
  const loss =
    history[0]?.validationHinge === undefined ? 'validation loss' : 'hinge loss of the validation rows';
  const least = minDelta > 0 ? ` by more than ${minDelta}` : '';
  return [
    `early stopping: training ends when ${patience} epoch${patience === 1 ? ' has' : 's have'} not lowered the ` +
      `${loss}${least}; an aliquot of the weight species is kept from the best epoch` +
      `${best ? `, ${best.epoch},` : ''} and is what the result holds`,
  ];
}
