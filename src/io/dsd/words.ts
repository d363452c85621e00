import type { Expression } from '../../network/model.js';
import { type ExpressionDialect, usualFunctions } from '../../reading/expressions.js';
import type { Dialect, Tokens } from '../../reading/tokens.js';

/** Words of Visual DSD and of the CRN engine. */
export const words: Dialect = {
  name: /[A-Za-z_][\w']*/y,
  symbols: [
    '<->',
    '->',
    '+',
    '-',
    '*',
    '/',
    '^',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    ',',
    ';',
    '|',
    '=',
    '@',
    '~',
    ':',
  ],
  comment: /\/\/[^\n\r]*/y,
  block: ['(*', '*)'],
  strings: true,
};

const { exp, ln, sqrt } = usualFunctions;

/** Constants: numbers and parameters. */
export const valueDialect: ExpressionDialect = {
  functions: { exp, log: ln, sqrt },
  powers: ['^'],
};

/** What stands before the names of `[X]` until it is known whether X is a species or a rate. */
export const keyMark = '[';

/** Rate functions, in which `[X]` is a species or a rate of the same name. */
export const functionDialect: ExpressionDialect = {
  ...valueDialect,
  primary(tokens: Tokens): Expression | undefined {
    if (!tokens.take('[')) return undefined;
    const { token } = tokens;
    if (token.kind !== 'name' && token.kind !== 'string') tokens.expected('a species or a rate');
    tokens.advance();
    tokens.expect(']');
    return { kind: 'parameter', name: keyMark + token.text };
  },
};
