import { showName } from '../../network/names.js';
import type { FormulaGrammar } from '../../reading/parse-formula.js';
import type { Token, Tokens } from '../../reading/tokens.js';
import type { Formula, Operator } from '../sbml/mathml.js';
import { reservedWords } from './words.js';

const operators = { '+': 'plus', '-': 'minus', '*': 'times', '/': 'divide', '^': 'power' } as const;

/** Functions of one argument. */
const functions: Readonly<Record<string, Operator>> = { exp: 'exp', ln: 'ln', log10: 'log', sqrt: 'root' };

const constants: Readonly<Record<string, number>> = {
  pi: Math.PI,
  exponentiale: Math.E,
  infinity: Infinity,
  INF: Infinity,
  inf: Infinity,
};

/** Formulas of Antimony, as SBML has them. Units behind numbers are passed over. */
export function formulaGrammar(tokens: Tokens, passUnit: (unit: Token) => void): FormulaGrammar<Formula> {
  const apply = (operator: Operator, parts: Formula[], { start: at }: Token): Formula => ({
    kind: 'apply',
    operator,
    parts,
    at,
  });
  return {
    powers: ['^'],
    number: (value, { start: at }) => {
      const { token } = tokens;
      if (token.kind === 'name' && !reservedWords.has(token.text)) {
        tokens.advance();
        passUnit(token);
      }
      return { kind: 'number', value, at };
    },
    name: (token) => {
      const { text, start: at } = token;
      if (Object.hasOwn(constants, text)) return { kind: 'number', value: constants[text]!, at };
      if (text === 'avogadro') return { kind: 'avogadro', at };
      if (reservedWords.has(text)) refuse(tokens, token);
      return { kind: 'name', name: text, at };
    },
    negate: (operand, token) =>
      operand.kind === 'number' ? { ...operand, value: -operand.value } : apply('minus', [operand], token),
    binary: (operator, left, right, token) => apply(operators[operator], [left, right], token),
    call: (name, args, _) => {
      const parts = [...args];
      const { text } = name;
      const wanted = text === 'pow' || text === 'power' ? 2 : 1;
      const known = wanted === 2 || text === 'sqr' || Object.hasOwn(functions, text);
      if (known && parts.length !== wanted) {
        tokens.refuse('malformedMath', `\`${text}\` takes ${wanted}, not ${parts.length} arguments`, name);
      }
      if (wanted === 2) return apply('power', parts, name);
      if (text === 'sqr')
        return apply('power', [parts[0]!, { kind: 'number', value: 2, at: name.start }], name);
      if (Object.hasOwn(functions, text)) return apply(functions[text]!, parts, name);
      if (reservedWords.has(text)) refuse(tokens, name);
      return { kind: 'call', name: text, parts, at: name.start };
    },
  };
}

function refuse(tokens: Tokens, name: Token): never {
  const hint =
    name.text === 'log'
      ? '`log` is read in more than one way: write `ln` or `log10`'
      : 'a rate is a sum of terms k·∏ speciesᵒʳᵈᵉʳ; constants may use + - * / ^ exp ln log10 sqrt';
  tokens.refuse('unsupportedMath', `${showName(name.text)} in a formula is not supported`, name, hint);
}
