import type { FoldedPhase } from '../compile/fold/phase.js';
import type { Settings } from './settings.js';

/** Constants and absolute tolerances of a problem's reactions and species. */
export type Numbers = Pick<Settings, 'constants' | 'atol'>;

/** A folded phase as it runs: what is written into a state before it and read out of it afterwards. */
export class FoldRun {
  /** Slots of a state: species of the network, of the phase, and one that holds 1. */
  readonly slots: number;
  private readonly target: Int32Array;
  private readonly integral: Int32Array;
  private readonly factor: Float64Array;
  /** Two held species of each gain; the slot of 1 where there are fewer. */
  private readonly a: Int32Array;
  private readonly b: Int32Array;

  private constructor(
    readonly phase: FoldedPhase,
    private readonly own: number,
    settings: Settings,
  ) {
    const { gains, network } = phase;
    const one = network.species.length;
    this.slots = one + 1;
    this.target = Int32Array.from(gains, ({ species }) => species);
    this.integral = Int32Array.from(gains, ({ integral }) => integral);
    this.factor = Float64Array.from(gains, ({ factor, constant }) => factor * settings.constants[constant]);
    this.a = Int32Array.from(gains, ({ held }) => held[0]?.species ?? one);
    this.b = Int32Array.from(gains, ({ held }) => held[1]?.species ?? one);
  }

  /** `undefined` for a phase whose gains are of a higher order than this computes. */
  static of(phase: FoldedPhase, own: number, settings: Settings): FoldRun | undefined {
    const isPlain = phase.gains.every(
      ({ held }) => held.length <= 2 && held.every(({ value }) => value === 1),
    );
    return isPlain ? new FoldRun(phase, own, settings) : undefined;
  }

  /** Species of the phase's own are known as closely as the closest of the network's. */
  numbers({ constants, atol }: Settings): Numbers {
    const least = atol.reduce((smallest, value) => Math.min(smallest, value), Number.POSITIVE_INFINITY);
    const { network, constants: from } = this.phase;
    const tolerances = new Float64Array(network.species.length).fill(least);
    tolerances.set(atol);
    return { constants: Float64Array.from(from, (r) => (r < 0 ? 1 : constants[r])), atol: tolerances };
  }

  /** @param state all slots */
  begin(state: Float64Array): void {
    state.fill(0, this.own, this.slots - 1);
    for (const { shape } of this.phase.decays) state[shape] = 1;
  }

  /** Once the unknowns have been written into the state. */
  end(state: Float64Array): void {
    const { target, integral, factor, a, b } = this;
    for (let g = 0; g < target.length; g++) {
      state[target[g]] += factor[g] * state[a[g]] * state[b[g]] * state[integral[g]];
    }
    for (const [one, other] of this.phase.pairs) {
      const difference = state[one] - state[other];
      state[one] = Math.max(0, difference);
      state[other] = Math.max(0, -difference);
    }
    for (const { shape, members } of this.phase.decays) for (const s of members) state[s] *= state[shape];
  }
}
