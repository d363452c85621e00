import type { NetworkBuilder } from '../../network/index.js';

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
 * The ring of autocatalysts that runs phases one after the other: `X[i] + X[i+1] -> 2 X[i+1]`, three species for each
 * phase, of which every third switches it and the two between keep neighbours apart (Vasić et al. 2018, after Lachmann &
 * Sella 1995).
 * @param name base name of the species
 * @returns the species that switch the phases
 */
export function addRing(
  builder: NetworkBuilder,
  phases: number,
  name: string,
  { epsilon = 1e-10, rate = 1 }: CrnppClockOptions,
): string[] {
  const length = 3 * phases;
  const constant = { kind: 'parameter' as const, name: `${name}Rate` };
  builder.param(constant.name, rate);
  for (let i = 1; i <= length; i++) {
    const next = (i % length) + 1;
    builder.init(`${name}[${i}]`, i <= 2 ? 1 : epsilon);
    builder.reaction({
      label: `${name}[${i}]`,
      reactants: { [`${name}[${i}]`]: 1, [`${name}[${next}]`]: 1 },
      products: { [`${name}[${next}]`]: 2 },
      rate: constant,
    });
  }
  return Array.from({ length: phases }, (_, p) => `${name}[${3 * (p + 1)}]`);
}
