import { exp, log } from '../../assembly/math';
import type { Expression, Network, Parameter } from './model.js';
import { printName, showName } from './names.js';
import { power } from './power.js';

export type ParameterNode = Expression & { kind: 'parameter' };

/** Functions a constant may use, each of one argument. */
export const functionNames = ['exp', 'ln', 'sqrt'] as const;

/** Most levels an expression may have, so that walks over it by recursion stay inside the stack. */
export const mostLevels = 1000;

/**
 * The value of a constant.
 *
 * @param values numbers of the parameters, by name
 * @throws RangeError naming a parameter without a value
 */
export function evaluateExpression(expression: Expression, values: ReadonlyMap<string, number>): number {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'parameter': {
      const value = values.get(expression.name);
      if (value === undefined)
        throw new RangeError(`the parameter ${showName(expression.name)} has no value`);
      return value;
    }
    case 'negate':
      return -evaluateExpression(expression.operand, values);
    case 'call': {
      const argument = evaluateExpression(expression.argument, values);
      if (expression.name === 'exp') return exp(argument);
      return expression.name === 'ln' ? log(argument) : Math.sqrt(argument);
    }
    case 'binary': {
      const left = evaluateExpression(expression.left, values);
      const right = evaluateExpression(expression.right, values);
      return calculate(expression.operator, left, right);
    }
  }
}

function calculate(operator: '+' | '-' | '*' | '/' | '^', left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '^':
      return power(left, right);
  }
}

const noParts: readonly Expression[] = [];

/** The parts directly below a node, left to right. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'number':
    case 'parameter':
      return noParts;
    case 'negate':
      return [expression.operand];
    case 'call':
      return [expression.argument];
    case 'binary':
      return [expression.left, expression.right];
  }
}

/** The parameter nodes of an expression, left to right, and how many levels it has (1 for a number). */
export function surveyExpression(expression: Expression): { parameters: ParameterNode[]; levels: number } {
  const parameters: ParameterNode[] = [];
  let levels = 0;
  // A stack of our own, since an expression made by hand may be deeper than the call stack.
  const open = [expression];
  const depths = [1];
  for (let node = open.pop(); node; node = open.pop()) {
    const depth = depths.pop()!;
    if (depth > levels) levels = depth;
    if (node.kind === 'parameter') parameters.push(node);
    const parts = partsOf(node);
    for (let i = parts.length - 1; i >= 0; i--) {
      open.push(parts[i]!);
      depths.push(depth + 1);
    }
  }
  return { parameters, levels };
}

/**
 * Parameters in an order in which each comes after those it refers to, and the cycles among the others.
 *
 * @returns indices into `parameters`; a cycle lists its members in the order in which they refer to each other. A
 * parameter that refers to a cycle without being part of one is in neither.
 */
export function orderParameters(parameters: readonly Parameter[]): { order: number[]; cycles: number[][] } {
  const byName = new Map<string, number>();
  for (const [i, { name }] of parameters.entries()) if (!byName.has(name)) byName.set(name, i);
  const needs = parameters.map(({ value }) => {
    const indices = surveyExpression(value).parameters.map((node) => byName.get(node.name));
    return indices.filter((index) => index !== undefined);
  });
  const order: number[] = [];
  const cycles: number[][] = [];
  const state: ('new' | 'open' | 'done' | 'broken')[] = parameters.map(() => 'new');
  for (let root = 0; root < parameters.length; root++) {
    if (state[root] !== 'new') continue;
    // A stack of our own: a chain of references may be longer than the call stack.
    const path = [{ index: root, next: 0, broken: false }];
    state[root] = 'open';
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const need = needs[top.index]![top.next++];
      if (need === undefined) {
        path.pop();
        state[top.index] = top.broken ? 'broken' : 'done';
        if (!top.broken) order.push(top.index);
        const below = path.at(-1);
        if (below && top.broken) below.broken = true;
      } else if (state[need] === 'new') {
        state[need] = 'open';
        path.push({ index: need, next: 0, broken: false });
      } else if (state[need] === 'open') {
        top.broken = true;
        const indices = path.map(({ index }) => index);
        cycles.push(indices.slice(indices.indexOf(need)));
      } else if (state[need] === 'broken') {
        top.broken = true;
      }
    }
  }
  return { order, cycles };
}

/**
 * The number of every parameter of a network, by name.
 *
 * @param overrides numbers that take the place of the network's own values
 * @throws RangeError when an override names no parameter or is not finite, or the parameters refer to each other in
 * a cycle or to an unknown one (which a network from `parseNetwork` or `networkBuilder` never does)
 */
export function parameterValues(
  network: Pick<Network, 'parameters'>,
  overrides: Readonly<Record<string, number>> = {},
): Map<string, number> {
  const known = new Set(network.parameters.map(({ name }) => name));
  const given = new Map(Object.entries(overrides));
  for (const [name, value] of given) {
    if (!known.has(name)) {
      const list = known.size > 0 ? [...known].slice(0, 50).map(showName).join(', ') : 'none';
      throw new RangeError(`unknown parameter ${showName(name)}; the network has ${list}`);
    }
    if (!Number.isFinite(value)) {
      throw new RangeError(`the parameter ${showName(name)} must be a finite number, not ${value}`);
    }
  }
  const parameters = network.parameters.filter(({ name }) => !given.has(name));
  const { order, cycles } = orderParameters(parameters);
  if (cycles.length > 0) {
    const names = cycles[0]!.map((index) => showName(parameters[index]!.name));
    throw new RangeError(`the parameters ${names.join(' → ')} refer to each other`);
  }
  for (const index of order) {
    const { name, value } = parameters[index]!;
    given.set(name, evaluateExpression(value, given));
  }
  return new Map(network.parameters.map(({ name }) => [name, given.get(name)!]));
}

/** How tightly a node holds together; a part that holds less than its place asks for stands in parentheses. */
const strength = { sum: 1, product: 2, sign: 3, power: 4, whole: 5 };

function strengthOf(expression: Expression): number {
  if (expression.kind === 'negate') return strength.sign;
  if (expression.kind === 'number') {
    return expression.value < 0 || Object.is(expression.value, -0) ? strength.sign : strength.whole;
  }
  if (expression.kind !== 'binary') return strength.whole;
  if (expression.operator === '^') return strength.power;
  return expression.operator === '*' || expression.operator === '/' ? strength.product : strength.sum;
}

/**
 * The text of a constant, with no more parentheses than reading it back to the same tree needs. Numbers keep all
 * their digits.
 *
 * @throws RangeError for a parameter's name that no text can hold
 */
export function printExpression(expression: Expression): string {
  return printPart(expression, strength.sum);
}

/** The text of a constant as a factor before `*`. */
export function printFactor(expression: Expression): string {
  return printPart(expression, strength.product);
}

function printPart(expression: Expression, least: number): string {
  const text = printNode(expression);
  return strengthOf(expression) < least ? `(${text})` : text;
}

function printNode(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return printNumber(expression.value);
    case 'parameter':
      return printName(expression.name);
    case 'negate': {
      // `-2` reads as one number, so the sign of a positive number keeps its distance.
      const operand = printPart(expression.operand, strength.sign);
      return expression.operand.kind === 'number' && !operand.startsWith('-')
        ? `-(${operand})`
        : `-${operand}`;
    }
    case 'call':
      return `${expression.name}(${printExpression(expression.argument)})`;
    case 'binary': {
      const { operator, left, right } = expression;
      if (operator === '^') return `${printPart(left, strength.whole)}^${printPart(right, strength.sign)}`;
      if (operator === '+' || operator === '-') {
        return `${printPart(left, strength.sum)} ${operator} ${printPart(right, strength.product)}`;
      }
      const before = printPart(left, strength.product);
      const after = printPart(right, strength.sign);
      // After a rail sign `*` may follow directly, `/` may not.
      return operator === '/' && /[+-]$/.test(before)
        ? `${before} / ${after}`
        : `${before}${operator}${after}`;
    }
  }
}

/** A number with all its digits, as texts write it. */
export const printNumber = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));
