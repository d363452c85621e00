/** What names may look like in another language. */
export interface NameRules {
  /** A whole name that may stand as it is. */
  legal: RegExp;
  /** Words of the language. */
  reserved?: ReadonlySet<string>;
  /** True where names that differ in case alone are one. */
  ignoresCase?: boolean;
}

/** Names of C and its many relatives. */
export const plainIdentifier = /^[A-Za-z_][A-Za-z0-9_]*$/;

const spelt = new Map([
  ['+', '_p'],
  ['-', '_m'],
  ["'", '_prime'],
  ['*', '_star'],
  ['~', '_'],
  ['∅', 'nothing'],
]);

/** A name of letters, digits and `_` for any name: `Z+` becomes `Z_p`, `P[1,2]` becomes `P_1_2`. */
export function spell(name: string): string {
  let text = '';
  for (const character of name) {
    if (/[A-Za-z0-9_]/.test(character)) text += character;
    else if (spelt.has(character)) text += spelt.get(character);
    else if (/[\x20-\x7e]/.test(character)) text += '_';
    else text += `u${character.codePointAt(0)!.toString(16)}`;
  }
  const short = text
    .replace(/_+/g, '_')
    .replace(/(?<=.)_$/, '')
    .slice(0, 200);
  return /^[A-Za-z_]/.test(short) ? short : `x${short}`;
}

/** Names of a network in another language: each different from all others, legal ones as they are. */
export class Identifiers {
  private readonly taken = new Set<string>();
  /** Those that had to be spelt otherwise: `[theirs, ours]`. */
  readonly changed: [written: string, name: string][] = [];

  constructor(
    private readonly rules: NameRules,
    /** Names that the written file uses for itself. */
    own: Iterable<string> = [],
  ) {
    for (const name of own) this.taken.add(this.key(name));
  }

  /**
   * Identifiers for names, which are all different. Names that are legal keep their spelling where they can, whatever
   * comes before them.
   */
  take(names: readonly string[], spelling: (name: string) => string = spell): string[] {
    const kept = names.map((name) => this.isFree(name) && this.claim(name));
    return names.map((name, i) => {
      if (kept[i]) return name;
      const written = this.free(spelling(name));
      this.changed.push([written, name]);
      return written;
    });
  }

  /** An identifier of the file's own, like the one wanted. */
  fresh(wanted: string): string {
    return this.free(wanted);
  }

  private free(wanted: string): string {
    let name = wanted;
    for (let i = 2; !this.isFree(name); i++) name = `${wanted}_${i}`;
    this.claim(name);
    return name;
  }

  private isFree(name: string): boolean {
    const { legal, reserved } = this.rules;
    return legal.test(name) && !reserved?.has(name) && !this.taken.has(this.key(name));
  }

  private claim(name: string): true {
    this.taken.add(this.key(name));
    return true;
  }

  private key(name: string): string {
    return this.rules.ignoresCase ? name.toLowerCase() : name;
  }

  /** Lines that say which name is which, for the file's comments. */
  get table(): string[] {
    return this.changed.map(([written, name]) => `${written} is ${name}`);
  }
}
