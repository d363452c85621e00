/**
 * The next-reaction method (Gibson & Bruck 2000): every channel has the time of its own next event, and the earliest of
 * them happens. When a propensity changes from a to b, what is left of the wait is stretched by a / b; only the channel
 * that has fired draws a new one, so that an event takes one random number.
 *
 * A propensity that falls to 0 stops its channel's clock: what is left of the wait is kept in units of its mean, as the
 * internal times of the modified method are (Anderson 2007, J. Chem. Phys. 127, 214107), and counts from where the
 * propensity is above 0 again. A stretch begins with new waits: its channels may be others, and waits have no memory.
 */
import { getF, getI, setF, setI } from '../memory';
import { evaluate } from './direct';
import { exponential } from './draws';
import { firstChannel, firstTime, heapify, rise, sink, timeAt } from './heap';
import {
  FLAG_DRAWN,
  H_BYTES,
  H_CHANNEL,
  H_TIME,
  HEAP_ROOT,
  Q_CHANNELS,
  S_CHANNELS,
  S_DEPENDENTS,
  S_FLAGS,
  S_HEAP,
  S_LEFT,
  S_NEXT,
  S_PAIR_END,
  S_PLACE,
  S_PROBLEM,
  S_PROPENSITIES,
  S_STATE,
  S_STREAM,
  S_TIME,
} from './layout';
import { propensityIn } from './propensities';

/** When a channel fires that waits for `left` mean waits; infinite where that is beyond all numbers, too. */
function due(time: f64, left: f64, a: f64): f64 {
  return a > 0.0 ? time + left / a : Infinity;
}

/** Forms all propensities anew from the state, and draws all waits: the next event is known then. */
export function layOutNext(run: i32): void {
  const channels = getI(getI(run, S_PROBLEM), Q_CHANNELS);
  const a = getI(run, S_PROPENSITIES);
  const heap = getI(run, S_HEAP);
  const left = getI(run, S_LEFT);
  const stream = getI(run, S_STREAM);
  const time = getF(run, S_TIME);
  evaluate(run);
  for (let c: i32 = 0; c < channels; c++) {
    const node = heap + (HEAP_ROOT + c) * H_BYTES;
    const wait = exponential(stream);
    setF(left, c, wait);
    setF(node, H_TIME, due(time, wait, getF(a, c)));
    setI(node, H_CHANNEL, c);
  }
  heapify(heap, getI(run, S_PLACE), channels);
  setF(run, S_NEXT, firstTime(heap));
  setI(run, S_FLAGS, getI(run, S_FLAGS) | FLAG_DRAWN);
}

/**
 * Brings the propensities and times of some dependents of the first channel up to date, which fires now and stays the first.
 * @returns the sum of all propensities, which was `sum`
 */
export function refreshNext(run: i32, from: i32, to: i32, sum: f64): f64 {
  const problem = getI(run, S_PROBLEM);
  const count = getI(problem, Q_CHANNELS);
  const n = getI(run, S_STATE);
  const a = getI(run, S_PROPENSITIES);
  const heap = getI(run, S_HEAP);
  const nodes = getI(run, S_PLACE);
  const left = getI(run, S_LEFT);
  const channels = getI(run, S_CHANNELS);
  const pairs = getI(run, S_PAIR_END);
  const dependents = getI(run, S_DEPENDENTS);
  const time = firstTime(heap);
  const first = firstChannel(heap);
  let total = sum;
  for (let i = from; i < to; i++) {
    const d = getI(dependents, i);
    const before = getF(a, d);
    const now = propensityIn(problem, channels, pairs, n, d);
    if (now == before) continue;
    setF(a, d, now);
    total += now - before;
    if (d == first) continue;
    const node = getI(nodes, d);
    const old = timeAt(heap, node);
    const wait = old < Infinity ? before * (old - time) : getF(left, d);
    const next = due(time, wait, now);
    if (next < old) rise(heap, nodes, node, next, d);
    else {
      if (next == Infinity) setF(left, d, wait);
      sink(heap, nodes, count, node, next, d);
    }
  }
  return total;
}

/** Gives the first channel, which has fired, a new wait. @returns when the next one fires */
export function renewFirst(run: i32, wait: f64): f64 {
  const heap = getI(run, S_HEAP);
  const channel = firstChannel(heap);
  const next = due(firstTime(heap), wait, getF(getI(run, S_PROPENSITIES), channel));
  if (next == Infinity) setF(getI(run, S_LEFT), channel, wait);
  sink(heap, getI(run, S_PLACE), getI(getI(run, S_PROBLEM), Q_CHANNELS), HEAP_ROOT, next, channel);
  return firstTime(heap);
}
