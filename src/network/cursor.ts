import type { Finding } from './issues.js';
import { Lexer, type Token } from './lexer.js';
import type { SourceSpan } from './model.js';
import { showName } from './names.js';
import type { Places } from './places.js';

/** Tokens of a refused statement that are searched for names. */
const mostSearched = 1000;

/** Thrown inside the parser to give up the present statement. It never leaves this room. */
export class Refusal {
  constructor(readonly finding: Finding) {}
}

/** What the parser reads from: the present token, the one before it, and a look at the next. */
export class Cursor {
  token: Token;
  previous: Token | null = null;
  private ahead: Token | null = null;
  private readonly lexer: Lexer;

  /** @param places where to note what stands where; null for a text that is no part of a network's text */
  constructor(
    text: string,
    private readonly places: Places | null,
  ) {
    this.lexer = new Lexer(text);
    this.token = this.lexer.next();
  }

  /** Where the token stands in the network's text. */
  placeOf({ line, column }: Token): SourceSpan | undefined {
    return this.places ? { line, column } : undefined;
  }

  /** Notes where a part of the network stands. */
  note(part: object | string, { line, column }: Token): void {
    this.places?.note(part, line, column);
  }

  advance(): Token {
    const { token } = this;
    this.previous = token;
    this.token = this.ahead ?? this.lexer.next();
    this.ahead = null;
    return token;
  }

  peek(): Token {
    this.ahead ??= this.lexer.next();
    return this.ahead;
  }

  get atEnd(): boolean {
    return this.token.kind === 'end';
  }

  get atEndOfText(): boolean {
    return this.token.kind === 'end' && this.token.text === '';
  }

  isSymbol(text: string): boolean {
    return this.token.kind === 'symbol' && this.token.text === text;
  }

  /** True for a bare word of the language, such as `at`; a quoted name never is one. */
  isWord(text: string): boolean {
    return this.token.kind === 'name' && this.token.text === text && !this.token.quoted;
  }

  /** Goes past the symbol if it is there. */
  takeSymbol(text: string): boolean {
    if (!this.isSymbol(text)) return false;
    this.advance();
    return true;
  }

  takeWord(text: string): boolean {
    if (!this.isWord(text)) return false;
    this.advance();
    return true;
  }

  /** Goes past a name and returns its token. */
  takeName(what: string, hint?: string): Token {
    if (this.token.kind !== 'name') this.refuse('missingName', `expected ${what}`, hint);
    return this.advance();
  }

  /** Gives up the statement with a finding at the given token, or at the present one. */
  fail(code: string, message: string, hint?: string, at: Token = this.token): never {
    throw new Refusal({ code, message, hint, at: { line: at.line, column: at.column } });
  }

  /**
   * Gives up the statement because of the present token, saying what was expected and what is there. A character
   * outside the language, and a rail sign that was meant as a sum, are told as what they are.
   */
  refuse(code: string, expected: string, hint?: string): never {
    const { token, previous } = this;
    if (token.problem) this.fail(token.problem.code, token.problem.message, token.problem.hint);
    const beginsOperand =
      token.kind === 'name' || token.kind === 'number' || token.kind === 'nothing' || this.isSymbol('(');
    if (previous && beginsOperand && endsInRail(previous)) {
      const name = previous.text.slice(0, -1);
      const sign = previous.text.slice(-1);
      const there = previous.text.length > 20 ? 'this' : `\`${name} ${sign} …\``;
      this.fail(
        'railSign',
        `${expected}, found ${showToken(token)}`,
        `${showName(previous.text)} is one name with a rail sign, since white space follows the sign; write ${there} with white space on both sides for a sum or a difference`,
      );
    }
    this.fail(code, `${expected}, found ${showToken(token)}`, hint);
  }

  /** The statement must be over; `instead` is what else could have gone on. */
  expectEnd(instead?: string): void {
    if (this.atEnd) return;
    const expected = instead === undefined ? 'expected' : `expected ${instead} or`;
    const hint =
      this.token.kind === 'name' ? 'statements are separated by a new line, `;` or `|`' : undefined;
    this.refuse('unexpectedText', `${expected} the end of the statement`, hint);
  }

  /**
   * Goes on to the end of the present statement after a refusal.
   * @returns the names in the statement, from its first token on, up to a bound
   */
  recover(first: Token): Set<string> {
    this.lexer.rewind(this.token);
    this.lexer.skipStatement();
    const end = this.lexer.next();
    const names = new Set<string>();
    this.lexer.rewind(first);
    for (let count = 0; count < mostSearched; count++) {
      const token = this.lexer.next();
      if (token.start >= end.start) break;
      if (token.kind === 'name') names.add(token.text);
    }
    this.lexer.rewind(end);
    this.token = this.lexer.next();
    this.ahead = null;
    return names;
  }
}

export const endsInRail = (token: Token): boolean =>
  token.kind === 'name' && !token.quoted && /[+-]$/.test(token.text);

/** The token for a message. */
export function showToken(token: Token): string {
  if (token.kind === 'end') {
    if (token.text === ';' || token.text === '|') return `\`${token.text}\``;
    return token.text === '' ? 'the end of the text' : 'the end of the line';
  }
  return showName(token.text);
}
