import { type FormulaDialect, usualFunctions } from '../../reading/parse-formula.js';
import type { Dialect } from '../../reading/tokens.js';

/** Words of BioNetGen's formulas. */
export const formulaWords: Dialect = {
  name: /[A-Za-z_]\w*/y,
  symbols: ['+', '-', '*', '/', '^', '(', ')', ','],
};

const { exp, ln, sqrt, log10, log2 } = usualFunctions;

export const formulaDialect: FormulaDialect = {
  functions: { exp: exp!, ln: ln!, sqrt: sqrt!, log10: log10!, log2: log2! },
  constants: { _pi: Math.PI, _e: Math.E },
  powers: ['^'],
  emptyCalls: true,
};
