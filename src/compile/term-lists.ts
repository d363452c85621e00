/** Lists of species with a number each, one after another in flat arrays: list i is `start[i]` to `start[i + 1]`. */
export class TermLists {
  readonly start: Int32Array;
  readonly species: Int32Array;
  readonly value: Float64Array;
  /** Lists that are closed; a further one is open. */
  count = 0;
  /** Terms so far, those of the open list among them. */
  terms = 0;

  /** @param lists, terms how many there will be at most */
  constructor(lists: number, terms: number) {
    this.start = new Int32Array(lists + 1);
    this.species = new Int32Array(terms);
    this.value = new Float64Array(terms);
  }

  push(species: number, value: number): void {
    this.species[this.terms] = species;
    this.value[this.terms++] = value;
  }

  /** Sorts the open list by species. Lists are short: by insertion. */
  sort(): void {
    const { species, value } = this;
    const first = this.start[this.count];
    for (let x = first + 1; x < this.terms; x++) {
      const s = species[x];
      const v = value[x];
      let at = x;
      for (; at > first && species[at - 1] > s; at--) {
        species[at] = species[at - 1];
        value[at] = value[at - 1];
      }
      species[at] = s;
      value[at] = v;
    }
  }

  close(): void {
    this.start[++this.count] = this.terms;
  }

  /** Empties the open list. */
  drop(): void {
    this.terms = this.start[this.count];
  }

  /** A copy without spare room. */
  trimmed(): TermLists {
    const copy = new TermLists(this.count, this.terms);
    copy.start.set(this.start.subarray(0, this.count + 1));
    copy.species.set(this.species.subarray(0, this.terms));
    copy.value.set(this.value.subarray(0, this.terms));
    copy.count = this.count;
    copy.terms = this.terms;
    return copy;
  }
}
