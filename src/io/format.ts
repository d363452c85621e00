import type { Issue, Network } from '../network/model.js';

/** What a reader makes of a text: as `parseNetwork`, the network is null if and only if an issue is an error. */
export interface ReadResult {
  network: Network | null;
  issues: Issue[];
}

/** What a writer may be told. */
export interface WriteOptions {
  /** The model's name where the format has a place for one. Default `'network'`. */
  name?: string;
  /** Hears what the format says otherwise or not at all. The text itself says it in comments, too. */
  warn?: (issue: Issue) => void;
  /**
   * Write what the format can say, though a run of it will be another: what is left out becomes a warning in place of
   * an `ExportError`. Default false.
   */
  allowLoss?: boolean;
}

/** A format that networks are read from or written to. Readers never throw on text. */
export interface Format {
  /** What `--from` and `--to` call it. */
  name: string;
  title: string;
  /** With the dot: `.xml`. */
  extensions: readonly string[];
  read?(text: string): ReadResult;
  /** @throws ExportError for a network that the format cannot say; RangeError for one that breaks a rule */
  write?(network: Network, options?: WriteOptions): string;
  /** True for a text that looks like one of this format; for extensions that several formats share. */
  recognises?(text: string): boolean;
}

/** A network that a format cannot say. `issues` name everything that would be lost. */
export class ExportError extends Error {
  override readonly name = 'ExportError';

  constructor(
    readonly format: string,
    readonly issues: readonly Issue[],
  ) {
    const shown = issues.slice(0, 5).map(({ message }) => message);
    if (issues.length > shown.length) shown.push(`and ${issues.length - shown.length} more`);
    super(`this network cannot be written as ${format}: ${shown.join('; ')}`);
  }
}
