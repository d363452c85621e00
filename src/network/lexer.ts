import { isDigit, isLineEnd, isNamePart, isNameStart, isSpace } from './names.js';

/**
 * `oddArrow`: looks like an arrow but is none of ours (`=>`, `-->`, `→`). `nothing`: the sign `∅`. `end`: the end of
 * a statement; its text is empty at the end of the whole text. `bad`: no token at all, see `problem`.
 */
export type TokenKind = 'name' | 'number' | 'arrow' | 'oddArrow' | 'symbol' | 'nothing' | 'bad' | 'end';

export interface Token {
  kind: TokenKind;
  /** Names without their backticks and without white space in the index list; other tokens as written. */
  text: string;
  /** The value of a number; 0 for other tokens. */
  value: number;
  /** Both count from 1; columns count UTF-16 units, as editors do. */
  line: number;
  column: number;
  /** Offsets into the text. */
  start: number;
  end: number;
  quoted: boolean;
  problem: { code: string; message: string; hint?: string } | null;
}

const backtick = 96;
const farArrows = '→⟶⇒⟹➔←⟵⇐↔⟷⇔⇌⇋⇄⇆';
const symbols = '+-*/^()[]{},:=';

/** Characters that writers use by mistake, and what to write instead. */
const replacements = new Map([
  ['"', 'put an unusual name in backticks'],
  ["'", 'put an unusual name in backticks'],
  ['“', 'put an unusual name in backticks'],
  ['”', 'put an unusual name in backticks'],
  ['−', 'write the sign as `-`'],
  ['–', 'write the sign as `-`'],
  ['—', 'write the sign as `-`'],
  ['×', 'write the product as `*`'],
  ['·', 'write the product as `*`'],
  ['’', "write the prime as `'`"],
  ['′', "write the prime as `'`"],
  ['%', 'a comment begins with `#` or `//`'],
  ['!', 'put a name with unusual characters in backticks'],
  ['@', 'put a name with unusual characters in backticks'],
  ['.', 'put a name with unusual characters in backticks'],
  ['$', 'a species held by the environment is declared with `const`'],
]);

/** Cuts a text into tokens, one at a time, in linear time and constant memory. */
export class Lexer {
  private position = 0;
  private line = 1;
  private lineStart = 0;

  constructor(private readonly text: string) {
    if (text.charCodeAt(0) === 0xfeff) this.position = this.lineStart = 1;
  }

  /** Goes back to where a token began. */
  rewind(token: Token): void {
    this.position = token.start;
    this.line = token.line;
    this.lineStart = token.start - token.column + 1;
  }

  /** Goes on to the end of the present statement, passing over quoted names and comments. */
  skipStatement(): void {
    const { text } = this;
    while (this.position < text.length) {
      const code = text.charCodeAt(this.position);
      if (code === 59 || code === 124 || isLineEnd(code)) return;
      if (this.atComment(this.position)) {
        this.position = this.endOfLine(this.position);
      } else if (code === backtick) {
        const closing = this.endOfQuote(this.position + 1);
        this.position = text.charCodeAt(closing) === backtick ? closing + 1 : closing;
      } else {
        this.position++;
      }
    }
  }

  next(): Token {
    const { text } = this;
    while (this.position < text.length && isSpace(text.charCodeAt(this.position))) this.position++;
    if (this.position < text.length && this.atComment(this.position)) {
      this.position = this.endOfLine(this.position);
    }
    const start = this.position;
    if (start >= text.length) return this.token('end', start, start);
    const code = text.codePointAt(start)!;
    if (isNameStart(code)) return this.name(start);
    if (isDigit(code) || (code === 46 && isDigit(text.charCodeAt(start + 1)))) return this.number(start);
    if (isLineEnd(code)) return this.lineEnd(start);
    if (code === 59 || code === 124) return this.token('end', start, start + 1);
    if (code === backtick) return this.quotedName(start);
    const arrow = this.arrow(start);
    if (arrow) return arrow;
    if (code === 43 && text.charCodeAt(start + 1) === 61) return this.token('symbol', start, start + 2);
    const character = String.fromCodePoint(code);
    if (symbols.includes(character)) return this.token('symbol', start, start + 1);
    if (character === '∅') return this.token('nothing', start, start + 1);
    const token = this.token('bad', start, start + character.length);
    const hint = replacements.get(character);
    const message = `unexpected character ${showCharacter(character)}`;
    token.problem = { code: 'unexpectedCharacter', message, ...(hint !== undefined && { hint }) };
    return token;
  }

  private token(kind: TokenKind, start: number, end: number): Token {
    this.position = end;
    return {
      kind,
      text: this.text.slice(start, end),
      value: 0,
      line: this.line,
      column: start - this.lineStart + 1,
      start,
      end,
      quoted: false,
      problem: null,
    };
  }

  private lineEnd(start: number): Token {
    const pair = this.text.charCodeAt(start) === 13 && this.text.charCodeAt(start + 1) === 10;
    const token = this.token('end', start, start + (pair ? 2 : 1));
    this.line++;
    this.lineStart = token.end;
    return token;
  }

  private name(start: number): Token {
    const { text } = this;
    let end = this.endOfWord(start);
    let spaced = false;
    if (text.charCodeAt(end) === 91) {
      const closed = this.endOfIndexList(end);
      if (closed > 0) {
        for (let i = end; i < closed && !spaced; i++) spaced = isSpace(text.charCodeAt(i));
        end = closed;
      }
    }
    if (this.railAt(end)) end++;
    const token = this.token('name', start, end);
    if (spaced) token.text = token.text.replace(/\s+/gu, '');
    return token;
  }

  private endOfWord(start: number): number {
    let end = start;
    while (end < this.text.length) {
      const code = this.text.codePointAt(end)!;
      if (!isNamePart(code)) break;
      end += code > 0xffff ? 2 : 1;
    }
    return end;
  }

  /** The offset after `[1,2]`, or 0 when what opens at `open` is no index list (it may be a rate law). */
  private endOfIndexList(open: number): number {
    const { text } = this;
    let at = open + 1;
    for (;;) {
      at = this.endOfSpace(at);
      const entry = this.endOfWord(at);
      if (entry === at) return 0;
      at = this.endOfSpace(entry);
      const code = text.charCodeAt(at);
      if (code === 93) return at + 1;
      if (code !== 44) return 0;
      at++;
    }
  }

  private endOfSpace(start: number): number {
    let end = start;
    while (end < this.text.length && isSpace(this.text.charCodeAt(end))) end++;
    return end;
  }

  /**
   * The contract's rule: a sign directly after a name or `]` is a rail if and only if white space, the end of the
   * statement or one of `, ; | ) ] } = * ^` follows. An arrow goes before: in `A->` nothing of that follows `-`.
   */
  private railAt(at: number): boolean {
    const { text } = this;
    const sign = text.charCodeAt(at);
    if (sign !== 43 && sign !== 45) return false;
    const after = at + 1;
    if (after >= text.length) return true;
    const code = text.charCodeAt(after);
    return isSpace(code) || isLineEnd(code) || ',;|)]}=*^'.includes(text[after]!) || this.atComment(after);
  }

  private atComment(at: number): boolean {
    const code = this.text.charCodeAt(at);
    return code === 35 || (code === 47 && this.text.charCodeAt(at + 1) === 47);
  }

  private endOfLine(start: number): number {
    let end = start;
    while (end < this.text.length && !isLineEnd(this.text.charCodeAt(end))) end++;
    return end;
  }

  /** The offset of the closing backtick, or of the line's end when there is none. */
  private endOfQuote(start: number): number {
    let end = start;
    for (; end < this.text.length; end++) {
      const code = this.text.charCodeAt(end);
      if (code === backtick || isLineEnd(code)) break;
    }
    return end;
  }

  private quotedName(start: number): Token {
    const closing = this.endOfQuote(start + 1);
    if (this.text.charCodeAt(closing) !== backtick) {
      const token = this.token('bad', start, closing);
      token.problem = { code: 'unclosedQuote', message: 'a name in backticks is not closed on its line' };
      return token;
    }
    const token = this.token(closing === start + 1 ? 'bad' : 'name', start, closing + 1);
    if (token.kind === 'bad') {
      token.problem = { code: 'emptyName', message: 'there is no name between the backticks' };
    } else {
      token.text = token.text.slice(1, -1);
      token.quoted = true;
    }
    return token;
  }

  private number(start: number): Token {
    let end = this.endOfDigits(start);
    if (this.text.charCodeAt(end) === 46) end = this.endOfDigits(end + 1);
    const exponent = this.text.charCodeAt(end);
    if (exponent === 101 || exponent === 69) {
      const sign = this.text.charCodeAt(end + 1);
      const digits = sign === 43 || sign === 45 ? end + 2 : end + 1;
      if (isDigit(this.text.charCodeAt(digits))) end = this.endOfDigits(digits);
    }
    const token = this.token('number', start, end);
    token.value = Number(token.text);
    return token;
  }

  private endOfDigits(start: number): number {
    let end = start;
    while (isDigit(this.text.charCodeAt(end))) end++;
    return end;
  }

  private arrow(start: number): Token | null {
    const { text } = this;
    if (text.startsWith('->', start)) return this.token('arrow', start, start + 2);
    if (text.startsWith('<->', start)) return this.token('arrow', start, start + 3);
    if (farArrows.includes(text[start]!)) return this.token('oddArrow', start, start + 1);
    // No arrow anybody writes is longer than this, and a bound keeps a line of dashes linear.
    const longest = Math.min(start + 6, text.length);
    let end = start;
    let pointed = false;
    for (; end < longest && '-=<>~'.includes(text[end]!); end++) {
      if (text[end] === '<' || text[end] === '>') pointed = true;
    }
    return pointed || text[start] === '~' ? this.token('oddArrow', start, Math.max(end, start + 1)) : null;
  }
}

/** The character for a message: visible ones as they are, others by their code. */
function showCharacter(character: string): string {
  const code = character.codePointAt(0)!;
  if (code > 32 && code < 127) return code === backtick ? 'backtick' : `\`${character}\``;
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character) ? `\`${character}\` (${name})` : name;
}
