import {
  type ClockMeasure,
  meanOf,
  measureOfTurns,
  NoOscillation,
  type PhaseCourse,
} from './clock-measure.js';

/** A rise counts once the species has been below this part of its peak: noise about the middle is no turn. */
const LOW = 0.1;
const HIGH = 0.5;
/** Turns without which there is nothing to measure. */
const LEAST_TURNS = 2;
/** A clock that has not risen for so many periods at the end has stopped. */
const PATIENCE = 3;

/**
 * Measures a clock from one course of it in evenly spaced rows, which may be noisy: all of its turns after the first ones.
 * @param settle turns left out at the start, 2 unless told
 * @throws NoOscillation when it turns too seldom, or stops to
 */
export function clockOfCourse(
  times: Float64Array,
  phases: readonly PhaseCourse[],
  { settle = 2 }: { settle?: number } = {},
): ClockMeasure {
  const [{ species, values }] = phases;
  const rises = risesOf(values).slice(settle);
  const end = times[times.length - 1];
  const turns = rises.length - 1;
  if (turns < LEAST_TURNS) {
    throw new NoOscillation(
      `${species} rises ${settle + Math.max(0, rises.length)} times at most within ${end} time units`,
    );
  }
  const at = rises.map((row) => times[row]);
  const periods = at.slice(1).map((time, k) => time - at[k]);
  if (end - at[turns] > PATIENCE * meanOf(periods)) {
    throw new NoOscillation(`${species} does not rise again after ${at[turns]}, within ${end} time units`);
  }
  const [first, last] = [rises[0], rises[turns]];
  const courses = phases.map((one) => ({ species: one.species, values: one.values.slice(first, last) }));
  return measureOfTurns(courses, periods, () => 1, last - first);
}

/** Rows in which a species comes above half its peak, having been near 0. The first turn may be higher than later ones. */
function risesOf(values: Float64Array): number[] {
  const peak = values.subarray(values.length >> 1).reduce((most, value) => Math.max(most, value), 0);
  const rises: number[] = [];
  let wasLow = false;
  for (const [row, value] of values.entries()) {
    if (value <= LOW * peak) wasLow = true;
    else if (wasLow && value >= HIGH * peak) {
      rises.push(row);
      wasLow = false;
    }
  }
  return rises;
}
