import { mostLevels } from '../../network/expression.js';
import type { Expression } from '../../network/model.js';
import { showName } from '../../network/names.js';
import type { Token, Tokens } from '../../reading/tokens.js';
import { keyMark } from './words.js';

/** Largest formula that rates may make of each other. */
const mostNodes = 100_000;

/** Puts rates into formulas where `[name]` is one; `[X]` of a species becomes its name. */
export class Keys {
  private nodes = 0;

  constructor(
    private readonly tokens: Tokens,
    private readonly rates: ReadonlyMap<string, { value: Expression; token: Token }>,
  ) {}

  /** @throws Refused for rates that refer to each other or make a formula too large */
  resolve(expression: Expression, at: Token): Expression {
    this.nodes = 0;
    return this.walk(expression, at, [], 1);
  }

  private walk(node: Expression, at: Token, inside: readonly string[], depth: number): Expression {
    if (++this.nodes > mostNodes || depth > mostLevels) {
      this.tokens.refuse('tooLarge', 'the rates make a formula that is too large', at);
    }
    const deeper = (part: Expression) => this.walk(part, at, inside, depth + 1);
    switch (node.kind) {
      case 'number':
        return node;
      case 'parameter':
        return node.name.startsWith(keyMark) ? this.key(node.name.slice(1), at, inside, depth) : node;
      case 'negate':
        return { kind: 'negate', operand: deeper(node.operand) };
      case 'call':
        return { ...node, argument: deeper(node.argument) };
      case 'binary':
        return { ...node, left: deeper(node.left), right: deeper(node.right) };
    }
  }

  private key(name: string, at: Token, inside: readonly string[], depth: number): Expression {
    const rate = this.rates.get(name);
    if (!rate) return { kind: 'parameter', name };
    if (inside.includes(name)) {
      this.tokens.refuse('cyclicRate', `the rate ${showName(name)} refers to itself`, rate.token);
    }
    return this.walk(rate.value, at, [...inside, name], depth);
  }
}
