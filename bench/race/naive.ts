import type { Network } from '../../src/index.js';
import { initialConcentrations, parameterValues, rateConstants } from '../../src/index.js';
import { timeCalls } from '../timing.js';
import { atolFor } from '../tolerances.js';
import type { Contestant } from './contestant.js';
import { Deadline } from './deadline.js';

type Concentrations = Record<string, number>;

interface Reaction {
  k: number;
  reactants: { name: string; count: number }[];
  products: { name: string; count: number }[];
}

/** Runge–Kutta–Fehlberg 4(5) (1969): stages, solution of order 5, its difference from the one of order 4. */
const STAGES = [
  [],
  [1 / 4],
  [3 / 32, 9 / 32],
  [1932 / 2197, -7200 / 2197, 7296 / 2197],
  [439 / 216, -8, 3680 / 513, -845 / 4104],
  [-8 / 27, 2, -3544 / 2565, 1859 / 4104, -11 / 40],
];
const SOLUTION = [16 / 135, 0, 6656 / 12825, 28561 / 56430, -9 / 50, 2 / 55];
const ERROR = [1 / 360, 0, -128 / 4275, -2197 / 75240, 1 / 50, 2 / 55];

/**
 * A simulator as it is written in an afternoon: concentrations by name in an object, reactions as a list of objects, an
 * adaptive explicit Runge–Kutta method that makes new objects as it goes.
 */
class NaiveSimulator {
  readonly initial: Concentrations;
  private readonly reactions: Reaction[];
  private readonly held: Set<string>;

  constructor(
    network: Network,
    private readonly deadline: Deadline,
  ) {
    const names = network.species.map(({ name }) => name);
    const values = parameterValues(network);
    const constants = rateConstants(network, values);
    const initial = initialConcentrations(network, values);
    this.initial = Object.fromEntries(names.map((name, s) => [name, initial[s]]));
    this.held = new Set(network.species.filter(({ constant }) => constant).map(({ name }) => name));
    const named = (terms: { species: number; value: number }[]) =>
      terms.map(({ species, value }) => ({ name: names[species], count: value }));
    this.reactions = network.reactions.map(({ reactants, products }, r) => ({
      k: constants[r],
      reactants: named(reactants),
      products: named(products),
    }));
  }

  run(to: number, rtol: number, atol: number): { end: Concentrations; steps: number } {
    let state = this.initial;
    let time = 0;
    let h = to / 1000;
    let steps = 0;
    while (time < to) {
      h = Math.min(h, to - time);
      const slopes: Concentrations[] = [];
      for (const weights of STAGES) slopes.push(this.derivative(moved(state, slopes, weights, h)));
      const next = moved(state, slopes, SOLUTION, h);
      const error = moved({}, slopes, ERROR, h);
      let worst = 0;
      for (const name of Object.keys(next)) {
        const allowed = atol + rtol * Math.max(Math.abs(state[name]), Math.abs(next[name]));
        worst = Math.max(worst, Math.abs(error[name]) / allowed);
      }
      if (worst <= 1) {
        // The last step is cut to end there; adding it up may miss by a rounding.
        time = h === to - time ? to : time + h;
        state = next;
        steps++;
      }
      h *= Number.isFinite(worst) ? Math.min(4, Math.max(0.2, 0.9 * worst ** -0.2)) : 0.2;
      if (time + h === time && time < to) throw new Error('the step became too small');
    }
    return { end: state, steps };
  }

  private derivative(state: Concentrations): Concentrations {
    this.deadline.check();
    const slope: Concentrations = {};
    for (const name of Object.keys(state)) slope[name] = 0;
    for (const { k, reactants, products } of this.reactions) {
      let rate = k;
      for (const { name, count } of reactants) rate *= state[name] ** count;
      for (const { name, count } of reactants) slope[name] -= count * rate;
      for (const { name, count } of products) slope[name] += count * rate;
    }
    for (const name of this.held) slope[name] = 0;
    return slope;
  }
}

function moved(
  state: Concentrations,
  slopes: Concentrations[],
  weights: number[],
  h: number,
): Concentrations {
  const out: Concentrations = { ...state };
  slopes.forEach((slope, i) => {
    for (const name of Object.keys(slope)) out[name] = (out[name] ?? 0) + h * (weights[i] ?? 0) * slope[name];
  });
  return out;
}

export const naiveContestant: Contestant = {
  name: 'naive JS',
  family: 'naive',
  async measure(problem, rtol, effort) {
    const deadline = new Deadline(effort.seconds);
    const simulator = new NaiveSimulator(problem.network, deadline);
    let found = { end: simulator.initial, steps: 0 };
    const timing = await timeCalls(() => {
      deadline.start();
      found = simulator.run(problem.to, rtol, atolFor(rtol, problem));
    }, effort);
    return { ...timing, end: problem.network.species.map(({ name }) => found.end[name]), steps: found.steps };
  },
};
