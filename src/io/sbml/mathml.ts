import { showName } from '../../network/names.js';
import { readDecimal } from './attributes.js';
import { Refusal, show } from './source.js';
import type { XmlElement } from './xml.js';

export const mathSpace = 'http://www.w3.org/1998/Math/MathML';

/** Operators whose results can be polynomials in species, or constants. */
const operators = ['plus', 'minus', 'times', 'divide', 'power', 'root', 'exp', 'ln', 'log'] as const;
export type Operator = (typeof operators)[number];

/** A formula. `at` is where it stands in the source. */
export type Formula =
  | { kind: 'number'; value: number; at: number }
  | { kind: 'name'; name: string; at: number }
  | { kind: 'avogadro'; at: number }
  | { kind: 'apply'; operator: Operator; parts: Formula[]; qualifier?: Formula; at: number }
  | { kind: 'call'; name: string; parts: Formula[]; at: number };

/** A function's names of arguments and what it gives. */
export interface Lambda {
  parameters: string[];
  body: Formula;
}

const symbols = 'http://www.sbml.org/sbml/symbols/';

/** Elements that are formulas of the subset but not readable, in words. */
const described: Readonly<Record<string, string>> = {
  piecewise: 'a choice by conditions',
  true: 'a truth value',
  false: 'a truth value',
  infinity: 'infinity',
  notanumber: 'not a number',
  lambda: 'a function in the middle of a formula',
  delay: 'a value of the past',
  rateOf: 'a rate of change',
  time: 'time',
};

const readable =
  'a rate is a sum of terms k·∏ speciesᵒʳᵈᵉʳ, made with plus, minus, times, divide, power, root; constants also with exp, ln, log';

function refuse(element: XmlElement, name: string): never {
  const words = Object.hasOwn(described, name) ? ` (${described[name]})` : '';
  throw new Refusal(
    'unsupportedMath',
    `${showName(name)}${words} in a formula is not supported`,
    element,
    readable,
  );
}

function malformed(element: XmlElement, message: string): never {
  throw new Refusal('malformedMath', `${show(element)} ${message}`, element);
}

/** What stands inside of `<math>`: a formula, or null when there is nothing, as Level 3 Version 2 allows. */
export function readMath(math: XmlElement): Formula | null {
  const content = contentOf(math);
  return content === null ? null : readFormula(content);
}

/** The function inside of a function definition's `<math>`. */
export function readLambda(math: XmlElement): Lambda {
  const lambda = contentOf(math);
  if (lambda === null || lambda.name !== 'lambda') malformed(math, 'of a function must hold a <lambda>');
  const parameters: string[] = [];
  for (const child of lambda.children.slice(0, -1)) {
    const name = child.name === 'bvar' && child.children.length === 1 ? child.children[0]! : null;
    if (name === null || name.name !== 'ci') malformed(child, 'of a function must be a <bvar> with one <ci>');
    parameters.push(nameOf(name));
  }
  const body = lambda.children.at(-1);
  if (body === undefined || body.name === 'bvar') malformed(lambda, 'has no formula');
  if (new Set(parameters).size < parameters.length) malformed(lambda, 'names an argument twice');
  return { parameters, body: readFormula(body) };
}

function contentOf(math: XmlElement): XmlElement | null {
  noText(math);
  if (math.children.length > 1) malformed(math, `holds ${math.children.length} formulas in place of one`);
  return math.children[0] ?? null;
}

function noText(element: XmlElement): void {
  if (element.text.trim() !== '') malformed(element, 'holds text beside its parts');
}

/** Recursion is safe: `readXml` bounds how deep elements are nested. */
function readFormula(element: XmlElement): Formula {
  const { name, space, at } = element;
  if (space !== mathSpace) malformed(element, 'in a formula is no MathML');
  switch (name) {
    case 'cn':
      return { kind: 'number', value: numberOf(element), at };
    case 'ci':
      return { kind: 'name', name: nameOf(element), at };
    case 'csymbol':
      return symbolOf(element);
    case 'pi':
      return { kind: 'number', value: Math.PI, at };
    case 'exponentiale':
      return { kind: 'number', value: Math.E, at };
    case 'semantics': {
      const meant = element.children[0];
      if (meant === undefined) malformed(element, 'is empty');
      return readFormula(meant);
    }
    case 'apply':
      return readApply(element);
    default:
      return refuse(element, name);
  }
}

function readApply(element: XmlElement): Formula {
  noText(element);
  const { at } = element;
  const [head, ...rest] = element.children;
  if (head === undefined) malformed(element, 'is empty');
  if (head.space !== mathSpace) malformed(head, 'in a formula is no MathML');
  if (head.name === 'ci') return { kind: 'call', name: nameOf(head), parts: rest.map(readFormula), at };
  if (head.name === 'csymbol')
    refuse(head, (head.attributes.get('definitionURL') ?? '').replace(symbols, ''));
  const operator = operators.find((known) => known === head.name);
  if (operator === undefined) refuse(head, head.name);
  if (head.children.length > 0 || head.text.trim() !== '') malformed(head, 'must be empty');
  const qualified = rest.filter(({ name }) => name === qualifierOf(operator));
  if (qualified.length > 1) malformed(element, `has two <${qualifierOf(operator)}>`);
  const parts = rest.filter((part) => !qualified.includes(part)).map(readFormula);
  checkCount(element, operator, parts.length);
  if (qualified.length === 0) return { kind: 'apply', operator, parts, at };
  const [qualifier] = qualified;
  if (qualifier!.children.length !== 1) malformed(qualifier!, 'must hold one formula');
  return { kind: 'apply', operator, parts, qualifier: readFormula(qualifier!.children[0]!), at };
}

/** The element that holds a root's degree or a logarithm's base. */
function qualifierOf(operator: Operator): string | undefined {
  if (operator === 'root') return 'degree';
  return operator === 'log' ? 'logbase' : undefined;
}

function checkCount(element: XmlElement, operator: Operator, count: number): void {
  const [least, most] =
    operator === 'plus' || operator === 'times'
      ? [0, Infinity]
      : operator === 'minus'
        ? [1, 2]
        : operator === 'divide' || operator === 'power'
          ? [2, 2]
          : [1, 1];
  if (count >= least && count <= most) return;
  malformed(element, `gives \`${operator}\` ${count} operands`);
}

function nameOf(element: XmlElement): string {
  const name = element.text.trim();
  if (element.children.length > 0 || name === '') malformed(element, 'must hold a name');
  return name;
}

function symbolOf(element: XmlElement): Formula {
  const name = (element.attributes.get('definitionURL') ?? '').trim().replace(symbols, '');
  if (name === 'avogadro') return { kind: 'avogadro', at: element.at };
  return refuse(element, name);
}

/** The value of a `<cn>` of any type. */
function numberOf(element: XmlElement): number {
  const { attributes, children, text } = element;
  const type = attributes.get('type')?.trim() ?? 'real';
  const base = attributes.get('base')?.trim() ?? '10';
  if (base !== '10') malformed(element, `is a number to the base ${JSON.stringify(base)}, not 10`);
  const [separator, ...others] = children;
  if (others.length > 0 || (separator && separator.name !== 'sep')) malformed(element, 'must hold a number');
  const parts = separator ? [text.slice(0, separator.textBefore), text.slice(separator.textBefore)] : [text];
  const value = combine(type, parts);
  if (value !== null && Number.isFinite(value)) return value;
  return malformed(
    element,
    `of type ${JSON.stringify(type)} holds ${JSON.stringify(text.trim().slice(0, 40))}, which is no such finite number`,
  );
}

const whole = /^[+-]?\d+$/;

function combine(type: string, [first = '', second]: string[]): number | null {
  const isWhole = (part: string | undefined): part is string => part !== undefined && whole.test(part.trim());
  switch (type) {
    case 'real':
      return second === undefined ? readDecimal(first) : null;
    case 'integer':
      return second === undefined && isWhole(first) ? readDecimal(first) : null;
    case 'rational':
      return isWhole(first) && isWhole(second) ? Number(first) / Number(second) : null;
    case 'e-notation': {
      // Joined as text: multiplying by a power of ten would round twice.
      if (readDecimal(first) === null || /[eE]/.test(first) || !isWhole(second)) return null;
      return readDecimal(`${first.trim()}e${second.trim()}`);
    }
    default:
      return null;
  }
}
