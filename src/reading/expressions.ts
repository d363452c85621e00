import type { Expression } from '../network/model.js';
import { showName } from '../network/names.js';
import { suggest } from '../network/nearest.js';
import { type FormulaGrammar, FormulaParser } from './parse-formula.js';
import type { Token, Tokens } from './tokens.js';

/** How another language writes constants. */
export interface ExpressionDialect {
  /** Functions of one argument, by their names there. `pow` and `power` have two everywhere. */
  functions: Readonly<Record<string, (argument: Expression) => Expression>>;
  /** Constants by name. */
  constants?: Readonly<Record<string, number>>;
  /** Signs for a power. */
  powers: readonly string[];
  emptyCalls?: boolean;
  primary?(tokens: Tokens): Expression | undefined;
  /** Told where each name stands. */
  note?(node: Expression, token: Token): void;
}

const number = (value: number): Expression => ({ kind: 'number', value });

const called =
  (name: 'exp' | 'ln' | 'sqrt') =>
  (argument: Expression): Expression => ({ kind: 'call', name, argument });

const logarithm =
  (base: number) =>
  (argument: Expression): Expression => ({
    kind: 'binary',
    operator: '/',
    left: called('ln')(argument),
    right: called('ln')(number(base)),
  });

/** Functions that most languages have, by their usual names; what `log` is differs. */
export const usualFunctions = {
  exp: called('exp'),
  ln: called('ln'),
  sqrt: called('sqrt'),
  log10: logarithm(10),
  log2: logarithm(2),
};

/** Reads a constant of another language. */
export function readExpressionOf(tokens: Tokens, dialect: ExpressionDialect): Expression {
  return new FormulaParser(tokens, grammarOf(dialect)).read();
}

function grammarOf(dialect: ExpressionDialect): FormulaGrammar<Expression> {
  const { functions, constants = {}, powers, emptyCalls, primary, note } = dialect;
  return {
    powers,
    ...(emptyCalls && { emptyCalls }),
    ...(primary && { primary }),
    number,
    name: (token) => {
      const constant = Object.hasOwn(constants, token.text) ? constants[token.text] : undefined;
      const node: Expression =
        constant === undefined ? { kind: 'parameter', name: token.text } : number(constant);
      note?.(node, token);
      return node;
    },
    // A number keeps its sign, as our own text has it.
    negate: (operand) => (operand.kind === 'number' ? number(-operand.value) : { kind: 'negate', operand }),
    binary: (operator, left, right) => ({ kind: 'binary', operator, left, right }),
    call: (name, args, tokens) => {
      const { text } = name;
      const isPower = text === 'pow' || text === 'power';
      const make = Object.hasOwn(functions, text) ? functions[text] : undefined;
      if (!isPower && make === undefined) {
        const known = Object.keys(functions);
        const hint = suggest(text, known, `known are ${known.join(', ')}`);
        return tokens.refuse(
          'unknownFunction',
          `the function ${showName(text)} is not supported`,
          name,
          hint,
        );
      }
      const wanted = isPower ? 2 : 1;
      const [first, second] = args as [Expression, Expression];
      if (args.length !== wanted) {
        return tokens.refuse(
          'wrongArguments',
          `${showName(text)} takes ${wanted}, not ${args.length} arguments`,
          name,
        );
      }
      return isPower ? { kind: 'binary', operator: '^', left: first, right: second } : make!(first);
    },
  };
}
