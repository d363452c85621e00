import type { DsdTranslation } from './translate.js';

/** What is left of the fuels. */
export interface FuelReport {
  /** Every fuel with the part of it that is used up (or bound), most first; what is given back counts as 0. */
  fuels: { name: string; used: number }[];
  /** The fuel that is used most. */
  most: { name: string; used: number } | null;
  /** Fuels of which less than half is left: what they drive is at half its speed. */
  depleted: string[];
}

/** Of this part of a fuel the reactions that it drives have half their speed. */
const DEPLETED = 0.5;

/**
 * How much of each fuel is used up.
 * @param concentrations of the translated network, such as `solution.final`
 * @throws RangeError naming a fuel that is not among them
 */
export function fuelReport(
  { fuels, settings }: { fuels: readonly string[]; settings: Pick<DsdTranslation['settings'], 'cMax'> },
  concentrations: Readonly<Record<string, number>>,
): FuelReport {
  const used = fuels.map((name) => {
    const left = concentrations[name];
    if (left === undefined) throw new RangeError(`there is no concentration of the fuel ${name}`);
    return { name, used: Math.max(0, 1 - left / settings.cMax) };
  });
  used.sort((a, b) => b.used - a.used);
  return {
    fuels: used,
    most: used[0] ?? null,
    depleted: used.filter((fuel) => fuel.used > DEPLETED).map(({ name }) => name),
  };
}
