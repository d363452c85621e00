import { exp, log } from '../../assembly/math';
import type { SaveGrid } from '../network/model.js';
import { checkPositive, checkWhole } from './check.js';

export const defaultIntervals = 200;

/**
 * Times of a grid over [from, to], both ends exact. Logarithms are the package's own, so that every host saves at the
 * same times.
 */
export function gridTimes(grid: SaveGrid, from: number, to: number): Float64Array {
  if (grid.kind === 'uniform') {
    const intervals = checkWhole('save', grid.intervals);
    const times = new Float64Array(intervals + 1);
    for (let i = 0; i < intervals; i++) times[i] = from + ((to - from) * i) / intervals;
    times[intervals] = to;
    return times;
  }
  const first = checkPositive('the first time of save log', grid.from);
  const last = checkPositive('the last time of save log', grid.to);
  const points = checkWhole('the number of points of save log', grid.points);
  if (points < 2) throw new RangeError(`save log needs at least 2 points, not ${points}`);
  if (!(first < last))
    throw new RangeError(`save log needs its first time (${first}) before its last (${last})`);
  if (first < from || last > to) {
    throw new RangeError(`save log ${first} ${last} must lie inside the run, from ${from} to ${to}`);
  }
  const times = new Float64Array(points);
  const span = log(last / first);
  for (let i = 0; i < points; i++) times[i] = first * exp((span * i) / (points - 1));
  times[0] = first;
  times[points - 1] = last;
  return times;
}

/** Checks times given by hand: finite, strictly increasing, inside [from, to]. */
export function givenTimes(saveAt: ArrayLike<number>, from: number, to: number): Float64Array {
  if (typeof saveAt !== 'object' || saveAt === null || typeof saveAt.length !== 'number') {
    throw new TypeError('saveAt must be an array of times');
  }
  if (saveAt.length === 0) throw new RangeError('saveAt must hold at least one time');
  const times = new Float64Array(saveAt.length);
  for (let i = 0; i < times.length; i++) {
    const time = saveAt[i];
    if (typeof time !== 'number' || !Number.isFinite(time)) {
      throw new RangeError(`saveAt[${i}] must be a finite number, not ${String(time)}`);
    }
    if (time < from || time > to) {
      throw new RangeError(`saveAt[${i}] = ${time} must lie inside the run, from ${from} to ${to}`);
    }
    if (i > 0 && time <= times[i - 1]) {
      throw new RangeError(
        `saveAt must increase strictly, but saveAt[${i}] = ${time} follows ${times[i - 1]}`,
      );
    }
    times[i] = time;
  }
  return times;
}
