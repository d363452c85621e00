import * as L from '../../assembly/layout';
import type { FoldedPhase, Gain } from '../compile/fold/phase.js';
import type { Engine } from '../engine/types.js';
import type { FailureCode, SolveFailure } from './failure.js';
import type { Settings } from './settings.js';

/** Constants and absolute tolerances of a problem's reactions and species. */
export type Numbers = Pick<Settings, 'constants' | 'atol'>;

/** What a run is ended by: a vessel. */
export interface Stoppable {
  readonly state: ArrayLike<number>;
  readonly speciesNames: readonly string[];
  stop(code: FailureCode, species?: string): SolveFailure;
}

/** A folded phase as it runs: what is written into a state before it, and the program by which the kernel reads it out afterwards. */
export class FoldRun {
  /** Slots of a state: species of the network, of the phase, and one that holds 1. */
  readonly slots: number;
  /** Of the program, a gain at a time. */
  private readonly factors: Float64Array;
  private readonly indices: Int32Array;

  /** Species that are no unknowns of the phase although it changes them. */
  private readonly outside: Int32Array;

  constructor(
    readonly phase: FoldedPhase,
    private readonly own: number,
    settings: Settings,
  ) {
    const { decays, network } = phase;
    const one = network.species.length;
    this.slots = one + 1;
    // The kernel takes two at a time.
    const nothing: Gain = { species: one, factor: 0, constant: 0, held: [], integral: one };
    const gains = phase.gains.length % 2 === 0 ? phase.gains : [...phase.gains, nothing];
    this.factors = Float64Array.from(gains, ({ factor, constant }) => factor * settings.constants[constant]);
    // The slot of 1 where a gain has fewer than two held species.
    const places = gains.flatMap(({ species, held, integral }) => [
      species,
      held[0]?.species ?? one,
      held[1]?.species ?? one,
      integral,
    ]);
    this.indices = Int32Array.from(places);
    this.outside = Int32Array.from(
      new Set([...phase.gains.map(({ species }) => species), ...decays.flatMap((decay) => decay.members)]),
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
    engine.words(address, 1)[0] = factors.length;
    engine.doubles(address + L.U_BYTES, factors.length).set(factors);
    engine.words(address + L.U_BYTES + 8 * factors.length, indices.length).set(indices);
    return address;
  }

  /** One that is below minus its tolerance, or not finite. */
  private faulty(state: ArrayLike<number>, atol: ArrayLike<number>): number | undefined {
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

  /** @param state all slots, gains added: differences and what decays are left to be found */
  end(state: Float64Array): void {
    for (const [one, other] of this.phase.pairs) {
      const difference = state[one] - state[other];
      state[one] = Math.max(0, difference);
      state[other] = Math.max(0, -difference);
    }
    for (const { shape, members } of this.phase.decays) for (const s of members) state[s] *= state[shape];
  }

  /** @throws SolveFailure where one of what was taken out is no concentration: the kernel's own checks see unknowns only */
  check(vessel: Stoppable, atol: ArrayLike<number>): void {
    const { state, speciesNames } = vessel;
    const s = this.faulty(state, atol);
    if (s !== undefined) throw vessel.stop(state[s] < 0 ? 'negative' : 'blowUp', speciesNames[s]);
  }
}
