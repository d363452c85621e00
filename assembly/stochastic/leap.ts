/**
 * Explicit tau-leaping after Cao, Gillespie & Petzold (2006, J. Chem. Phys. 124, 044109): a leap is as long as no propensity
 * changes by more than about epsilon of itself; channels that are few events away from running out of molecules are
 * critical, and a leap ends with the first event of one of them; a leap that would lead below 0 is given up for one of half
 * the size; where leaps are not worth it, events go one by one.
 *
 * One thing is ours. In a large network hundreds of channels are critical that have nothing to do with each other, and a
 * leap that ends with an event of any of them is short. Where that is so, a leap is as long as no scarce species
 * is expected to lose or gain more than a few epsilon of a molecule by critical channels, and these fire as often as
 * their Poisson numbers say, but no more often than there are molecules left for it.
 */
import { copyF, getF, getI, setF, setI, zeroF } from '../memory';
import { table } from '../problem';
import { evaluate, sumDirect } from './direct';
import { exponential, uniform } from './draws';
import {
  C_BYTES,
  C_CHANGES,
  FLAG_STALE,
  Q_CHANNELS,
  Q_ORDER_MEMBERS_OFFSET,
  Q_ORDER_START_OFFSET,
  Q_ORDER_WEIGHT_OFFSET,
  Q_REACTANTS,
  Q_REACTANT_OFFSET,
  Q_SPECIES,
  Q_TIMID_OFFSET,
  S_CHANGES,
  S_CHANNEL,
  S_CHANNELS,
  S_END,
  S_EPSILON,
  S_EXACT,
  S_EXTINCT,
  S_FIRINGS,
  S_FLAGS,
  S_LEAPS,
  S_LEAP_WORK,
  S_PROBLEM,
  S_PROPENSITIES,
  S_REJECTED,
  S_SPECIES,
  S_STATE,
  S_STREAM,
  S_TIME,
  S_TOTAL,
  TOO_MANY,
  V_BYTES,
  V_SPECIES,
  V_VALUE,
} from './layout';
import { poisson } from './poisson';
import { MOST } from './propensities';
import { nextRow } from './rows';
import { layOut } from './select';

/** A channel is critical when so many of its events would use up a species (section II of the paper). */
const CRITICAL: f64 = 10.0;
/** Molecules that critical channels may be expected to change of a scarce species in a leap, in epsilons. */
const SCARCE: f64 = 3.0;
/** A leap is worth it for so many events; otherwise so many go one by one before the next is thought of (section V). */
const WORTH: f64 = 10.0;
const ONE_BY_ONE: i32 = 100;

/** What `leap` returns beside failures. */
export const LEAPT: i32 = 0;
export const NOT_WORTH: i32 = -1;

/** What `survey` returns in place of a propensity. */
const IMPOSSIBLE: f64 = -1.0;

/** What `survey` marks channels with: TIMID ones have room for one event at most. */
const FREE: i32 = 0;
const SCARCELY: i32 = 1;
const TIMID: i32 = 2;

function means(run: i32): i32 {
  return getI(run, S_LEAP_WORK);
}

/**
 * Marks critical channels and gathers what the others do to each species, and what the critical ones do.
 * @returns propensity of the critical ones; IMPOSSIBLE where an event is due for which there are too few molecules
 */
function survey(run: i32, variances: i32, flows: i32, marks: i32): f64 {
  const problem = getI(run, S_PROBLEM);
  const n = getI(run, S_STATE);
  const a = getI(run, S_PROPENSITIES);
  const mean = means(run);
  const changes = getI(run, S_CHANGES);
  const timid = table(problem, Q_TIMID_OFFSET);
  const channels = getI(problem, Q_CHANNELS);
  const species = getI(problem, Q_SPECIES);
  zeroF(mean, species);
  zeroF(variances, species);
  zeroF(flows, species);
  let critical: f64 = 0.0;
  let one = getI(run, S_CHANNELS);
  for (let c: i32 = 0; c < channels; c++, one += C_BYTES) {
    const rate = getF(a, c);
    setI(marks, c, FREE);
    if (rate == 0.0) continue;
    const from = changes + getI(one, C_CHANGES) * V_BYTES;
    const to = changes + getI(one + C_BYTES, C_CHANGES) * V_BYTES;
    let mark = getI(timid, c) == 1 ? TIMID : FREE;
    for (let change = from; change < to; change += V_BYTES) {
      const value = getF(change, V_VALUE);
      if (value >= 0.0) continue;
      const count = getF(n, getI(change, V_SPECIES));
      if (count + value < 0.0) return IMPOSSIBLE;
      if (count < -CRITICAL * value && mark == FREE) mark = SCARCELY;
    }
    if (mark != FREE) {
      setI(marks, c, mark);
      critical += rate;
      for (let change = from; change < to; change += V_BYTES) {
        const s = getI(change, V_SPECIES);
        // A timid one lets no leap go on after its event.
        const flow = mark == TIMID ? Infinity : Math.abs(getF(change, V_VALUE)) * rate;
        setF(flows, s, getF(flows, s) + flow);
      }
      continue;
    }
    for (let change = from; change < to; change += V_BYTES) {
      const s = getI(change, V_SPECIES);
      const value = getF(change, V_VALUE);
      setF(mean, s, getF(mean, s) + value * rate);
      setF(variances, s, getF(variances, s) + value * value * rate);
    }
  }
  return critical;
}

/** How much of a relative change of a species its propensities take up: the largest g of the paper (section III). */
function sensitivity(problem: i32, reactant: i32, x: f64): f64 {
  const starts = table(problem, Q_ORDER_START_OFFSET);
  const weights = table(problem, Q_ORDER_WEIGHT_OFFSET);
  const members = table(problem, Q_ORDER_MEMBERS_OFFSET);
  let largest: f64 = 0.0;
  for (let e = getI(starts, reactant); e < getI(starts, reactant + 1); e++) {
    const m = f64(getI(members, e));
    let sum: f64 = 1.0;
    for (let k: f64 = 1.0; k < m; k += 1.0) sum += x > k ? x / (x - k) : Infinity;
    const g = getF(weights, e) * sum;
    if (g > largest) largest = g;
  }
  return largest;
}

/**
 * Longest leap in which every propensity changes as little as it may: by `amounts` a unit of time, which are means where
 * `variances` are given, and of which the deviation must keep to the same bound (equation 33).
 * @param least change of a species that is always allowed, in molecules
 * @param variances 0 where there are none
 */
function longest(run: i32, amounts: i32, variances: i32, least: f64): f64 {
  const problem = getI(run, S_PROBLEM);
  const n = getI(run, S_STATE);
  const epsilon = getF(run, S_EPSILON);
  const reactants = table(problem, Q_REACTANT_OFFSET);
  const count = getI(problem, Q_REACTANTS);
  let size: f64 = Infinity;
  for (let r: i32 = 0; r < count; r++) {
    const s = getI(reactants, r);
    const amount = Math.abs(getF(amounts, s));
    const variance = variances == 0 ? 0.0 : getF(variances, s);
    if (amount == 0.0 && variance == 0.0) continue;
    const x = getF(n, s);
    const share = (epsilon * x) / sensitivity(problem, r, x);
    const bound = share > least ? share : least;
    const byAmount = bound / amount;
    const byVariance = (bound * bound) / variance;
    if (byAmount < size) size = byAmount;
    if (byVariance < size) size = byVariance;
  }
  return size;
}

/** Adds `times` events of a channel to a state. */
function add(run: i32, state: i32, c: i32, times: f64): void {
  const one = getI(run, S_CHANNELS) + c * C_BYTES;
  const changes = getI(run, S_CHANGES);
  const to = changes + getI(one + C_BYTES, C_CHANGES) * V_BYTES;
  for (let change = changes + getI(one, C_CHANGES) * V_BYTES; change < to; change += V_BYTES) {
    const s = getI(change, V_SPECIES);
    setF(state, s, getF(state, s) + times * getF(change, V_VALUE));
  }
}

/** Draws the events of `h` into the state tried. @returns how many there were */
function draw(run: i32, tried: i32, marks: i32, h: f64): f64 {
  const problem = getI(run, S_PROBLEM);
  const a = getI(run, S_PROPENSITIES);
  const stream = getI(run, S_STREAM);
  const channels = getI(problem, Q_CHANNELS);
  let events: f64 = 0.0;
  for (let c: i32 = 0; c < channels; c++) {
    const rate = getF(a, c);
    if (rate == 0.0 || getI(marks, c) != FREE) continue;
    const times = poisson(stream, rate * h);
    if (times == 0.0) continue;
    add(run, tried, c, times);
    events += times;
  }
  return events;
}

/** How often there are molecules left for a channel. */
function room(run: i32, state: i32, c: i32): f64 {
  const one = getI(run, S_CHANNELS) + c * C_BYTES;
  const changes = getI(run, S_CHANGES);
  const to = changes + getI(one + C_BYTES, C_CHANGES) * V_BYTES;
  let least: f64 = Infinity;
  for (let change = changes + getI(one, C_CHANGES) * V_BYTES; change < to; change += V_BYTES) {
    const value = getF(change, V_VALUE);
    if (value >= 0.0) continue;
    const times = Math.floor(getF(state, getI(change, V_SPECIES)) / -value);
    if (times < least) least = times;
  }
  return least > 0.0 ? least : 0.0;
}

/** Draws the events of critical channels into the state tried, as far as there are molecules. @returns how many there were */
function drawScarce(run: i32, tried: i32, marks: i32, h: f64): f64 {
  const a = getI(run, S_PROPENSITIES);
  const stream = getI(run, S_STREAM);
  const channels = getI(getI(run, S_PROBLEM), Q_CHANNELS);
  let events: f64 = 0.0;
  for (let c: i32 = 0; c < channels; c++) {
    if (getI(marks, c) == FREE) continue;
    const drawn = poisson(stream, getF(a, c) * h);
    if (drawn == 0.0) continue;
    const most = room(run, tried, c);
    const times = drawn < most ? drawn : most;
    add(run, tried, c, times);
    events += times;
  }
  return events;
}

/** Draws one of the critical channels, whose propensities sum to `critical`. */
function drawCritical(run: i32, marks: i32, critical: f64): i32 {
  const a = getI(run, S_PROPENSITIES);
  const channels = getI(getI(run, S_PROBLEM), Q_CHANNELS);
  const target = uniform(getI(run, S_STREAM)) * critical;
  let sum: f64 = 0.0;
  let last: i32 = 0;
  for (let c: i32 = 0; c < channels; c++) {
    if (getI(marks, c) == FREE) continue;
    last = c;
    sum += getF(a, c);
    if (target < sum) break;
  }
  return last;
}

/** 0 where the state tried has whole numbers of molecules, −1 where one is negative, TOO_MANY where one is too large. */
function check(run: i32, tried: i32): i32 {
  const count = getI(getI(run, S_PROBLEM), Q_SPECIES);
  for (let s: i32 = 0; s < count; s++) {
    const x = getF(tried, s);
    if (x < 0.0) return -1;
    if (x <= MOST) continue;
    setI(run, S_SPECIES, s);
    return TOO_MANY;
  }
  return 0;
}

/**
 * Leaps once, at most to the next row or the end of the stretch.
 * @returns LEAPT; NOT_WORTH, when events are to go one by one; or TOO_MANY or NO_PROPENSITY
 */
export function leap(run: i32): i32 {
  const problem = getI(run, S_PROBLEM);
  const n = getI(run, S_STATE);
  const count = getI(problem, Q_SPECIES);
  const variances = means(run) + (count << 3);
  const flows = variances + (count << 3);
  const tried = flows + (count << 3);
  const marks = tried + ((count + 1) << 3);
  const time = getF(run, S_TIME);
  const total = getF(run, S_TOTAL);
  const row = nextRow(run);
  const end = getF(run, S_END);
  const stop = row < end ? row : end;
  const critical = survey(run, variances, flows, marks);
  // A leap that is given up and shortened would pass over the event; one by one, it is found out.
  if (critical == IMPOSSIBLE) {
    setI(run, S_EXACT, ONE_BY_ONE);
    return NOT_WORTH;
  }
  let size = longest(run, means(run), variances, 1.0);
  // Whether more than one event of critical channels is to be expected in a leap that does not end with the first.
  let scarce = false;
  if (critical * size > 1.0) {
    const other = longest(run, flows, 0, SCARCE * getF(run, S_EPSILON));
    scarce = critical * other > 1.0;
    if (scarce && other < size) size = other;
  }
  while (true) {
    // Also where nothing can happen at all.
    if (!(size * total >= WORTH)) {
      setI(run, S_EXACT, ONE_BY_ONE);
      return NOT_WORTH;
    }
    const wait = critical > 0.0 && !scarce ? exponential(getI(run, S_STREAM)) / critical : Infinity;
    let fires = wait < size;
    let h = fires ? wait : size;
    let next = time + h;
    if (next >= stop) {
      next = stop;
      h = stop - time;
      fires = false;
    }
    copyF(tried, n, count);
    let events = draw(run, tried, marks, h);
    if (scarce) events += drawScarce(run, tried, marks, h);
    if (fires) {
      add(run, tried, drawCritical(run, marks, critical), 1.0);
      events += 1.0;
    }
    const fault = check(run, tried);
    if (fault > 0) {
      setI(run, S_CHANNEL, -1);
      return fault;
    }
    if (fault == 0) {
      copyF(n, tried, count);
      setF(run, S_TIME, next);
      setF(run, S_FIRINGS, getF(run, S_FIRINGS) + events);
      setF(run, S_LEAPS, getF(run, S_LEAPS) + 1.0);
      evaluate(run);
      const sum = sumDirect(run);
      setF(run, S_TOTAL, sum);
      setF(run, S_EXTINCT, sum > 0.0 ? -1.0 : next);
      setI(run, S_FLAGS, FLAG_STALE);
      // A sum that is no number has a channel to blame.
      return sum < Infinity ? LEAPT : layOut(run);
    }
    setF(run, S_REJECTED, getF(run, S_REJECTED) + 1.0);
    size = 0.5 * h;
  }
}
