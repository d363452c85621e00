import type { SourceSpan } from '../network/model.js';
import { isLineEnd } from '../network/names.js';

/** Line and column of an offset in a text, both from 1, columns in UTF-16 units; lines end where issues show them to. */
export class Lines {
  private readonly starts: number[];

  constructor(text: string) {
    // A byte order mark is no column.
    this.starts = [text.charCodeAt(0) === 0xfeff ? 1 : 0];
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (!isLineEnd(code)) continue;
      if (code === 13 && text.charCodeAt(i + 1) === 10) i++;
      this.starts.push(i + 1);
    }
  }

  at(offset: number): SourceSpan {
    let low = 0;
    let high = this.starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: Math.max(1, offset - this.starts[low]! + 1) };
  }
}
