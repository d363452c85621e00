import type { SourceSpan } from '../../network/model.js';
import { Refused } from '../../reading/tokens.js';

/** A line of a `.net` file that says something. */
export interface NetLine {
  /** The block it stands in; null outside of all. */
  block: string | null;
  /** Without comment and white space at its ends. */
  content: string;
  /** What is wrong with the blocks around it. */
  problem: string | null;
  /** Where an offset into `content` is in the file. */
  place(offset: number): SourceSpan;
  refuse(code: string, message: string, offset: number, hint?: string): never;
}

class Line implements NetLine {
  constructor(
    readonly block: string | null,
    readonly content: string,
    private readonly number: number,
    private readonly indent: number,
    readonly problem: string | null = null,
  ) {}

  place(offset: number): SourceSpan {
    return { line: this.number, column: this.indent + Math.max(0, offset) + 1 };
  }

  refuse(code: string, message: string, offset: number, hint?: string): never {
    throw new Refused({ code, message, hint, at: this.place(offset) });
  }
}

/**
 * The lines of a file but for empty ones, comments and those that begin and end blocks; where one of these stands that
 * may not, it is a line with a problem.
 */
export function* linesOf(text: string): Generator<NetLine> {
  let block: string | null = null;
  let number = 0;
  let open = 0;
  for (let start = text.charCodeAt(0) === 0xfeff ? 1 : 0; start <= text.length; ) {
    let end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    number++;
    const row = text.slice(start, end);
    const comment = row.indexOf('#');
    const whole = comment >= 0 ? row.slice(0, comment) : row;
    const content = whole.trim();
    const indent = whole.length - whole.trimStart().length;
    start = end + 1;
    if (content === '') continue;
    const bad = (problem: string) => new Line(null, content, number, indent, problem);
    const edge = /^(begin|end)\s+(\S.*)$/.exec(content);
    if (!edge) {
      yield new Line(block, content, number, indent);
      continue;
    }
    const name = edge[2]!.replace(/\s+/g, ' ');
    // Of the whole model, which has blocks inside.
    if (name === 'model') continue;
    if (edge[1] === 'begin') {
      if (block !== null) yield bad(`\`begin ${name}\` stands inside of \`begin ${block}\` of line ${open}`);
      block = name;
      open = number;
    } else {
      if (block !== name) yield bad(`\`end ${name}\` ends no block`);
      block = null;
    }
  }
  if (block !== null) yield new Line(null, '', open, 0, `the block ${block} is not ended`);
}
