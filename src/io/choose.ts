import { suggest } from '../network/nearest.js';
import type { Format, ReadResult } from './format.js';
import { formats } from './registry.js';

/** The extension of a file's name in small letters, with its dot; empty where there is none. */
export function extensionOf(file: string): string {
  const name = file.replace(/^.*[\\/]/, '');
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot).toLowerCase() : '';
}

const can = (direction: 'read' | 'write') => (format: Format) => format[direction] !== undefined;

/**
 * The format of a name.
 * @throws RangeError for a name that no format has, or one that only goes the other way
 */
export function formatNamed(name: string, direction: 'read' | 'write'): Format {
  const known = formats.filter(can(direction)).map((format) => format.name);
  const found = formats.find((format) => format.name === name);
  if (found?.[direction]) return found;
  const there = `there are ${known.join(', ')}`;
  if (found)
    throw new RangeError(`${found.title} cannot be ${direction === 'read' ? 'read' : 'written'}; ${there}`);
  throw new RangeError(`there is no format ${JSON.stringify(name)} (${suggest(name, known, there)})`);
}

/**
 * The format in which a file of this name is written.
 * @throws RangeError for an extension that no format has
 */
export function writerFor(file: string): Format {
  const extension = extensionOf(file);
  const found = formats.find((format) => format.write && format.extensions.includes(extension));
  if (found) return found;
  const known = [...new Set(formats.filter(can('write')).flatMap(({ extensions }) => extensions))];
  throw new RangeError(
    `the name ${JSON.stringify(file)} tells no format; name one, or take an extension of ${known.join(', ')}`,
  );
}

/** A text that has been read, and what it was taken for. */
export interface ReadNetwork extends ReadResult {
  format: Format;
  /** True where the content decided among several formats. */
  guessed: boolean;
}

const errorsOf = ({ issues }: ReadResult): number =>
  issues.filter(({ severity }) => severity === 'error').length;

/**
 * Reads a network in any format. The name's extension tells the format; where several share one, or there is no name, the
 * content does: the package's own text if it reads as that, else the format that it looks like, else the one with the
 * fewest errors.
 *
 * @param options `format`: the format's name, if it is known; `file`: the file's name
 * @throws RangeError for a format that does not exist or is only written
 */
export function readNetwork(text: string, options: { format?: string; file?: string } = {}): ReadNetwork {
  const reads = (format: Format): ReadNetwork => ({ ...format.read!(text), format, guessed: false });
  if (options.format !== undefined) return reads(formatNamed(options.format, 'read'));
  const readable = formats.filter(can('read'));
  const extension = extensionOf(options.file ?? '');
  const sharing = readable.filter(({ extensions }) => extensions.includes(extension));
  if (sharing.length === 1) return reads(sharing[0]!);
  const candidates = sharing.length > 0 ? sharing : readable;
  const likely = candidates.filter((format, i) => i === 0 || format.recognises?.(text));
  let best: ReadNetwork | undefined;
  for (const format of likely) {
    const result = { ...reads(format), guessed: true };
    if (result.network) return result;
    if (!best || errorsOf(result) < errorsOf(best)) best = result;
  }
  return best!;
}
