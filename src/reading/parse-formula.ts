import { mostLevels } from '../network/expression.js';
import type { Expression } from '../network/model.js';
import { showName } from '../network/names.js';
import { suggest } from '../network/nearest.js';
import type { Token, Tokens } from './tokens.js';

/** How another language writes formulas. */
export interface FormulaDialect {
  /** Functions of one argument, by their names there. */
  functions: Readonly<Record<string, (argument: Expression) => Expression>>;
  /** Constants by name. */
  constants?: Readonly<Record<string, number>>;
  /** Signs for a power. */
  powers: readonly string[];
  /** `f()` is the same as `f`. */
  emptyCalls?: boolean;
  /** A primary of the language's own, such as `[X]`; undefined where the token begins none. */
  primary?(tokens: Tokens): Expression | undefined;
  /** Told where each name stands. */
  note?(node: Expression, token: Token): void;
}

/** Deepest nesting: each costs a few frames of the call stack. */
const deepestNesting = 200;

const number = (value: number): Expression => ({ kind: 'number', value });

const called =
  (name: 'exp' | 'ln' | 'sqrt') =>
  (argument: Expression): Expression => ({ kind: 'call', name, argument });

/** Functions that most languages have, by their usual names. */
export const usualFunctions: FormulaDialect['functions'] = {
  exp: called('exp'),
  ln: called('ln'),
  log: called('ln'),
  sqrt: called('sqrt'),
  log10: (argument) => ({
    kind: 'binary',
    operator: '/',
    left: called('ln')(argument),
    right: called('ln')(number(10)),
  }),
  log2: (argument) => ({
    kind: 'binary',
    operator: '/',
    left: called('ln')(argument),
    right: called('ln')(number(2)),
  }),
};

/**
 * Reads formulas of numbers, names, `+ - * /`, a power, parentheses and functions. Powers hold tighter than signs and
 * go from right to left; that is what all languages here do but for MATLAB, which is not read.
 */
export class FormulaParser {
  private nesting = 0;
  /** Levels of the node read last. */
  private levels = 0;

  constructor(
    private readonly tokens: Tokens,
    private readonly dialect: FormulaDialect,
  ) {}

  read(): Expression {
    return this.sum();
  }

  private sum(): Expression {
    return this.chain('+', '-', () => this.chain('*', '/', () => this.signed()));
  }

  private chain(one: '+' | '*', other: '-' | '/', operand: () => Expression): Expression {
    let left = operand();
    let levels = this.levels;
    while (this.tokens.is(one) || this.tokens.is(other)) {
      const operator = this.tokens.advance().text === one ? one : other;
      const right = operand();
      levels = this.deepen(levels, this.levels);
      left = { kind: 'binary', operator, left, right };
    }
    this.levels = levels;
    return left;
  }

  private signed(): Expression {
    const { tokens } = this;
    if (tokens.take('+')) return this.nested(() => this.signed());
    if (!tokens.take('-')) return this.power();
    const operand = this.nested(() => this.signed());
    this.levels = this.deepen(this.levels, 0);
    // A number keeps its sign, as our own text has it.
    if (operand.kind === 'number') return number(-operand.value);
    return { kind: 'negate', operand };
  }

  private power(): Expression {
    const left = this.primary();
    const sign = this.dialect.powers.find((power) => this.tokens.is(power));
    if (sign === undefined) return left;
    this.tokens.advance();
    const below = this.levels;
    const right = this.nested(() => this.signed());
    this.levels = this.deepen(below, this.levels);
    return { kind: 'binary', operator: '^', left, right };
  }

  private primary(): Expression {
    const { tokens, dialect } = this;
    const own = dialect.primary?.(tokens);
    this.levels = 1;
    if (own) return own;
    const { token } = tokens;
    if (token.kind === 'number') {
      tokens.advance();
      return number(token.value);
    }
    if (tokens.is('(')) return this.parenthesis();
    if (token.kind !== 'name') tokens.expected('a number or a name');
    tokens.advance();
    if (!tokens.is('(')) return this.name(token);
    if (!dialect.emptyCalls || tokens.peek().text !== ')') return this.call(token);
    tokens.advance();
    tokens.advance();
    return this.name(token);
  }

  private name(token: Token): Expression {
    const { constants = {} } = this.dialect;
    const constant = Object.hasOwn(constants, token.text) ? constants[token.text] : undefined;
    const node: Expression =
      constant === undefined ? { kind: 'parameter', name: token.text } : number(constant);
    this.dialect.note?.(node, token);
    return node;
  }

  private call(token: Token): Expression {
    const { functions } = this.dialect;
    const { tokens } = this;
    if (token.text === 'pow' || token.text === 'power') {
      tokens.advance();
      const base = this.nested(() => this.sum());
      const below = this.levels;
      tokens.expect(',');
      const exponent = this.nested(() => this.sum());
      tokens.expect(')', 'an operator or `)`');
      this.levels = this.deepen(below, this.levels);
      return { kind: 'binary', operator: '^', left: base, right: exponent };
    }
    const make = Object.hasOwn(functions, token.text) ? functions[token.text] : undefined;
    if (make === undefined) {
      const known = Object.keys(functions);
      const hint = suggest(token.text, known, `known are ${known.join(', ')}`);
      return tokens.refuse(
        'unknownFunction',
        `the function ${showName(token.text)} is not supported`,
        token,
        hint,
      );
    }
    const argument = this.parenthesis();
    // The longest of `usualFunctions` has two levels more.
    this.levels = this.deepen(this.levels, 1);
    return make(argument);
  }

  private parenthesis(): Expression {
    this.tokens.advance();
    const inside = this.nested(() => this.sum());
    this.tokens.expect(')', 'an operator or `)`');
    return inside;
  }

  private nested(read: () => Expression): Expression {
    if (++this.nesting > deepestNesting) this.refuseDepth();
    const expression = read();
    this.nesting--;
    return expression;
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
