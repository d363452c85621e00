import { readFile } from 'node:fs/promises';
import { parseNetwork } from '../network/index.js';
import type { Issue, Network } from '../network/model.js';
import { InvalidFile, refusing } from './failures.js';
import { formatIssues } from './issues.js';
import type { Terminal } from './terminal.js';

/** More than this is no network or table that fits into memory together with what is made of it. */
const MOST_BYTES = 400e6;

/** What a file is called in messages. */
export const nameOf = (file: string): string => (file === '-' ? '<stdin>' : file);

const causes: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'this is a directory, not a file',
  EACCES: 'reading it is not permitted',
  EPERM: 'reading it is not permitted',
  ENOTDIR: 'a part of its path is not a directory',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its symbolic links go in a circle',
};

/**
 * A text file, or standard input for `-`.
 * @throws InvalidFile when it cannot be read, is empty, or is no text in UTF-8
 */
export async function readText(file: string): Promise<string> {
  const name = nameOf(file);
  let bytes: Buffer;
  try {
    bytes = file === '-' ? await readStandardInput() : await readFile(file);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    const cause = code === 'ERR_FS_FILE_TOO_LARGE' ? 'the file is too large' : (causes[code] ?? message);
    throw InvalidFile.of(name, `cannot be read: ${cause}`);
  }
  if (bytes.length > MOST_BYTES) {
    throw InvalidFile.of(
      name,
      `${Math.round(bytes.length / 1e6)} MB are too much; the limit is ${MOST_BYTES / 1e6} MB`,
    );
  }
  return decode(name, bytes);
}

async function readStandardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MOST_BYTES) break;
  }
  return Buffer.concat(chunks);
}

function decode(name: string, bytes: Buffer): string {
  if (bytes.length === 0) throw InvalidFile.of(name, 'the file is empty');
  const first = bytes.readUInt8(0);
  const second = bytes.length > 1 ? bytes.readUInt8(1) : 0;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw InvalidFile.of(name, 'the file is UTF-16 text; save it as UTF-8');
  }
  const zero = bytes.indexOf(0);
  if (zero >= 0)
    throw InvalidFile.of(name, 'this is not a text file: it has a zero byte', placeOf(bytes, zero));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const place = bytes.toString('utf8').indexOf('\ufffd');
    const before = Buffer.from(bytes.toString('utf8').slice(0, Math.max(0, place)), 'utf8');
    throw InvalidFile.of(name, 'this is not UTF-8 text', placeOf(before, before.length));
  }
}

/** Line and column of a byte. */
function placeOf(bytes: Buffer, offset: number): { line: number; column: number } {
  const before = bytes.subarray(0, offset);
  const start = before.lastIndexOf(10) + 1;
  let line = 1;
  for (let i = before.indexOf(10); i >= 0; i = before.indexOf(10, i + 1)) line++;
  return { line, column: before.subarray(start).toString('utf8').length + 1 };
}

/** A network read from a file, with the warnings that came up. */
export interface NetworkFile {
  network: Network;
  text: string;
  name: string;
}

/**
 * Reads a network in any format; warnings go to the terminal, and so does what the text was taken for, where its content
 * decided.
 * @param from the format's name; by default the file's name and content tell it
 * @throws InvalidFile with every issue when there is an error; InvalidInput for an unknown format
 */
export async function readNetwork(
  file: string,
  terminal: Terminal,
  from?: string,
): Promise<NetworkFile & { issues: Issue[] }> {
  const text = await readText(file);
  const name = nameOf(file);
  const own = from === undefined && mayBeOwn(file) ? parseNetwork(text) : undefined;
  if (own?.network) {
    if (own.issues.length > 0) terminal.say(formatIssues(name, text, own.issues, terminal.paint));
    return { network: own.network, issues: own.issues, text, name };
  }
  // Loaded where it is needed: most files are texts of our own.
  const { readNetwork: readAny } = await import('../io/index.js');
  const read = await refusing(
    () => readAny(text, { ...(from !== undefined && { format: from }), file: name }),
    (message) => `--from: ${message}`,
  );
  const { network, issues, format, guessed } = read;
  if (guessed && format.name !== 'crn')
    terminal.say(`${name} is read as ${format.title} (--from tells otherwise)`);
  if (network === null) throw new InvalidFile(name, issues, text);
  if (issues.length > 0) terminal.say(formatIssues(name, text, issues, terminal.paint));
  return { network, issues, text, name };
}

/** True for names that a text of our own may have: its extension, or none. */
const mayBeOwn = (file: string): boolean =>
  file === '-' || /\.(?:crn|txt)$/i.test(file) || !/\.[^./\\]*$/.test(file);

/** Runs a reader of the library (`loadModel`, `readCsv`, …); what it refuses is said about the file. */
export function reading<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const known = error.name === 'DataError' || error instanceof TypeError || error instanceof RangeError;
    if (!known) throw error;
    const { line } = error as { line?: number };
    // The line stands in front, in the form that editors understand.
    const message =
      line === undefined ? error.message : error.message.replace(new RegExp(`^line ${line}[:,] `), '');
    throw InvalidFile.of(nameOf(file), message, line === undefined ? {} : { line });
  }
}
