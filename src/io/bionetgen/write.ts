import { orderParameters } from '../../network/expression.js';
import type { Expression, Network, SpeciesTerm } from '../../network/model.js';
import { printReaction } from '../../network/print.js';
import { elementary, isWhole } from '../elementary.js';
import { digits, type FormulaStyle, writeFormula } from '../formula.js';
import { Identifiers, plainIdentifier, spell } from '../identifiers.js';
import { reportAbilities } from '../report.js';
import { type Writing, writer } from '../writer.js';

const title = 'BioNetGen .net';

/** Names that BioNetGen gives a meaning. */
const reserved = new Set([
  'time',
  't',
  'exp',
  'ln',
  'log10',
  'log2',
  'sqrt',
  'if',
  'rint',
  'abs',
  'min',
  'max',
  '_pi',
  '_e',
]);

/** Species as BioNetGen writes them: molecules with their sites, joined by points. */
const molecule = String.raw`[A-Za-z_]\w*\([^\s()#]*\)(?:@\w+)?`;
const pattern = new RegExp(String.raw`^(?:@\w+::?)?${molecule}(?:\.${molecule})*$`);

/** Most molecules of one kind that a reaction takes or makes: each is written by itself. */
const mostMolecules = 1000;

export const writeNet = writer(title, (writing) => new NetWriter(writing).write());

class NetWriter {
  private readonly network: Network;
  private readonly names: Map<string, string>;
  private readonly style: FormulaStyle;
  private readonly made: string[] = [];
  private readonly constants = new Map<string, string>();
  private readonly identifiers: Identifiers;
  private readonly species: Identifiers;

  constructor(private readonly writing: Writing) {
    const { network } = writing;
    this.network = network;
    this.identifiers = new Identifiers({ legal: plainIdentifier, reserved });
    this.species = new Identifiers({ legal: pattern });
    const parameters = network.parameters.map(({ name }) => name);
    const written = this.identifiers.take(parameters);
    this.names = new Map(parameters.map((name, i) => [name, written[i]!]));
    this.style = {
      power: '^',
      functions: { exp: 'exp', ln: 'ln', sqrt: 'sqrt' },
      number: digits,
      name: (parameter) => this.names.get(parameter)!,
    };
  }

  write(): string {
    const { network, writing } = this;
    reportAbilities(network, { observables: true, amounts: true }, writing.report);
    const parameters = orderParameters(network.parameters).order.map((index) => {
      const { name, value } = network.parameters[index]!;
      return `${this.names.get(name)}  ${writeFormula(value, this.style)}`;
    });
    const names = this.species.take(
      network.species.map(({ name }) => name),
      (name) => (plainIdentifier.test(name) ? `${name}()` : `${spell(name)}()`),
    );
    const species = network.species.map(
      ({ initial, constant }, i) =>
        `${constant ? fixed(names[i]!) : names[i]} ${this.constant(initial, '_init')}`,
    );
    const reactions = this.reactions();
    const groups = this.groups();
    const unit = this.unit();
    const comments = writing.report.finish();
    const table = [...this.identifiers.table, ...this.species.table];
    if (table.length > 0)
      comments.push('Names that are spelt otherwise here:', ...table.map((line) => `  ${line}`));
    return [
      `# ${writing.name.replace(/\s+/g, ' ')}, written by neural-crn`,
      ...comments.map((line) => `# ${line}`),
      `substanceUnits("${unit}");`,
      ...block('parameters', [...parameters, ...this.made]),
      ...block('species', species),
      ...block('reactions', reactions),
      ...(groups.length > 0 ? block('groups', groups) : []),
      '',
    ].join('\n');
  }

  private unit(): 'Number' | 'Concentration' {
    const { species } = this.network;
    const amounts = species.filter(({ quantity }) => quantity === 'amount').length;
    if (amounts > 0 && amounts < species.length) {
      this.writing.report.note(
        'amounts',
        'some numbers are amounts and some concentrations; the file calls all of them concentrations',
      );
    }
    return amounts === species.length && amounts > 0 ? 'Number' : 'Concentration';
  }

  private reactions(): string[] {
    const { network, writing } = this;
    return network.reactions.flatMap((reaction, index) => {
      const plain = elementary(network, reaction);
      if (plain === null || !isWhole(plain)) {
        const why =
          plain === null ? 'its rate is not that of its reactants' : 'a stoichiometry is no whole number';
        writing.report.lose(
          'rateLaw',
          `the reaction \`${printReaction(network, index)}\` cannot be said: ${why}`,
        );
        return [];
      }
      const sides = [plain.reactants, plain.products].map(numbers);
      const label = reaction.label === null ? '' : ` #${reaction.label}`;
      return [`${sides.join(' ')} ${this.constant(reaction.rate, '_rateLaw')}${label}`];
    });
  }

  /**
   * A constant where BioNetGen's simulator wants a parameter, a number, or a number times a parameter. Others become
   * parameters.
   */
  private constant(expression: Expression, base: string): string {
    if (expression.kind === 'number') return digits(expression.value);
    const text = writeFormula(expression, this.style);
    if (expression.kind === 'parameter') return text;
    if (
      base === '_rateLaw' &&
      expression.kind === 'binary' &&
      expression.operator === '*' &&
      expression.left.kind === 'number' &&
      expression.right.kind === 'parameter'
    ) {
      return text;
    }
    const known = this.constants.get(text);
    if (known !== undefined) return known;
    const name = this.identifiers.fresh(`${base}${this.constants.size + 1}`);
    this.constants.set(text, name);
    this.made.push(`${name}  ${text}`);
    return name;
  }

  private groups(): string[] {
    const { network } = this;
    const identifiers = new Identifiers({ legal: plainIdentifier, reserved }, [
      ...this.names.values(),
      ...this.constants.values(),
    ]);
    const observables = network.observables ?? [];
    const names = identifiers.take(observables.map(({ name }) => name));
    if (
      observables.some(({ terms }) => terms.some(({ value }) => !(Number.isInteger(value) && value >= 0)))
    ) {
      this.writing.report.note(
        'weights',
        'weights of groups that are negative or no whole numbers are not what BioNetGen itself writes',
      );
    }
    this.identifiers.changed.push(...identifiers.changed);
    return observables.map(({ terms }, i) => `${names[i]} ${terms.map(weighted).join(',')}`.trimEnd());
  }
}

const weighted = ({ species, value }: SpeciesTerm): string =>
  value === 1 ? String(species + 1) : `${digits(value)}*${species + 1}`;

/** `$` stands before the molecules, behind a compartment. */
const fixed = (name: string): string => name.replace(/^(@\w+::?)?/, '$1$$');

function numbers(terms: readonly SpeciesTerm[]): string {
  const list = terms.flatMap(({ species, value }) => {
    if (value > mostMolecules)
      throw new RangeError(`a reaction has ${value} of one species, which are too many to write`);
    return Array.from({ length: value }, () => species + 1);
  });
  return list.length === 0 ? '0' : list.join(',');
}

const block = (name: string, lines: readonly string[]): string[] => [
  `begin ${name}`,
  ...lines.map((line, i) => `    ${i + 1} ${line}`),
  `end ${name}`,
];
