import type { Finding } from '../network/issues.js';
import type { SourceSpan } from '../network/model.js';
import { isLineEnd, showName } from '../network/names.js';
import { Lines } from './lines.js';

/** `end` comes once, at the end of the text; `line` is the end of a line, where the language minds it. */
export type TokenKind = 'name' | 'number' | 'string' | 'symbol' | 'line' | 'end';

export interface Token {
  kind: TokenKind;
  /** Strings without their quotes; the others as written. */
  text: string;
  /** Of a number; else 0. */
  value: number;
  start: number;
  end: number;
}

/** The words of a language. All expressions are sticky and take time in proportion to what they match. */
export interface Dialect {
  name: RegExp;
  /** Longest first where one begins another. */
  symbols: readonly string[];
  /** Comments to the end of a line. */
  comment?: RegExp;
  /** What comments begin and end with that may go over lines. */
  block?: readonly [open: string, close: string];
  /** Ends of lines are tokens. */
  lines?: boolean;
  /** Texts in double quotes are tokens. */
  strings?: boolean;
}

/** Thrown inside a reader to give up a statement or the text. It never leaves this room. */
export class Refused {
  constructor(readonly finding: Finding) {}
}

/** Unsigned numbers of all languages here. */
export const numberPattern = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const spacePattern = /[^\S\n\r\u2028\u2029\u0085]+/y;
const stringPattern = /"[^"\n\r]*"/y;

/** Longest pieces of a text in messages. */
export const cut = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** Reads a text token by token, and knows where each stands. */
export class Tokens {
  token: Token;
  /** The one before `token`; null at the beginning. */
  previous: Token | null = null;
  /** A comment that is not closed ends the text. */
  unclosed: { start: number } | null = null;
  private ahead: Token | null = null;
  private position: number;
  /** Made when somebody asks for a place. */
  private lines: Lines | null = null;

  constructor(
    readonly text: string,
    private readonly dialect: Dialect,
  ) {
    this.position = text.charCodeAt(0) === 0xfeff ? 1 : 0;
    this.token = this.read();
  }

  advance(): Token {
    const { token } = this;
    this.previous = token;
    this.token = this.ahead ?? this.read();
    this.ahead = null;
    return token;
  }

  peek(): Token {
    this.ahead ??= this.read();
    return this.ahead;
  }

  get atEnd(): boolean {
    return this.token.kind === 'end';
  }

  is(symbol: string): boolean {
    return this.token.kind === 'symbol' && this.token.text === symbol;
  }

  isWord(word: string): boolean {
    return this.token.kind === 'name' && this.token.text === word;
  }

  take(symbol: string): boolean {
    if (!this.is(symbol)) return false;
    this.advance();
    return true;
  }

  takeWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.advance();
    return true;
  }

  takeName(what: string): Token {
    if (this.token.kind !== 'name') this.expected(what);
    return this.advance();
  }

  expect(symbol: string, instead?: string): Token {
    if (!this.is(symbol)) this.expected(instead ?? `\`${symbol}\``);
    return this.advance();
  }

  /** Line and column, both from 1. */
  placeOf({ start }: { start: number }): SourceSpan {
    this.lines ??= new Lines(this.text);
    return this.lines.at(start);
  }

  refuse(code: string, message: string, at: { start: number } = this.token, hint?: string): never {
    throw new Refused({ code, message, hint, at: this.placeOf(at) });
  }

  /** True where the present token is the first of its line. */
  get onNewLine(): boolean {
    return (
      this.previous === null ||
      /[\n\r\u2028\u2029\u0085]/.test(this.text.slice(this.previous.end, this.token.start))
    );
  }

  /** Refuses the present token. */
  expected(what: string, hint?: string): never {
    this.refuse('unexpectedText', `expected ${what}, found ${this.shown(this.token)}`, this.token, hint);
  }

  shown(token: Token): string {
    if (token.kind === 'end') return 'the end of the text';
    return token.kind === 'line' ? 'the end of the line' : showName(this.text.slice(token.start, token.end));
  }

  /** Goes on behind the next of these symbols, or an end of line where those are tokens. */
  skipPast(symbols: readonly string[]): void {
    while (!this.atEnd) {
      const { kind, text } = this.advance();
      if (kind === 'line' || (kind === 'symbol' && symbols.includes(text))) return;
    }
  }

  private skipBlock(): void {
    const { text, position, dialect } = this;
    if (!dialect.block || !text.startsWith(dialect.block[0], position)) return;
    const [open, close] = dialect.block;
    const end = text.indexOf(close, position + open.length);
    if (end < 0) this.unclosed = { start: position };
    this.position = end < 0 ? text.length : end + close.length;
  }

  private match(pattern: RegExp): number {
    pattern.lastIndex = this.position;
    return pattern.test(this.text) ? pattern.lastIndex : -1;
  }

  private read(): Token {
    const { text, dialect } = this;
    for (;;) {
      const before = this.position;
      const space = this.match(spacePattern);
      if (space >= 0) this.position = space;
      const comment = dialect.comment ? this.match(dialect.comment) : -1;
      if (comment >= 0) this.position = comment;
      this.skipBlock();
      if (!dialect.lines && isLineEnd(text.charCodeAt(this.position))) this.position++;
      if (this.position === before) break;
    }
    const start = this.position;
    if (start >= text.length) return this.made('end', start, start);
    if (isLineEnd(text.charCodeAt(start))) {
      const pair = text.charCodeAt(start) === 13 && text.charCodeAt(start + 1) === 10;
      return this.made('line', start, start + (pair ? 2 : 1));
    }
    const name = this.match(dialect.name);
    if (name >= 0) return this.made('name', start, name);
    const number = this.match(numberPattern);
    if (number >= 0) return this.made('number', start, number);
    const quoted = dialect.strings ? this.match(stringPattern) : -1;
    if (quoted >= 0) return this.made('string', start, quoted);
    for (const symbol of dialect.symbols) {
      if (text.startsWith(symbol, start)) return this.made('symbol', start, start + symbol.length);
    }
    // What no language here has is a symbol by itself, which no reader expects.
    return this.made('symbol', start, start + (text.codePointAt(start)! > 0xffff ? 2 : 1));
  }

  private made(kind: TokenKind, start: number, end: number): Token {
    this.position = end;
    const text = kind === 'string' ? this.text.slice(start + 1, end - 1) : this.text.slice(start, end);
    return { kind, text, value: kind === 'number' ? Number(text) : 0, start, end };
  }
}
