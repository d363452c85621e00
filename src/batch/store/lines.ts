import { closeSync, openSync, readSync } from 'node:fs';

/** What a file of lines holds. */
export interface Lines {
  /** Bytes of whole lines. */
  whole: number;
  /** What follows the last line's end: a line that was not written to its end. */
  rest: string;
}

const PIECE = 1 << 20;

/** Reads a file line by line: stores grow larger than strings can be. Without the file there are no lines. */
export function readLines(path: string, take: (line: string, number: number) => void): Lines {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { whole: 0, rest: '' };
    throw error;
  }
  try {
    const piece = Buffer.alloc(PIECE);
    let before: Buffer[] = [];
    let whole = 0;
    let number = 0;
    for (;;) {
      const length = readSync(file, piece, 0, PIECE, null);
      if (length === 0) return { whole, rest: Buffer.concat(before).toString('utf8') };
      let start = 0;
      for (let end = piece.indexOf(10); end >= 0 && end < length; end = piece.indexOf(10, start)) {
        const line = Buffer.concat([...before, piece.subarray(start, end)]);
        before = [];
        whole += line.length + 1;
        start = end + 1;
        take(line.toString('utf8'), ++number);
      }
      before.push(Buffer.from(piece.subarray(start, length)));
    }
  } finally {
    closeSync(file);
  }
}
