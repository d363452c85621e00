/** Names that neither the network nor its translation has yet. */
export class FreshNames {
  readonly #taken: Set<string>;

  constructor(taken: Iterable<string>) {
    this.#taken = new Set(taken);
  }

  /** A base name that nothing begins with; underscores are put behind it until that is so. */
  base(wanted: string): string {
    let name = wanted;
    while ([...this.#taken].some((one) => one === name || one.startsWith(`${name}[`))) name += '_';
    this.#taken.add(name);
    return name;
  }

  /** A name that nothing has. @param made the name with some underscores in it */
  free(made: (underscores: string) => string): string {
    let underscores = '';
    while (this.#taken.has(made(underscores))) underscores += '_';
    const name = made(underscores);
    this.#taken.add(name);
    return name;
  }
}

/** New names for each, by what they stand for. */
export function freshNames<K extends string>(wanted: readonly K[], names: FreshNames): Record<K, string> {
  return Object.fromEntries(wanted.map((name) => [name, names.base(name)])) as Record<K, string>;
}
