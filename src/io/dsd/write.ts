import { evaluateExpression, parameterValues, printExpression } from '../../network/expression.js';
import type { Expression, Network, Reaction, SpeciesTerm } from '../../network/model.js';
import { printReaction } from '../../network/print.js';
import { digits, type FormulaStyle, writeFactor, writeFormula } from '../formula.js';
import { Identifiers } from '../identifiers.js';
import { reportAbilities } from '../report.js';
import { runsAll, timetable } from '../timetable.js';
import { type Writing, writer } from '../writer.js';

const title = 'Visual DSD / CRN engine';

const reserved = new Set([
  'init',
  'constant',
  'directive',
  'module',
  'new',
  'def',
  'system',
  'if',
  'then',
  'else',
  'true',
  'false',
  'exp',
  'log',
  'sqrt',
  'time',
  'spatial',
  'event',
]);

export const writeDsd = writer(title, (writing) => new DsdWriter(writing).write());

class DsdWriter {
  private readonly network: Network;
  private readonly identifiers = new Identifiers({ legal: /^[A-Za-z][A-Za-z0-9_]*$/, reserved });
  private readonly species: string[];
  private readonly parameters: string[];
  private readonly style: FormulaStyle;
  private readonly values: ReadonlyMap<string, number>;

  constructor(private readonly writing: Writing) {
    const { network } = writing;
    this.network = network;
    this.values = parameterValues(network);
    this.species = this.identifiers.take(network.species.map(({ name }) => name));
    this.parameters = this.identifiers.take(network.parameters.map(({ name }) => name));
    const names = new Map(network.parameters.map(({ name }, i) => [name, this.parameters[i]!]));
    this.style = {
      power: '^',
      functions: { exp: 'exp', ln: 'log', sqrt: 'sqrt' },
      number: digits,
      name: (parameter) => names.get(parameter)!,
    };
  }

  write(): string {
    const { network, writing } = this;
    const { report } = writing;
    const edges = this.edges();
    reportAbilities(network, { schedule: edges !== null, observables: true, directives: true }, report);
    const { atolBySpecies, method, save } = network.simulation;
    if (atolBySpecies || method || save?.kind === 'log') {
      report.note(
        'directives',
        'methods, tolerances of single species and logarithmic grids have no place here',
      );
    }
    const statements = [...this.initials(), ...this.doses(edges ?? []), ...this.reactions()];
    const directives = this.directives();
    const { table } = this.identifiers;
    const comments = report.finish();
    if (table.length > 0)
      comments.push('Names that are spelt otherwise here:', ...table.map((line) => `  ${line}`));
    return [
      `// ${writing.name.replace(/\s+/g, ' ')}, written by neural-crn`,
      ...comments.map((line) => `// ${line}`),
      ...directives,
      '',
      statements.join(' |\n'),
      '',
    ].join('\n');
  }

  /** The doses of the schedule where it is nothing but doses that add, else null. */
  private edges(): ReturnType<typeof timetable> {
    const { network } = this;
    const added = network.doses.every(({ mode, at }) => at.kind === 'level' || mode === 'add');
    if (!added || !runsAll(network) || network.phases.some(({ when }) => when)) return null;
    return timetable(network);
  }

  private directives(): string[] {
    const { network, values } = this;
    const { to, save, rtol, atol } = network.simulation;
    const once = network.phases.reduce((sum, { duration }) => sum + evaluateExpression(duration, values), 0);
    const final = to ? evaluateExpression(to, values) : once > 0 ? once : undefined;
    const settings = [
      ...(final === undefined ? [] : [`final=${digits(final)}`]),
      `points=${save?.kind === 'uniform' ? save.intervals : 200}`,
      'kinetics=Deterministic',
    ];
    const deterministic = [
      'stiff=true',
      `reltolerance=${digits(rtol ?? 1e-6)}`,
      `abstolerance=${digits(atol ?? 1e-9)}`,
    ];
    const rates = (network.observables ?? []).map(({ name, terms }) => [name, this.sum(terms)] as const);
    const names = this.identifiers.take(rates.map(([name]) => name));
    const computed = network.parameters.filter(({ value }) => value.kind !== 'number');
    if (computed.length > 0) {
      this.writing.report.note(
        'computedParameters',
        'parameters are numbers here; these were computed from others',
        computed.map(({ name, value }) => `${name} = ${printExpression(value)}`),
      );
    }
    const parameters = network.parameters.map(
      ({ name }, i) => `  ${this.parameters[i]} = ${digits(values.get(name)!)}`,
    );
    return [
      `directive simulation { ${settings.join('; ')} }`,
      'directive simulator deterministic',
      `directive deterministic { ${deterministic.join('; ')} }`,
      ...(parameters.length > 0 ? [`directive parameters [\n${parameters.join(';\n')}\n]`] : []),
      ...(rates.length > 0
        ? [`directive rates [\n${rates.map(([, sum], i) => `  ${names[i]} = ${sum}`).join(';\n')}\n]`]
        : []),
    ];
  }

  private sum(terms: readonly SpeciesTerm[]): string {
    if (terms.length === 0) return '0.0';
    return terms
      .map(
        ({ species, value }) =>
          `${value < 0 ? `(${digits(value)})` : digits(value)}*[${this.species[species]}]`,
      )
      .join(' + ');
  }

  private initials(): string[] {
    return this.network.species.map(
      ({ initial, constant }, i) =>
        `init ${constant ? 'constant ' : ''}${this.species[i]} ${this.value(initial)}`,
    );
  }

  private doses(
    edges: readonly { time: number; doses: readonly { species: number; amount: Expression }[] }[],
  ): string[] {
    return edges.flatMap(({ time, doses }) =>
      doses.map(
        ({ species, amount }) => `init ${this.species[species]} ${this.value(amount)} @ ${digits(time)}`,
      ),
    );
  }

  /** Values know no functions, and no sign in front. */
  private value(expression: Expression): string {
    const text = writeFormula(expression, this.style);
    if (!/[(-]/.test(text) && !text.includes('^')) return text;
    return digits(evaluateExpression(expression, this.values));
  }

  private reactions(): string[] {
    const { network, writing } = this;
    return network.reactions.flatMap((reaction, index) => {
      const { reactants, products, label } = reaction;
      if (![...reactants, ...products].every(({ value }) => Number.isInteger(value))) {
        const shown = printReaction(network, index);
        writing.report.lose(
          'stoichiometry',
          `the reaction \`${shown}\` has a stoichiometry that is no whole number`,
        );
        return [];
      }
      const comment = label === null ? '' : `// ${label}\n`;
      const sides = [reactants, products].map((terms) => this.side(terms));
      return [`${comment}${sides[0]} ->${this.rate(reaction)} ${sides[1]}`.trim()];
    });
  }

  private side(terms: readonly SpeciesTerm[]): string {
    return terms
      .map(({ species, value }) =>
        value === 1 ? this.species[species]! : `${digits(value)}${this.species[species]}`,
      )
      .join(' + ');
  }

  private rate({ law, rate, orders }: Reaction): string {
    if (law === 'massAction') return `{${this.value(rate)}}`;
    const powers = orders.map(({ species, value }) => {
      const name = `[${this.species[species]}]`;
      return value === 1 ? name : `${name}^${digits(value)}`;
    });
    const constant = writeFactor(rate, this.style);
    return `[${[/\w\(/.test(constant) ? digits(evaluateExpression(rate, this.values)) : constant, ...powers].join('*')}]`;
  }
}
