import * as L from '../../assembly/layout';
import type { FoldedPhase } from '../compile/fold/phase.js';
import type { Engine } from '../engine/types.js';
import type { Settings } from './settings.js';

/** Constants and absolute tolerances of a problem's reactions and species. */
export type Numbers = Pick<Settings, 'constants' | 'atol'>;

/** A folded phase as it runs: what is written into a state before it, and the program by which the kernel reads it out afterwards. */
export class FoldRun {
  /** Slots of a state: species of the network, of the phase, and one that holds 1. */
  readonly slots: number;
  /** Of the program: counts, factors, and indices. */
  private readonly counts: readonly number[];
  private readonly factors: Float64Array;
  private readonly indices: Int32Array;

  /** Species that are no unknowns of the phase although it changes them. */
  private readonly outside: Int32Array;

  constructor(
    readonly phase: FoldedPhase,
    private readonly own: number,
    settings: Settings,
  ) {
    const { gains, pairs, decays, network } = phase;
    const one = network.species.length;
    this.slots = one + 1;
    const members = decays.flatMap(({ shape, members }) => members.map((species) => [species, shape]));
    this.counts = [gains.length, pairs.length, members.length];
    this.factors = Float64Array.from(gains, ({ factor, constant }) => factor * settings.constants[constant]);
    // The slot of 1 where a gain has fewer than two held species.
    const places = gains.map(({ species, held, integral }) => [
      species,
      held[0]?.species ?? one,
      held[1]?.species ?? one,
      integral,
    ]);
    this.indices = Int32Array.from([...places, ...pairs, ...members].flat());
    this.outside = Int32Array.from(
      new Set([...gains.map(({ species }) => species), ...decays.flatMap((decay) => decay.members)]),
    );
  }

  /** Species of the phase's own are known as closely as the closest of the network's. */
  numbers({ constants, atol }: Settings): Numbers {
    const least = atol.reduce((smallest, value) => Math.min(smallest, value), Number.POSITIVE_INFINITY);
    const { network, constants: from } = this.phase;
    const tolerances = new Float64Array(network.species.length).fill(least);
    tolerances.set(atol);
    return { constants: Float64Array.from(from, (r) => (r < 0 ? 1 : constants[r])), atol: tolerances };
  }

  /** Puts the program (`assembly/unfold.ts`) into memory that `take` gives. */
  place(engine: Engine, take: (bytes: number) => number): number {
    const { factors, indices } = this;
    const address = take(L.U_BYTES + 8 * factors.length + 4 * indices.length);
    engine.words(address, this.counts.length).set(this.counts);
    engine.doubles(address + L.U_BYTES, factors.length).set(factors);
    engine.words(address + L.U_BYTES + 8 * factors.length, indices.length).set(indices);
    return address;
  }

  /** One of these that is no concentration (below minus its tolerance, or not finite): the kernel's own checks see unknowns only. */
  faulty(state: ArrayLike<number>, atol: ArrayLike<number>): number | undefined {
    for (const s of this.outside) {
      if (!(state[s] >= -atol[s] && state[s] < Number.POSITIVE_INFINITY)) return s;
    }
    return undefined;
  }

  /** @param state all slots */
  begin(state: Float64Array): void {
    state.fill(0, this.own, this.slots - 1);
    for (const { shape } of this.phase.decays) state[shape] = 1;
  }
}
