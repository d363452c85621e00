/**
 * Level events: a species rises or falls through a level. Looked for on the interpolant of each accepted step and
 * located there to the last bit; the run then stands at the first of them, on its far side, so that it is not found
 * again.
 */
import { interpolateOne } from './interpolant';
import {
  E_BYTES,
  E_DIRECTION,
  E_LEVEL,
  E_UNKNOWN,
  R_EVENT,
  R_EVENTS,
  R_EVENT_COUNT,
  R_EVENT_THETA,
  R_EVENT_TIME,
  R_TIME,
  R_TIME_OLD,
} from './layout';
import { getF, getI, setF, setI } from './memory';

/** A step is searched in this many parts: a species that rises and falls back within one part is not seen. */
const PARTS: i32 = 4;

/** Whether the value lies past the level in the event's direction. */
function past(event: i32, value: f64): bool {
  const level = getF(event, E_LEVEL);
  return getI(event, E_DIRECTION) > 0 ? value >= level : value <= level;
}

/** Smallest known θ in (from, to] at which the event is past its level, by bisection down to neighbouring numbers. */
function locate(problem: i32, work: i32, event: i32, from: f64, to: f64): f64 {
  const unknown = getI(event, E_UNKNOWN);
  let before = from;
  let after = to;
  let middle = 0.5 * (before + after);
  while (middle > before && middle < after) {
    if (past(event, interpolateOne(problem, work, middle, unknown))) after = middle;
    else before = middle;
    middle = 0.5 * (before + after);
  }
  return after;
}

/** Looks for the first crossing within the last accepted step, whose interpolant must be prepared, and notes it. */
export function findEvent(problem: i32, work: i32): void {
  const count = getI(work, R_EVENT_COUNT);
  let first: f64 = 2.0;
  let fired: i32 = -1;
  for (let e: i32 = 0; e < count; e++) {
    const event = getI(work, R_EVENTS) + e * E_BYTES;
    const unknown = getI(event, E_UNKNOWN);
    let from: f64 = 0.0;
    let beyond = past(event, interpolateOne(problem, work, from, unknown));
    for (let part: i32 = 1; part <= PARTS; part++) {
      const to = f64(part) / f64(PARTS);
      const now = past(event, interpolateOne(problem, work, to, unknown));
      if (now && !beyond) {
        const theta = locate(problem, work, event, from, to);
        if (theta < first) {
          first = theta;
          fired = e;
        }
        break;
      }
      beyond = now;
      from = to;
    }
  }
  if (fired < 0) return;
  const old = getF(work, R_TIME_OLD);
  setI(work, R_EVENT, fired);
  setF(work, R_EVENT_THETA, first);
  setF(work, R_EVENT_TIME, old + first * (getF(work, R_TIME) - old));
}
