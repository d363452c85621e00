import { type ExpressionDialect, usualFunctions } from '../../reading/expressions.js';
import type { Dialect } from '../../reading/tokens.js';

/** Words of BioNetGen's formulas. */
export const formulaWords: Dialect = {
  name: /[A-Za-z_]\w*/y,
  symbols: ['+', '-', '*', '/', '^', '(', ')', ','],
};

export const formulaDialect: ExpressionDialect = {
  functions: usualFunctions,
  constants: { _pi: Math.PI, _e: Math.E },
  powers: ['^'],
  emptyCalls: true,
};
