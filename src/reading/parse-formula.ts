import { mostLevels } from '../network/expression.js';
import type { Token, Tokens } from './tokens.js';

/** What a formula is made of in a language, and what is made of it. */
export interface FormulaGrammar<T> {
  /** Signs for a power. */
  powers: readonly string[];
  /** `f()` is the same as `f`. */
  emptyCalls?: boolean;
  /** A primary of the language's own, such as `[X]`; undefined where the token begins none. */
  primary?(tokens: Tokens): T | undefined;
  number(value: number, token: Token): T;
  name(token: Token): T;
  negate(operand: T, token: Token): T;
  binary(operator: '+' | '-' | '*' | '/' | '^', left: T, right: T, token: Token): T;
  /** @throws Refused for a function that there is not, or another number of arguments */
  call(name: Token, args: readonly T[], tokens: Tokens): T;
}

/** Deepest nesting: each costs a few frames of the call stack. */
const deepestNesting = 200;

/** Most levels that one call may add to its arguments. */
const levelsOfCall = 2;

/**
 * Reads formulas of numbers, names, `+ - * /`, a power, parentheses and functions. Powers hold tighter than signs and
 * go from right to left; that is what all languages here do but for MATLAB, which is not read.
 */
export class FormulaParser<T> {
  private nesting = 0;
  /** Levels of the node read last. */
  private levels = 0;

  constructor(
    private readonly tokens: Tokens,
    private readonly grammar: FormulaGrammar<T>,
  ) {}

  read(): T {
    return this.chain('+', '-', () => this.chain('*', '/', () => this.signed()));
  }

  private chain(one: '+' | '*', other: '-' | '/', operand: () => T): T {
    let left = operand();
    let levels = this.levels;
    while (this.tokens.is(one) || this.tokens.is(other)) {
      const token = this.tokens.advance();
      const right = operand();
      levels = this.deepen(levels, this.levels);
      left = this.grammar.binary(token.text === one ? one : other, left, right, token);
    }
    this.levels = levels;
    return left;
  }

  private signed(): T {
    const { tokens } = this;
    if (tokens.take('+')) return this.nested(() => this.signed());
    const { token } = tokens;
    if (!tokens.take('-')) return this.power();
    const operand = this.nested(() => this.signed());
    this.levels = this.deepen(this.levels, 0);
    return this.grammar.negate(operand, token);
  }

  private power(): T {
    const left = this.primary();
    const sign = this.grammar.powers.find((power) => this.tokens.is(power));
    if (sign === undefined) return left;
    const token = this.tokens.advance();
    const below = this.levels;
    const right = this.nested(() => this.signed());
    this.levels = this.deepen(below, this.levels);
    return this.grammar.binary('^', left, right, token);
  }

  private primary(): T {
    const { tokens, grammar } = this;
    const own = grammar.primary?.(tokens);
    this.levels = 1;
    if (own !== undefined) return own;
    const { token } = tokens;
    if (token.kind === 'number') {
      tokens.advance();
      return grammar.number(token.value, token);
    }
    if (tokens.is('(')) return this.parenthesis();
    if (token.kind !== 'name') tokens.expected('a number or a name');
    tokens.advance();
    if (!tokens.is('(')) return grammar.name(token);
    if (!grammar.emptyCalls || tokens.peek().text !== ')') return this.call(token);
    tokens.advance();
    tokens.advance();
    return grammar.name(token);
  }

  private call(name: Token): T {
    const { tokens } = this;
    tokens.advance();
    const args: T[] = [];
    let deepest = 1;
    if (!tokens.is(')')) {
      do {
        args.push(this.nested(() => this.read()));
        deepest = Math.max(deepest, this.levels);
      } while (tokens.take(','));
    }
    tokens.expect(')', 'an operator, `,` or `)`');
    this.levels = this.deepen(deepest + levelsOfCall - 1, 0);
    return this.grammar.call(name, args, tokens);
  }

  private parenthesis(): T {
    this.tokens.advance();
    const inside = this.nested(() => this.read());
    this.tokens.expect(')', 'an operator or `)`');
    return inside;
  }

  private nested(read: () => T): T {
    if (++this.nesting > deepestNesting) this.refuseDepth();
    const formula = read();
    this.nesting--;
    return formula;
  }

  private deepen(one: number, other: number): number {
    const levels = Math.max(one, other) + 1;
    if (levels > mostLevels) this.refuseDepth();
    return levels;
  }

  private refuseDepth(): never {
    const message = `the formula is nested deeper than ${deepestNesting} or longer than ${mostLevels} operators`;
    this.tokens.refuse('expressionTooDeep', message);
  }
}
