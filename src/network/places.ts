import type { SourceSpan } from './model.js';

/**
 * Where the parts of a network stand in its text, for parts that have no span of their own: expressions, terms, and
 * by a key those that are no objects (see `placeKeys`).
 *
 * Noting a place is cheap and frequent, looking one up is for messages only; so the table is made at the first look.
 */
export class Places {
  private readonly parts: (object | string)[] = [];
  private readonly lines: number[] = [];
  private readonly columns: number[] = [];
  private readonly originals = new Map<object, object>();
  private readonly table = new Map<object | string, number>();
  private tabled = 0;

  note(part: object | string, line: number, column: number): void {
    this.parts.push(part);
    this.lines.push(line);
    this.columns.push(column);
  }

  /** Makes a part stand where the part stands from which it was derived. */
  noteDerived(part: object, original: object): void {
    this.originals.set(part, original);
  }

  get(part: object | string): SourceSpan | undefined {
    for (; this.tabled < this.parts.length; this.tabled++)
      this.table.set(this.parts[this.tabled]!, this.tabled);
    const original = typeof part === 'string' ? undefined : this.originals.get(part);
    const index = this.table.get(original ?? part);
    return index === undefined ? undefined : { line: this.lines[index]!, column: this.columns[index]! };
  }
}

export type DirectiveName = 'to' | 'save' | 'rtol' | 'atol' | 'method';

/** Keys into `Places` of parts that are plain strings or numbers. */
export const placeKeys = {
  directive: (name: DirectiveName): string => `directive ${name}`,
  /** The absolute tolerance of one species. */
  tolerance: (species: string): string => `atol ${species}`,
  /** The value that belongs to one of the keys above. */
  valueOf: (key: string): string => `value of ${key}`,
  activeLabel: (phase: number, label: string): string => `phase ${phase} label ${label}`,
};
