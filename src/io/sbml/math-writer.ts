import { printNumber } from '../../network/expression.js';
import type { Expression } from '../../network/model.js';
import { mathSpace } from './mathml.js';
import type { XmlWriter } from './xml-writer.js';

/** A formula to be written. */
export type MathTree =
  | { kind: 'number'; value: number }
  | { kind: 'name'; id: string }
  | { kind: 'time' }
  | { kind: 'apply'; operator: string; parts: readonly MathTree[] }
  | { kind: 'choice'; chosen: MathTree; condition: MathTree; otherwise: MathTree };

export const numberMath = (value: number): MathTree => ({ kind: 'number', value });
export const nameMath = (id: string): MathTree => ({ kind: 'name', id });
export const timeMath: MathTree = { kind: 'time' };
export const applyMath = (operator: string, ...parts: MathTree[]): MathTree => ({
  kind: 'apply',
  operator,
  parts,
});

/** A product, of which factors that are 1 are left out. */
export function productMath(factors: readonly MathTree[]): MathTree {
  const parts = factors.filter((factor) => !(factor.kind === 'number' && factor.value === 1));
  const [first, ...others] = parts;
  if (first === undefined) return numberMath(1);
  return others.length === 0 ? first : applyMath('times', ...parts);
}

export const powerMath = (base: MathTree, exponent: number): MathTree =>
  exponent === 1 ? base : applyMath('power', base, numberMath(exponent));

const operators = { '+': 'plus', '-': 'minus', '*': 'times', '/': 'divide', '^': 'power' } as const;
const functions = { exp: 'exp', ln: 'ln', sqrt: 'root' } as const;

/** A constant of a network, its parameters by their ids. */
export function expressionMath(expression: Expression, idOf: (parameter: string) => string): MathTree {
  switch (expression.kind) {
    case 'number':
      return numberMath(expression.value);
    case 'parameter':
      return nameMath(idOf(expression.name));
    case 'negate':
      return applyMath('minus', expressionMath(expression.operand, idOf));
    case 'call':
      return applyMath(functions[expression.name], expressionMath(expression.argument, idOf));
    case 'binary': {
      const operator = operators[expression.operator];
      const left = expressionMath(expression.left, idOf);
      const right = expressionMath(expression.right, idOf);
      // From left to right, a + b + c is one sum; a + (b + c) is another number.
      const joins = operator === 'plus' || operator === 'times';
      if (joins && left.kind === 'apply' && left.operator === operator) {
        return { kind: 'apply', operator, parts: [...left.parts, right] };
      }
      return applyMath(operator, left, right);
    }
  }
}

export function writeMath(xml: XmlWriter, math: MathTree): void {
  xml.inside('math', { xmlns: mathSpace }, () => writePart(xml, math));
}

function writePart(xml: XmlWriter, math: MathTree): void {
  switch (math.kind) {
    case 'number':
      xml.line(numberXml(math.value));
      return;
    case 'name':
      xml.text('ci', math.id);
      return;
    case 'time':
      xml.text('csymbol', 'time', {
        encoding: 'text',
        definitionURL: 'http://www.sbml.org/sbml/symbols/time',
      });
      return;
    case 'apply':
      xml.inside('apply', {}, () => {
        xml.empty(math.operator);
        for (const part of math.parts) writePart(xml, part);
      });
      return;
    case 'choice':
      xml.inside('piecewise', {}, () => {
        xml.inside('piece', {}, () => {
          writePart(xml, math.chosen);
          writePart(xml, math.condition);
        });
        xml.inside('otherwise', {}, () => writePart(xml, math.otherwise));
      });
  }
}

/** A number with all its digits. */
function numberXml(value: number): string {
  const text = printNumber(value);
  // Readers keep integers in 32 bits.
  if (/^-?\d{1,9}$/.test(text)) return `<cn type="integer">${text}</cn>`;
  const [mantissa, exponent] = text.split('e');
  if (exponent === undefined) return `<cn>${text}</cn>`;
  return `<cn type="e-notation">${mantissa}<sep/>${exponent.replace('+', '')}</cn>`;
}
