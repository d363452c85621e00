import { type Finding, IssueList } from '../../network/issues.js';
import type { SourceSpan } from '../../network/model.js';
import { showName } from '../../network/names.js';
import { Lines } from '../../reading/lines.js';
import type { XmlElement } from './xml.js';

/** Something in a file that cannot be read: thrown, it ends the reading of the part it stands in, and becomes an issue. */
export class Refusal {
  constructor(
    readonly code: string,
    readonly message: string,
    readonly place: { at: number },
    readonly hint?: string,
  ) {}
}

/** The element in a message: `<species>` with its id, or with what it is about. */
export function show({ name, attributes }: XmlElement): string {
  const about = ['id', 'symbol', 'variable', 'species'].map((key) => attributes.get(key)).find((id) => id);
  return about === undefined ? `<${name}>` : `<${name}> ${showName(about)}`;
}

/** A file's text and level with the issues found in it so far. */
export class Source {
  private readonly lines: Lines;
  readonly issues = new IssueList();
  level = 3;
  version = 2;
  /** True for a file that `writeSbml` has made: its names are those of a network. */
  isOurs = false;
  /** Namespaces of packages that the file says may be left out. */
  readonly optionalPackages = new Set<string>();

  readonly length: number;

  constructor(text: string) {
    this.length = text.length;
    this.lines = new Lines(text);
  }

  /** `SBML Level 3 Version 2`. */
  get edition(): string {
    return `SBML Level ${this.level} Version ${this.version}`;
  }

  place({ at }: { at: number }): SourceSpan {
    return this.lines.at(Math.max(0, at));
  }

  error(code: string, message: string, place: { at: number }, hint?: string): void {
    this.issues.error(this.finding(code, message, place, hint));
  }

  warning(code: string, message: string, place: { at: number }, hint?: string): void {
    this.issues.warning(this.finding(code, message, place, hint));
  }

  /** Runs what may refuse; a refusal becomes an issue, and the result is undefined. Where there are enough, nothing runs. */
  attempt<T>(run: () => T): T | undefined {
    if (this.issues.overflowed) return undefined;
    try {
      return run();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.error(error.code, error.message, error.place, error.hint);
      return undefined;
    }
  }

  private finding(code: string, message: string, place: { at: number }, hint?: string): Finding {
    return { code, message, hint, at: this.place(place) };
  }
}
