import type { NetworkBuilder } from '../../network/index.js';
import { addRing } from '../clock.js';

/** The clock of CRN++ programs. */
export interface CrnppClockOptions {
  /** Starting concentration of the idle species. Default 1e-10. */
  epsilon?: number;
  /** Rate constant. Default 1. */
  rate?: number;
}

/**
 * When a program's phases have their peaks with the default clock: the first at `first`, the others about `spacing` after
 * each other. Vasić et al. give 36.10; measured here, it is 36.1 with two phases and between 35.6 and 36.1 with more, so
 * over many turns peaks are better looked for in the run itself.
 */
export const crnppPeaks = { first: 18.14, spacing: 36.1 } as const;

/**
 * The autocatalytic ring that runs phases one after the other, three species for each phase, of which every third switches it
 * and the two between keep neighbours apart (Vasić et al. 2018).
 * @param name base name of the species
 * @returns the species that switch the phases
 */
export function addClock(
  builder: NetworkBuilder,
  phases: number,
  name: string,
  { epsilon = 1e-10, rate = 1 }: CrnppClockOptions,
): string[] {
  addRing(builder, { name, rateName: `${name}Rate`, label: name, length: 3 * phases, epsilon, rate });
  return Array.from({ length: phases }, (_, p) => `${name}[${3 * (p + 1)}]`);
}
