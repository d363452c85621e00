import { type Cursor, endsInRail } from './cursor.js';
import { functionNames, mostLevels } from './expression.js';
import type { Token } from './lexer.js';
import type { Expression } from './model.js';
import { showName } from './names.js';
import { nearestName } from './nearest.js';

/** Deepest nesting of parentheses, signs and powers: each costs a few frames of the call stack. */
const deepestNesting = 200;

/** Names other languages give to what the text writes differently. */
const otherNames = new Map([
  ['log', '`ln` is the natural logarithm; for base 10 divide by `ln(10)`'],
  ['pow', 'write a power as `a^b`'],
  ['power', 'write a power as `a^b`'],
]);

/**
 * Reads constants:
 *
 *     sum     = product { ('+' | '-') product }
 *     product = signed { ('*' | '/') signed }
 *     signed  = ('-' | '+') signed | power
 *     power   = primary [ '^' signed ]
 *     primary = number | name | function '(' sum ')' | '(' sum ')'
 *
 * So `-a^2` is −(a²) and `2^3^2` is 2^(3^2). A sign directly before a bare number belongs to the number.
 */
class ExpressionParser {
  private nesting = 0;
  /** Levels of the node read last. */
  private levels = 0;

  constructor(private readonly cursor: Cursor) {}

  sum(): Expression {
    return this.chain('+', '-', () => this.chain('*', '/', () => this.signed()));
  }

  private chain(one: '+' | '*', other: '-' | '/', operand: () => Expression): Expression {
    let left = operand();
    let levels = this.levels;
    while (this.cursor.isSymbol(one) || this.cursor.isSymbol(other)) {
      const operator = this.cursor.advance().text === one ? one : other;
      const right = operand();
      levels = this.deepen(levels, this.levels);
      left = { kind: 'binary', operator, left, right };
    }
    this.levels = levels;
    return left;
  }

  private signed(): Expression {
    const { cursor } = this;
    if (cursor.takeSymbol('+')) return this.nested(() => this.signed());
    if (!cursor.takeSymbol('-')) return this.power();
    if (cursor.token.kind === 'number') {
      const next = cursor.peek();
      if (next.kind !== 'symbol' || next.text !== '^') {
        this.levels = 1;
        return { kind: 'number', value: -cursor.advance().value };
      }
    }
    const operand = this.nested(() => this.signed());
    this.levels = this.deepen(this.levels, 0);
    return { kind: 'negate', operand };
  }

  private power(): Expression {
    const left = this.primary();
    if (!this.cursor.takeSymbol('^')) return left;
    const below = this.levels;
    const right = this.nested(() => this.signed());
    this.levels = this.deepen(below, this.levels);
    return { kind: 'binary', operator: '^', left, right };
  }

  private primary(): Expression {
    const { cursor } = this;
    const { token } = cursor;
    if (token.kind === 'number') {
      cursor.advance();
      this.levels = 1;
      return { kind: 'number', value: token.value };
    }
    if (cursor.isSymbol('(')) return this.parenthesis();
    if (token.kind !== 'name') cursor.refuse('missingValue', 'expected a number or a parameter', this.hint());
    cursor.advance();
    if (!token.quoted && cursor.isSymbol('(')) return this.call(token);
    this.levels = 1;
    const node: Expression = { kind: 'parameter', name: token.text };
    cursor.note(node, token);
    return node;
  }

  private call(token: Token): Expression {
    const name = functionNames.find((known) => known === token.text);
    if (!name) {
      if (endsInRail(token)) this.cursor.refuse('unexpectedText', 'expected an operator');
      const near = nearestName(token.text, functionNames);
      const hint =
        otherNames.get(token.text) ??
        (near ? `did you mean \`${near}\`?` : 'a product is written with `*`, an unusual name in backticks');
      const message = `${showName(token.text)} is no function; there are \`exp\`, \`ln\` and \`sqrt\``;
      this.cursor.fail('unknownFunction', message, hint, token);
    }
    const argument = this.parenthesis();
    this.levels = this.deepen(this.levels, 0);
    return { kind: 'call', name, argument };
  }

  private parenthesis(): Expression {
    const { cursor } = this;
    const open = cursor.advance();
    const inside = this.nested(() => this.sum());
    if (!cursor.takeSymbol(')')) {
      const opened = `the parenthesis of line ${open.line}, column ${open.column} is still open`;
      cursor.refuse('unclosedParenthesis', 'expected an operator or `)`', opened);
    }
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
    const message = `the expression is nested deeper than ${deepestNesting} or longer than ${mostLevels} operators`;
    this.cursor.fail('expressionTooDeep', message, 'name a part of it with `param`');
  }

  private hint(): string | undefined {
    const { token, previous } = this.cursor;
    if (previous?.text === '*' && token.text === '*') return 'a power is written with `^`';
    return undefined;
  }
}

/** Reads a constant and notes where it and the names in it stand. */
export function parseExpression(cursor: Cursor): Expression {
  const first = cursor.token;
  const expression = new ExpressionParser(cursor).sum();
  cursor.note(expression, first);
  return expression;
}

/** Reads a number with an optional sign, where the language asks for a plain number. */
export function parseNumber(cursor: Cursor, what: string): { value: number; token: Token } {
  const first = cursor.token;
  const negative = cursor.takeSymbol('-');
  if (!negative) cursor.takeSymbol('+');
  const { token } = cursor;
  if (token.kind !== 'number') {
    cursor.refuse(
      'missingNumber',
      `expected ${what}`,
      cursor.isSymbol('=') ? 'write it without `=`' : undefined,
    );
  }
  cursor.advance();
  return { value: negative ? -token.value : token.value, token: first };
}
