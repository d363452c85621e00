/**
 * SBML Level 3 straight from the specification, for comparison: formulas are evaluated as they stand, species are amounts,
 * and events are watched in small steps. Shares nothing with the reader but the tree of the XML.
 */
import { readXml, type XmlElement } from '../../../src/io/sbml/xml.js';

type Values = Map<string, number>;

const child = (element: XmlElement, name: string) => element.children.find((one) => one.name === name);
const items = (model: XmlElement, list: string) => child(model, list)?.children ?? [];
const attribute = (element: XmlElement, name: string) => element.attributes.get(name)!;
const mathOf = (element: XmlElement) => child(element, 'math')!.children[0]!;

const operators: Record<string, (parts: number[]) => number> = {
  plus: (parts) => parts.reduce((a, b) => a + b, 0),
  times: (parts) => parts.reduce((a, b) => a * b, 1),
  minus: ([a, b]) => (b === undefined ? -a! : a! - b),
  divide: ([a, b]) => a! / b!,
  power: ([a, b]) => a! ** b!,
  root: ([a]) => Math.sqrt(a!),
  exp: ([a]) => Math.exp(a!),
  ln: ([a]) => Math.log(a!),
  gt: ([a, b]) => Number(a! > b!),
  lt: ([a, b]) => Number(a! < b!),
  geq: ([a, b]) => Number(a! >= b!),
  and: (parts) => Number(parts.every((part) => part !== 0)),
};

export function evaluate(element: XmlElement, values: Values): number {
  const { name, text, children } = element;
  switch (name) {
    case 'cn': {
      const [sep] = children;
      return sep ? Number(`${text.slice(0, sep.textBefore)}e${text.slice(sep.textBefore)}`) : Number(text);
    }
    case 'ci':
      return values.get(text.trim())!;
    case 'csymbol':
      return values.get('time')!;
    case 'piecewise': {
      const [piece, otherwise] = children as [XmlElement, XmlElement];
      const [value, condition] = piece.children as [XmlElement, XmlElement];
      return evaluate(evaluate(condition, values) !== 0 ? value : otherwise.children[0]!, values);
    }
    default: {
      const [head, ...parts] = children as [XmlElement, ...XmlElement[]];
      const operator = operators[head.name];
      if (operator === undefined) throw new Error(`the interpreter does not know <${head.name}>`);
      return operator(parts.map((part) => evaluate(part, values)));
    }
  }
}

interface Trigger {
  event: XmlElement;
  was: boolean;
}

/** One model with its state: values of all ids, species as formulas see them. */
export class Interpreter {
  readonly values: Values = new Map([['time', 0]]);
  readonly species: string[];
  private readonly model: XmlElement;
  private readonly sizes = new Map<string, number>();
  private readonly fixed = new Set<string>();
  private readonly triggers: Trigger[];

  /** @param last of events that are due together, the last is carried out first: their order is left open */
  constructor(
    text: string,
    private readonly last = false,
  ) {
    const root = readXml(text, ({ name }) => name === 'notes' || name === 'annotation');
    this.model = child(root, 'model')!;
    const { model, values } = this;
    for (const one of [...items(model, 'listOfCompartments'), ...items(model, 'listOfParameters')]) {
      values.set(attribute(one, 'id'), Number(one.attributes.get('size') ?? one.attributes.get('value')));
    }
    const assigned = items(model, 'listOfInitialAssignments');
    // As often as there are assignments: each may need the others.
    for (let i = 0; i < assigned.length; i++) {
      for (const one of assigned) values.set(attribute(one, 'symbol'), evaluate(mathOf(one), values));
    }
    this.species = items(model, 'listOfSpecies').map((one) => {
      const id = attribute(one, 'id');
      const size = values.get(attribute(one, 'compartment'))!;
      const substanceOnly = attribute(one, 'hasOnlySubstanceUnits') === 'true';
      this.sizes.set(id, substanceOnly ? 1 : size);
      const amount = Number(one.attributes.get('initialAmount') ?? Number.NaN);
      const concentration = Number(one.attributes.get('initialConcentration') ?? Number.NaN);
      const start = Number.isNaN(amount)
        ? concentration * (substanceOnly ? size : 1)
        : amount / (substanceOnly ? 1 : size);
      if (!values.has(id)) values.set(id, start);
      if (attribute(one, 'boundaryCondition') === 'true') this.fixed.add(id);
      return id;
    });
    this.assignRules();
    this.triggers = items(model, 'listOfEvents').map((event) => ({
      event,
      was: attribute(child(event, 'trigger')!, 'initialValue') === 'true',
    }));
    this.fire();
  }

  private assignRules(): void {
    for (const rule of items(this.model, 'listOfRules')) {
      this.values.set(attribute(rule, 'variable'), evaluate(mathOf(rule), this.values));
    }
  }

  /** Rates of change of the species' values. */
  derivative(): Map<string, number> {
    const change = new Map(this.species.map((id) => [id, 0]));
    for (const reaction of items(this.model, 'listOfReactions')) {
      const rate = evaluate(mathOf(child(reaction, 'kineticLaw')!), this.values);
      for (const [list, sign] of [
        ['listOfReactants', -1],
        ['listOfProducts', 1],
      ] as const) {
        for (const one of items(reaction, list)) {
          const id = attribute(one, 'species');
          if (this.fixed.has(id)) continue;
          const moved = sign * Number(attribute(one, 'stoichiometry')) * rate;
          change.set(id, change.get(id)! + moved / this.sizes.get(id)!);
        }
      }
    }
    return change;
  }

  /** Goes on by steps of this size, by the classical method of Runge and Kutta. */
  run(duration: number, step: number): void {
    const steps = Math.round(duration / step);
    const begin = this.values.get('time')!;
    for (let i = 1; i <= steps; i++) {
      this.step(step);
      this.values.set('time', begin + i * step);
      this.assignRules();
      this.fire();
    }
  }

  private step(h: number): void {
    const start = this.species.map((id) => this.values.get(id)!);
    const slopes: number[][] = [];
    for (const part of [0, 0.5, 0.5, 1]) {
      const last = slopes.at(-1);
      for (const [s, id] of this.species.entries()) {
        this.values.set(id, start[s]! + (last === undefined ? 0 : h * part * last[s]!));
      }
      const change = this.derivative();
      slopes.push(this.species.map((id) => change.get(id)!));
    }
    const [a, b, c, d] = slopes as [number[], number[], number[], number[]];
    for (const [s, id] of this.species.entries()) {
      this.values.set(id, start[s]! + (h * (a[s]! + 2 * b[s]! + 2 * c[s]! + d[s]!)) / 6);
    }
  }

  /** Carries out events until none is due: those of higher priority first, each on the values of the moment. */
  private fire(): void {
    const due = new Set<Trigger>();
    for (let round = 0; round < 100; round++) {
      for (const trigger of this.triggers) {
        const is = evaluate(mathOf(child(trigger.event, 'trigger')!), this.values) !== 0;
        if (is && !trigger.was) due.add(trigger);
        const persists = attribute(child(trigger.event, 'trigger')!, 'persistent') === 'true';
        if (!is && !persists) due.delete(trigger);
        trigger.was = is;
      }
      if (due.size === 0) return;
      const priority = ({ event }: Trigger) => evaluate(mathOf(child(event, 'priority')!), this.values);
      const inOrder = this.triggers.filter((trigger) => due.has(trigger));
      if (this.last) inOrder.reverse();
      const [next] = inOrder.sort((a, b) => priority(b) - priority(a));
      due.delete(next!);
      const assignments = items(next!.event, 'listOfEventAssignments');
      const results = assignments.map((one) => evaluate(mathOf(one), this.values));
      for (const [i, one] of assignments.entries()) this.values.set(attribute(one, 'variable'), results[i]!);
      this.assignRules();
    }
    throw new Error('events without end');
  }
}
