import { initialConcentrations, parameterValues } from '../../network/index.js';
import type { Expression, Network, Reaction, SpeciesTerm } from '../../network/model.js';
import { FreshNames, freshNames } from './names.js';
import type { DsdSettings } from './options.js';

export const number = (value: number): Expression => ({ kind: 'number', value });
export const term = (species: number, value = 1): SpeciesTerm => ({ species, value });
const parameter = (name: string): Expression => ({ kind: 'parameter', name });

/** A part of a signal's strands. */
export interface Part {
  species: number;
  value: number;
}

/** Names of the parameters that rates are written with. */
const parameters = ['cMax', 'qMax', 'gain'] as const;

/** Kinds of strands and complexes beside the signals. */
const kinds = ['gate', 'linker', 'back', 'half', 'output', 'release', 'stuck'] as const;

/** A network of strands in the making. Signals come first, in the order of the formal species. */
export class Strands {
  readonly species: Network['species'];
  readonly reactions: Reaction[] = [];
  readonly fuels: string[] = [];
  /** By signal: where it is bound, and how much there for one that is free, in equilibrium with fuels at Cmax. */
  readonly bound: { species: number; name: string; share: number }[][];
  /** Names of kinds and parameters that are not taken. */
  readonly kind: Record<(typeof kinds)[number], string>;
  readonly parameter: Record<(typeof parameters)[number], string>;
  readonly #settings: DsdSettings;
  readonly #gain: number;

  constructor(network: Network, settings: DsdSettings, gain: number) {
    this.#settings = settings;
    this.#gain = gain;
    const names = new FreshNames([...network.species, ...network.parameters].map(({ name }) => name));
    this.kind = freshNames(kinds, names);
    this.parameter = freshNames(parameters, names);
    const initial = initialConcentrations(network, parameterValues(network));
    this.species = network.species.map(({ name, constant }, s) => ({
      name,
      constant,
      initial: number(initial[s]),
    }));
    this.bound = network.species.map(() => []);
  }

  /** What is consumed, and is there at Cmax at the start. */
  addFuel(name: string): number {
    this.fuels.push(name);
    return this.add(name, parameter(this.parameter.cMax), this.#settings.fuels === 'held');
  }

  /** A species in which a signal is bound. @param share of it, for one that is free */
  addBound(name: string, signal: number, share: number): number {
    const species = this.add(name, number(0), false);
    this.bound[signal].push({ species, name, share });
    return species;
  }

  add(name: string, initial: Expression, constant: boolean): number {
    this.species.push({ name, initial, constant });
    return this.species.length - 1;
  }

  /** What is bound over what is free where binding has the constant gain·k. */
  shareOf = (k: number): number => (this.#gain * k) / this.#settings.qMax;

  react(label: string | null, reactants: SpeciesTerm[], products: SpeciesTerm[], rate: Expression): void {
    const sides = { reactants: merged(reactants), products: merged(products) };
    const orders = sides.reactants.map((one) => ({ ...one }));
    this.reactions.push({ label, ...sides, orders, rate, law: 'massAction' });
  }

  /** A reversible step: bound at `rate`, free again at qMax. */
  bind(label: string, free: [number, number], bound: [number, number], rate: Expression): void {
    const [left, right] = [free, bound].map((side) => side.map((species) => term(species)));
    this.react(label, left, right, rate);
    this.react(label, right, left, this.fastest());
  }

  fastest = (): Expression => parameter(this.parameter.qMax);

  /** gain·k/Cmaxⁿ */
  effective(k: number, fuels: number): Expression {
    const gain = parameter(this.parameter.gain);
    const scaled: Expression =
      k === 1 ? gain : { kind: 'binary', operator: '*', left: gain, right: number(k) };
    if (fuels === 0) return scaled;
    const cMax = parameter(this.parameter.cMax);
    const right: Expression =
      fuels === 1 ? cMax : { kind: 'binary', operator: '^', left: cMax, right: number(fuels) };
    return { kind: 'binary', operator: '/', left: scaled, right };
  }

  /** Free and bound where gain·`value` of a signal is there; of one that is held, where `value` is free. */
  spread(signal: number, value: number): Part[] {
    const bound = this.bound[signal];
    const all = bound.reduce((sum, { share }) => sum + share, 1);
    // In this order buffered ones are free to the last digit.
    const free = this.species[signal].constant ? value : value * (this.#gain / all);
    return [
      { species: signal, value: free },
      ...bound.map(({ species, share }) => ({ species, value: share * free })),
    ];
  }

  /** Puts starting amounts where they are in equilibrium. */
  settle(): void {
    for (const signal of this.bound.keys()) {
      const { initial } = this.species[signal];
      if (initial.kind !== 'number' || initial.value === 0) continue;
      for (const { species, value } of this.spread(signal, initial.value)) {
        this.species[species].initial = number(value);
      }
    }
  }
}

/** Terms with each species once. */
function merged(terms: readonly SpeciesTerm[]): SpeciesTerm[] {
  const sums = new Map<number, number>();
  for (const { species, value } of terms) sums.set(species, (sums.get(species) ?? 0) + value);
  return [...sums].map(([species, value]) => ({ species, value }));
}
