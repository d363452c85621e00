import type { Expression } from '../../network/model.js';
import { type FormulaDialect, usualFunctions } from '../../reading/parse-formula.js';
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

const { exp, log, sqrt } = usualFunctions;

/** Constants: numbers and parameters. */
export const valueDialect: FormulaDialect = {
  functions: { exp: exp!, log: log!, sqrt: sqrt! },
  powers: ['^'],
};

/** What stands before the names of `[X]` until it is known whether X is a species or a rate. */
export const keyMark = '[';

/** Rate functions, in which `[X]` is a species or a rate of the same name. */
export const functionDialect: FormulaDialect = {
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
