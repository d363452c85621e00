import { type Rail, railOf, rails, type Signal, signProduct } from '../rails.js';
import { labelOf, type ModuleLabel } from '../reactions.js';
import { type Fraction, lcm } from './fractions.js';
import type { Amounts, Lists } from './lists.js';

const amounts = (...names: string[]): Amounts => {
  const counts: Amounts = new Map();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};

/** Adds reactions to lists; species are declared as they come up. */
export class ListWriter {
  readonly lists: Lists = { species: [], start: new Map(), conversions: [], rails: new Map() };
  readonly #known = new Set<string>();

  declare(...names: string[]): void {
    for (const name of names) {
      if (this.#known.has(name)) continue;
      this.#known.add(name);
      this.lists.species.push(name);
    }
  }

  add(label: string, reactants: Amounts, products: Amounts): void {
    this.declare(...reactants.keys(), ...products.keys());
    this.lists.conversions.push({ label, reactants, products });
  }

  /** A starting amount, on the rail of its sign. */
  fill(signal: Signal, value: number): void {
    if (value === 0) return;
    const name = railOf(signal, value < 0 ? -1 : 1);
    this.declare(name);
    this.lists.start.set(name, Math.abs(value));
  }
}

/** Where a value goes, and with which weight. */
export interface Target {
  signal: Signal;
  weight: Fraction;
}

/**
 * The linear layer, one reaction a rail: all that a value adds to the sums of the next layer.
 * ```
 * X^s -> Σ_j |w_j| I_j^{s·sign w_j}                        whole weights
 * c X^s -> Σ_j c·|w_j| I_j^{s·sign w_j}                    c the common denominator, order 'any'
 * 2 X^s -> H₁, 2 H₁ -> H₂, …, 2 H_{d−1} -> Σ_j … + (2^d − c) X^s        the same in pairs, 2^d ≥ c
 * ```
 * The last gives back what the tree takes too much, so that c X^s are used up for every turn of it, and no species is used
 * by two reactions. Whole weights and the ternary case are the authors'; the tree is ours.
 */
export function linearLayer(
  writer: ListWriter,
  label: ModuleLabel,
  from: Signal,
  targets: readonly Target[],
  order: 2 | 'any',
): void {
  const parts = targets.reduce((common, { weight }) => lcm(common, weight.denominator), 1);
  for (const rail of rails(from)) {
    const products = weighted(rail, targets, parts);
    if (parts === 1 || order === 'any') {
      writer.add(labelOf(label, rail), new Map([[rail.species, parts]]), products);
      continue;
    }
    const depth = Math.ceil(Math.log2(parts));
    let source = rail.species;
    for (let level = 1; level <= depth; level++) {
      const pair = new Map([[source, 2]]);
      const at = { name: `${label.name}Pair`, index: [...label.index, level] };
      if (level < depth) {
        const half = `H[${[...label.index, rail.letter || 'p', level].join(',')}]`;
        writer.add(labelOf(at, rail), pair, amounts(half));
        source = half;
        continue;
      }
      const back = 2 ** depth - parts;
      if (back > 0) products.set(rail.species, back);
      writer.add(labelOf(at, rail), pair, products);
    }
  }
}

function weighted(rail: Rail, targets: readonly Target[], parts: number): Amounts {
  const products: Amounts = new Map();
  for (const { signal, weight } of targets) {
    if (weight.numerator === 0) continue;
    const into = railOf(signal, signProduct(rail.sign, weight.numerator < 0 ? -1 : 1));
    products.set(into, Math.abs(weight.numerator) * (parts / weight.denominator));
  }
  return products;
}

/**
 * A rectifier: Y+ − Y− ends at max(0, I+ − I−).
 * ```
 * I+ -> M + Y+        M + I− -> Y−
 * ```
 * Y+ = p and Y− = min(p, m) when everything has happened.
 */
export function rectifier(
  writer: ListWriter,
  index: readonly number[],
  sum: Signal,
  memory: string,
  value: Signal,
): void {
  const minus = railOf(sum, -1);
  writer.declare(sum.plus, minus, memory, value.plus, railOf(value, -1));
  writer.add(labelOf({ name: 'pass', index }), amounts(sum.plus), amounts(memory, value.plus));
  writer.add(labelOf({ name: 'limit', index }), amounts(memory, minus), amounts(railOf(value, -1)));
}
