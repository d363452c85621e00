import { evaluateExpression, mostLevels, orderParameters, surveyExpression } from './expression.js';
import type { IssueList } from './issues.js';
import type { Expression, Network, SourceSpan } from './model.js';
import { showName } from './names.js';
import { suggest } from './nearest.js';
import type { Places } from './places.js';

/** True for a number that a concentration or a rate constant may be. */
export const isAmount = (value: number): boolean => value >= 0 && value < Infinity;

/** `negative` or `nonFinite`, for the code of an issue about a number that is no amount. */
export const faultOf = (value: number): 'negative' | 'nonFinite' =>
  value < 0 && value > -Infinity ? 'negative' : 'nonFinite';

/**
 * Evaluates the constants of a network, reporting what makes one meaningless: an unknown parameter, parameters that
 * refer to each other, a parameter that is not finite. What depends on a reported fault is passed over, so that one
 * mistake is told once.
 */
export class Values {
  private readonly known: Set<string>;
  private readonly numbers = new Map<string, number>();
  private speciesNames: Set<string> | null = null;

  constructor(
    private readonly network: Network,
    private readonly places: Places,
    private readonly issues: IssueList,
  ) {
    const { parameters } = network;
    this.known = new Set(parameters.map(({ name }) => name));
    const { order, cycles } = orderParameters(parameters);
    for (const cycle of cycles) {
      const names = [...cycle, cycle[0]!].slice(0, 8).map((index) => showName(parameters[index]!.name));
      const { span } = parameters[cycle[0]!]!;
      const message =
        cycle.length === 1
          ? `the parameter ${names[0]} refers to itself`
          : `the parameters refer to each other: ${names.join(' → ')}${cycle.length > 7 ? ' …' : ''}`;
      issues.error({ code: 'cyclicParameter', message, at: span });
    }
    const ordered = new Set(order);
    for (const [index, { name, value, span }] of parameters.entries()) {
      // A member of a cycle has no number, but the names it uses are checked like any other's.
      if (!ordered.has(index)) this.evaluate(value, () => `the parameter ${showName(name)}`, span);
    }
    for (const index of order) {
      const { name, value, span } = parameters[index]!;
      const number = this.evaluate(value, () => `the parameter ${showName(name)}`, span);
      if (number === null) continue;
      if (Number.isFinite(number)) {
        this.numbers.set(name, number);
        continue;
      }
      const message = `the parameter ${showName(name)} is ${number}, but it must be finite`;
      issues.error({ code: 'nonFiniteParameter', message, at: this.placeOf(value, span) });
    }
  }

  /** Where a part stands, or else the statement it belongs to. */
  placeOf(part: object | string, statement: SourceSpan | undefined): SourceSpan | undefined {
    return this.places.get(part) ?? statement;
  }

  /**
   * The value of a constant, or null when an issue says why there is none.
   *
   * @param what the constant's name in a message
   */
  evaluate(expression: Expression, what: () => string, statement: SourceSpan | undefined): number | null {
    if (expression.kind === 'number') return expression.value;
    const { parameters, levels } = surveyExpression(expression);
    if (levels > mostLevels) {
      const message = `${what()} is nested deeper than ${mostLevels} levels`;
      this.issues.error({ code: 'expressionTooDeep', message, at: this.placeOf(expression, statement) });
      return null;
    }
    let complete = true;
    for (const node of parameters) {
      if (this.numbers.has(node.name)) continue;
      complete = false;
      if (this.known.has(node.name)) continue;
      this.issues.error({
        code: 'unknownParameter',
        message: `unknown parameter ${showName(node.name)} in ${what()}`,
        hint: this.hintFor(node.name),
        at: this.placeOf(node, this.placeOf(expression, statement)),
        about: node.name,
      });
    }
    return complete ? evaluateExpression(expression, this.numbers) : null;
  }

  private hintFor(name: string): string | undefined {
    this.speciesNames ??= new Set(this.network.species.map((species) => species.name));
    if (this.speciesNames.has(name)) {
      return `\`${name}\` is a species; a rate that depends on species is written \`A -> B [rate k*A]\``;
    }
    return suggest(name, this.known, `define it with \`param ${name} = …\``);
  }
}
