import { surveyExpression } from '../../network/expression.js';
import { IssueList } from '../../network/issues.js';
import type { Expression, Network, Parameter, SourceSpan, SpeciesTerm } from '../../network/model.js';
import { showName } from '../../network/names.js';
import { Places } from '../../network/places.js';
import { checkNetwork } from '../../network/validate.js';
import { readExpressionOf } from '../../reading/expressions.js';
import { cut, Refused, Tokens } from '../../reading/tokens.js';
import type { ReadResult } from '../format.js';
import { formulaDialect, formulaWords } from './formulas.js';
import { linesOf, type NetLine } from './lines.js';

/** Blocks that say how a network came about; reactions and groups say all that a run needs. */
const origins = new Set([
  'molecule types',
  'observables',
  'reaction rules',
  'seed species',
  'compartments',
  'energy patterns',
  'population maps',
  'model',
  'actions',
]);

/** Rate laws that BioNetGen writes as a word and parameters. */
const otherLaws = /^(?:MM|Sat|Hill|Arrhenius|FunctionProduct)\s+\w/;

/** Reads a network that BioNetGen has generated (`.net`). */
export function readNet(text: string): ReadResult {
  return new NetReader(text).read();
}

class NetReader {
  private readonly issues = new IssueList();
  private readonly places = new Places();
  private readonly network: Network = {
    species: [],
    parameters: [],
    reactions: [],
    phases: [],
    doses: [],
    simulation: {},
  };
  /** Places in `network.species` by the file's numbers. */
  private readonly speciesByNumber = new Map<string, number>();
  private readonly functions = new Map<string, Parameter>();
  private readonly rates = new Map<string, Expression | null>();
  private readonly groups: { name: string; terms: SpeciesTerm[]; span: SourceSpan }[] = [];
  private concentrations = false;

  constructor(private readonly text: string) {}

  read(): ReadResult {
    for (const line of linesOf(this.text)) {
      if (this.issues.overflowed) break;
      try {
        this.line(line);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        this.issues.error({ ...error.finding, at: error.finding.at ?? line.place(0) });
      }
    }
    const { network, issues } = this;
    if (!issues.overflowed) {
      if (network.species.length === 0 && !issues.hasErrors) {
        const hint = 'a .net file has a block `begin species … end species`';
        issues.error({
          code: 'noSpecies',
          message: 'the file has no species',
          hint,
          at: { line: 1, column: 1 },
        });
      }
      this.addFunctions();
      this.addGroups();
      if (!this.concentrations) for (const species of network.species) species.quantity = 'amount';
      checkNetwork(network, this.places, issues);
    }
    // Every species of a file is generated or declared, so that one which nothing uses is not misspelt.
    const told = issues.list().filter(({ code }) => code !== 'unusedSpecies');
    return { network: issues.hasErrors ? null : network, issues: told };
  }

  private line(line: NetLine): void {
    const { block, content, problem } = line;
    if (problem !== null) line.refuse('malformedBlock', problem, 0);
    switch (block) {
      case null:
        this.outside(line);
        return;
      case 'parameters':
        this.parameter(line);
        return;
      case 'functions':
        this.function(line);
        return;
      case 'species':
        this.species(line);
        return;
      case 'reactions':
        this.reaction(line);
        return;
      case 'groups':
        this.group(line);
        return;
      default:
        if (origins.has(block) || content === '') return;
        line.refuse('unknownBlock', `the block ${showName(block)} is not supported`, 0);
    }
  }

  private outside(line: NetLine): void {
    const units = /^substanceUnits\s*\(\s*"(\w+)"\s*\)\s*;?$/.exec(line.content);
    if (units) this.concentrations = units[1] === 'Concentration';
    else if (!/^(?:setOption|version)\s*\(/.test(line.content)) {
      const message = `${showName(cut(line.content))} stands in no block and is passed over`;
      this.issues.warning({ code: 'unknownLine', message, at: line.place(0) });
    }
  }

  private parameter(line: NetLine): void {
    const [name, rest] = this.named(line, 'a parameter');
    const value = this.formula(line, rest);
    this.network.parameters.push({ name, value, span: line.place(0) });
  }

  /** A function without arguments. Those that depend on parameters alone are parameters. */
  private function(line: NetLine): void {
    const [name, rest] = this.named(line, 'a function');
    const value = this.formula(line, rest);
    this.functions.set(name, { name, value, span: line.place(0) });
  }

  /** The name at the beginning of a line, after a number that counts, and where the rest begins. */
  private named(line: NetLine, what: string): [name: string, rest: number] {
    const match = /^(?:\d+\s+)?([A-Za-z_]\w*)(?:\(\s*\))?\s*(?:=|(?=\s)|$)\s*/.exec(line.content);
    if (!match) line.refuse('unexpectedText', `expected a number, the name of ${what} and its value`, 0);
    return [match[1]!, match[0].length];
  }

  private species(line: NetLine): void {
    const match = /^(\d+)\s+(\S+)\s+/.exec(`${line.content} `);
    if (!match) line.refuse('unexpectedText', 'expected a number, a species and its value', 0);
    const [whole, number, pattern] = match as unknown as [string, string, string];
    if (this.speciesByNumber.has(number)) {
      line.refuse('duplicateSpecies', `the species number ${number} is given twice`, 0);
    }
    // A fixed species: `$A()`, with a compartment `@c::$A()`.
    const name = pattern.replace(/^(@\w+::?)?\$/, '$1');
    const initial = this.formula(line, Math.min(whole.length, line.content.length));
    this.speciesByNumber.set(number, this.network.species.length);
    this.network.species.push({ name, initial, constant: name !== pattern, span: line.place(0) });
  }

  private reaction(line: NetLine): void {
    const match = /^(\d+)\s+(\S+)\s+(\S+)\s+(\S.*)$/.exec(line.content);
    if (!match) line.refuse('unexpectedText', 'expected a number, reactants, products and a rate', 0);
    const [whole, number, left, right, law] = match as unknown as [string, string, string, string, string];
    if (otherLaws.test(law)) {
      const hint = 'only rates k·∏ species are read, as elementary reactions have them';
      line.refuse(
        'rateLaw',
        `the rate law of reaction ${number} (${showName(cut(law))}) is not supported`,
        whole.length - law.length,
        hint,
      );
    }
    const reactants = this.side(line, left, whole.indexOf(left, number.length));
    const products = this.side(line, right, whole.length - law.length - right.length);
    const rate = this.rate(line, law, whole.length - law.length);
    if (rate === null) return;
    const orders = reactants.map((term) => ({ ...term }));
    const span = line.place(0);
    this.network.reactions.push({ label: null, reactants, products, orders, rate, law: 'massAction', span });
  }

  /** `1,2,2`; `0` for nothing. */
  private side(line: NetLine, list: string, column: number): SpeciesTerm[] {
    const terms: SpeciesTerm[] = [];
    if (list === '0') return terms;
    for (const number of list.split(',')) {
      const species = this.speciesOf(line, number, column);
      const same = terms.find((term) => term.species === species);
      if (same) same.value++;
      else terms.push({ species, value: 1 });
    }
    return terms;
  }

  private speciesOf(line: NetLine, number: string, column: number): number {
    const index = this.speciesByNumber.get(number);
    if (index !== undefined) return index;
    const known = /^\d+$/.test(number)
      ? `there is no species number ${number}`
      : `${showName(number)} is no number of a species`;
    line.refuse('unknownSpecies', known, column);
  }

  /** Many reactions share a rate, which is read once. Null when it has been refused before. */
  private rate(line: NetLine, law: string, column: number): Expression | null {
    const known = this.rates.get(law);
    if (known !== undefined) return known;
    this.rates.set(law, null);
    const rate = this.formula(line, column);
    this.rates.set(law, rate);
    return rate;
  }

  /** The formula from a column to the end of the line. */
  private formula(line: NetLine, column: number): Expression {
    const tokens = new Tokens(line.content.slice(column), formulaWords);
    const note = (node: Expression, { start }: { start: number }) => {
      const { line: row, column: at } = line.place(column + start);
      this.places.note(node, row, at);
    };
    try {
      const expression = readExpressionOf(tokens, { ...formulaDialect, note });
      if (!tokens.atEnd) tokens.expected('an operator or the end of the line');
      return expression;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { start } = tokens.token;
      throw new Refused({ ...error.finding, at: line.place(column + start) });
    }
  }

  private group(line: NetLine): void {
    const match = /^(\d+)\s+(\S+)\s*/.exec(line.content);
    if (!match) line.refuse('unexpectedText', 'expected a number, the name of a group and its species', 0);
    const [whole, , name] = match as unknown as [string, string, string];
    const list = line.content.slice(whole.length);
    const terms = new Map<number, SpeciesTerm>();
    for (const entry of list.split(/[\s,]+/).filter((text) => text !== '')) {
      const weighted = /^(?:([-+.\deE]+)\*)?(\d+)$/.exec(entry);
      const weight = weighted?.[1] === undefined ? 1 : Number(weighted[1]);
      if (!weighted || !Number.isFinite(weight)) {
        line.refuse(
          'unexpectedText',
          `expected \`species\` or \`weight*species\`, found ${showName(entry)}`,
          line.content.indexOf(entry, whole.length),
        );
      }
      const species = this.speciesOf(line, weighted[2]!, line.content.indexOf(entry, whole.length));
      const same = terms.get(species);
      if (same) same.value += weight;
      else terms.set(species, { species, value: weight });
    }
    this.groups.push({ name, terms: [...terms.values()], span: line.place(0) });
  }

  /** Functions of parameters alone become parameters; a rate that uses another cannot be read. */
  private addFunctions(): void {
    const { functions, network, issues } = this;
    if (functions.size === 0) return;
    const constant = new Set(network.parameters.map(({ name }) => name));
    const open = new Map(functions);
    for (let before = -1; before !== open.size; ) {
      before = open.size;
      for (const [name, one] of open) {
        if (!surveyExpression(one.value).parameters.every((node) => constant.has(node.name))) continue;
        open.delete(name);
        constant.add(name);
        network.parameters.push(one);
      }
    }
    const used = new Map<string, SourceSpan | undefined>();
    for (const { rate, span } of network.reactions) {
      for (const node of surveyExpression(rate).parameters)
        if (!used.has(node.name)) used.set(node.name, span);
    }
    for (const [name, { span }] of open) {
      if (used.has(name)) {
        const message = `the function ${showName(name)}, which is no constant, stands in a rate`;
        const hint = 'only rates k·∏ species are read, with constants of parameters and numbers';
        issues.error({ code: 'functionalRate', message, hint, at: used.get(name) });
        issues.suspects.add(name);
      } else {
        const message = `the function ${showName(name)} is no constant and is left out; no reaction uses it`;
        issues.warning({ code: 'functionLeftOut', message, at: span });
      }
    }
  }

  /** Observables and species are columns of one table, so that no two may have one name. */
  private addGroups(): void {
    const { network, issues } = this;
    const species = new Map(network.species.map(({ name }, index) => [name, index]));
    const taken = new Set([...species.keys(), ...this.groups.map(({ name }) => name)]);
    for (const { name, terms, span } of this.groups) {
      network.observables ??= [];
      const same = species.get(name);
      if (same === undefined) {
        network.observables.push({ name, terms, span });
        continue;
      }
      let other = `${name}_group`;
      for (let i = 2; taken.has(other); i++) other = `${name}_group${i}`;
      taken.add(other);
      network.observables.push({ name: other, terms, span });
      const message = `the group ${showName(name)} is called like a species; it becomes the observable ${showName(other)}`;
      issues.warning({ code: 'renamed', message, at: span });
    }
  }
}
