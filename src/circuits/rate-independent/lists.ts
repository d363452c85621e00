/** Amounts by species. */
export type Amounts = Map<string, number>;

/** A reaction before it is named and given a rate: what goes in and what comes out. */
export interface Conversion {
  label: string;
  reactants: Amounts;
  products: Amounts;
}

/** A network in the making, as lists: what a reduction works on. */
export interface Lists {
  /** In the order in which they are declared. */
  species: string[];
  start: Amounts;
  conversions: Conversion[];
  /** What one unit of each input's rail is, in species that are there. */
  rails: Map<string, Amounts>;
}

/** Adds `times` of each amount. */
export function addAmounts(into: Amounts, amounts: Amounts, times = 1): void {
  for (const [name, amount] of amounts) into.set(name, (into.get(name) ?? 0) + times * amount);
}

/**
 * The unimolecular reduction of Vasić et al. (2020): a species A that is only ever turned, one by one, into P is left out, and
 * P stands in its place wherever A was made, was there at the start, or was put in.
 * ```
 * A -> P,   R -> A + …      becomes      R -> P + …
 * ```
 * What the network ends at is the same; it only gets there sooner.
 * @param kept species that stay
 */
export function reduceUnimolecular(lists: Lists, kept: ReadonlySet<string>): void {
  const users = new Map<string, Conversion[]>();
  const makers = new Map<string, Set<Conversion>>();
  const note = (conversion: Conversion) => {
    for (const name of conversion.products.keys()) {
      if (!makers.has(name)) makers.set(name, new Set());
      makers.get(name)!.add(conversion);
    }
  };
  for (const conversion of lists.conversions) {
    for (const name of conversion.reactants.keys()) {
      users.set(name, [...(users.get(name) ?? []), conversion]);
    }
    note(conversion);
  }
  const gone = new Set<Conversion>();
  for (const conversion of lists.conversions) {
    const [[name, molecules], ...others] = [...conversion.reactants] as [[string, number], ...unknown[]];
    const single = others.length === 0 && molecules === 1 && users.get(name)!.length === 1;
    if (!single || kept.has(name) || conversion.products.has(name)) continue;
    const inPlace = (amounts: Amounts) => {
      const amount = amounts.get(name);
      if (amount === undefined) return;
      amounts.delete(name);
      addAmounts(amounts, conversion.products, amount);
    };
    gone.add(conversion);
    inPlace(lists.start);
    for (const amounts of lists.rails.values()) inPlace(amounts);
    for (const maker of makers.get(name) ?? []) {
      if (gone.has(maker)) continue;
      inPlace(maker.products);
      note(maker);
    }
    lists.species.splice(lists.species.indexOf(name), 1);
  }
  lists.conversions = lists.conversions.filter((conversion) => !gone.has(conversion));
}
