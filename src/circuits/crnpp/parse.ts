import type { Term } from '../../network/assemble-parts.js';
import { IssueList } from '../../network/issues.js';
import type { Expression, Issue, SourceSpan } from '../../network/model.js';
import { showName } from '../../network/names.js';
import { suggest } from '../../network/nearest.js';
import { type ExpressionDialect, readExpressionOf, usualFunctions } from '../../reading/expressions.js';
import { type Dialect, Refused, type Token, Tokens } from '../../reading/tokens.js';
import { checkProgram } from './check.js';
import {
  type Command,
  type Condition,
  type CrnppProgram,
  conditions,
  type ModuleName,
  modules,
} from './program.js';

/** Words of Mathematica, as far as programs are made of them. */
const dialect: Dialect = {
  name: /[A-Za-z$][A-Za-z0-9$]*/y,
  symbols: [':=', '*^', '->', '+', '-', '*', '/', '^', '(', ')', '[', ']', '{', '}', ',', ';', '=', '_'],
  block: ['(*', '*)'],
  strings: true,
};

const { exp, sqrt } = usualFunctions;

const formulas: ExpressionDialect = { functions: { exp, sqrt }, powers: ['^'] };

/** Deepest nesting of conditions. */
const deepest = 50;

const commandNames = [
  ...Object.keys(modules),
  'am',
  'cmp',
  ...conditions,
  'ifPresent',
  'ifAbsent',
  'rxn',
  'revrxn',
];

/** What has been read, and what was found wrong with it; the program is null if and only if an issue is an error. */
export interface ParsedProgram {
  program: CrnppProgram | null;
  issues: Issue[];
}

/**
 * Reads a CRN++ program: `crn = { conc[a, 30], step[{ ld[a, b], cmp[a, c] }], step[{ ifGT[{ … }] }] };`. Numbers may be
 * named before it: `a0 = 30;`. Never throws on text. Of a file with several programs the first is read, with a warning.
 */
export const parseCrnpp = (text: string): ParsedProgram => new CrnppParser(text).parse();

class CrnppParser {
  private readonly issues = new IssueList();
  private readonly tokens: Tokens;
  private readonly values: { name: string; value: Expression; at: SourceSpan }[] = [];
  private readonly concentrations: { species: string; value: Expression; at: SourceSpan }[] = [];
  private readonly always: Command[] = [];
  private readonly steps: Command[][] = [];
  /** Arguments of the function around the program: names without numbers. */
  private readonly wanted = new Map<string, Token>();

  constructor(text: string) {
    this.tokens = new Tokens(text, dialect);
  }

  parse(): ParsedProgram {
    const { issues, tokens } = this;
    this.attempt(() => {
      this.preamble();
      this.items();
      this.rest();
    });
    if (tokens.unclosed) {
      const at = tokens.placeOf(tokens.unclosed);
      issues.error({ code: 'unclosedComment', message: 'the comment that begins here does not end', at });
    }
    const { values, concentrations, always, steps } = this;
    const program: CrnppProgram = { values, concentrations, always, steps };
    if (!issues.hasErrors) checkProgram(program, new Set(this.wanted.keys()), issues);
    return { program: issues.hasErrors ? null : program, issues: issues.list() };
  }

  private attempt(work: () => void): boolean {
    try {
      work();
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.issues.error(error.finding);
      return false;
    }
  }

  /** All before `crn = {`: named numbers, and the names of a function's arguments. */
  private preamble(): void {
    const { tokens } = this;
    while (!tokens.atEnd) {
      if (tokens.isWord('crn') && tokens.peek().text === '=') {
        tokens.advance();
        tokens.advance();
        return;
      }
      const begins =
        tokens.previous === null || [';', '('].includes(tokens.previous.text) || tokens.onNewLine;
      if (begins && tokens.token.kind === 'name' && tokens.peek().text === '=') this.value();
      else if (tokens.token.kind === 'name' && tokens.peek().text === '_') this.argument();
      else tokens.advance();
    }
    const hint = 'a program is written `crn = { conc[a, 30], step[{ ld[a, b] }] }`';
    tokens.refuse('noProgram', 'there is no `crn = {`', { start: 0 }, hint);
  }

  /** `a0 = 30;` What is no formula is a statement of Mathematica that says nothing of the program. */
  private value(): void {
    const { tokens } = this;
    const name = tokens.advance();
    tokens.advance();
    const first = tokens.token;
    if (first.kind !== 'number' && first.kind !== 'name' && !tokens.is('(') && !tokens.is('-')) return;
    const value = this.formula();
    this.values.push({ name: name.text, value, at: tokens.placeOf(name) });
  }

  /** `a0_`, or with a default `a0_:30` */
  private argument(): void {
    const { tokens } = this;
    const name = tokens.advance();
    tokens.advance();
    if (tokens.token.text !== ':' || tokens.peek().kind !== 'number') {
      this.wanted.set(name.text, name);
      return;
    }
    tokens.advance();
    const value: Expression = { kind: 'number', value: tokens.advance().value };
    this.values.push({ name: name.text, value, at: tokens.placeOf(name) });
  }

  /** `{ item, item }`; a comma may stand behind the last. */
  private items(): void {
    this.braces(() => this.item());
  }

  private braces(read: () => void): void {
    const { tokens } = this;
    tokens.expect('{');
    while (!tokens.take('}')) {
      if (tokens.atEnd) tokens.expected('`}`');
      if (!this.attempt(read)) this.skipItem();
      if (!tokens.is('}') && !tokens.take(',')) tokens.expected('`,` or `}`');
    }
  }

  /** Goes on to the comma or brace behind an item that cannot be read. */
  private skipItem(): void {
    const { tokens } = this;
    let open = 0;
    while (!tokens.atEnd) {
      const { text } = tokens.token;
      if (open === 0 && (text === ',' || text === '}')) return;
      if (text === '[' || text === '{' || text === '(') open++;
      if (text === ']' || text === '}' || text === ')') open--;
      if (open < 0) return;
      tokens.advance();
    }
  }

  private item(): void {
    const { tokens } = this;
    const first = tokens.token;
    if (tokens.takeWord('conc')) {
      tokens.expect('[');
      const species = tokens.is('{') ? this.list() : [this.species()];
      tokens.expect(',');
      const value = this.formula();
      tokens.expect(']', 'an operator or `]`');
      for (const one of species) {
        this.concentrations.push({ species: one.text, value, at: tokens.placeOf(one) });
      }
    } else if (tokens.takeWord('step')) {
      tokens.expect('[');
      const commands = this.commands(0);
      tokens.expect(']');
      if (commands.length === 0) tokens.refuse('emptyStep', 'the step has no commands', first);
      this.steps.push(commands);
    } else {
      this.always.push(this.command(0));
    }
  }

  private commands(depth: number): Command[] {
    const commands: Command[] = [];
    this.braces(() => void commands.push(this.command(depth)));
    return commands;
  }

  private command(depth: number): Command {
    const { tokens } = this;
    const name = tokens.takeName('a command');
    const at = tokens.placeOf(name);
    const { text } = name;
    if (depth > deepest) tokens.refuse('tooDeep', `conditions are nested deeper than ${deepest}`, name);
    if (!commandNames.includes(text)) {
      const hint = suggest(text, [...commandNames, 'conc', 'step'], `there are ${commandNames.join(', ')}`);
      tokens.refuse('unknownCommand', `there is no command ${showName(text)}`, name, hint);
    }
    tokens.expect('[');
    const command = this.contents(text, depth);
    tokens.expect(']', '`]`');
    return { ...command, at };
  }

  /** What stands in a command's brackets. */
  private contents(name: string, depth: number): Command {
    const { tokens } = this;
    if (name === 'rxn' || name === 'revrxn') return this.reaction(name === 'revrxn');
    const condition = conditions.find((known) => known === name);
    if (condition) return { kind: 'if', condition: condition as Condition, body: this.commands(depth + 1) };
    if (name === 'ifPresent' || name === 'ifAbsent') {
      const species = name === 'ifPresent' ? this.side() : [];
      const absent = name === 'ifAbsent' ? this.species().text : '';
      tokens.expect(',');
      const body = this.commands(depth + 1);
      return name === 'ifPresent'
        ? { kind: 'present', species, body }
        : { kind: 'absent', species: absent, body };
    }
    if (name === 'am' || name === 'cmp') {
      const [one, other] = this.operands(2) as [string, string];
      return { kind: name, species: [one, other] };
    }
    const module = name as ModuleName;
    return { kind: 'module', module, species: this.operands(modules[module]) };
  }

  private operands(count: number): string[] {
    const species = [this.species().text];
    while (species.length < count) {
      this.tokens.expect(',', `\`,\` and another species: there must be ${count}`);
      species.push(this.species().text);
    }
    return species;
  }

  private reaction(reversible: boolean): Command {
    const { tokens } = this;
    const reactants = this.side();
    tokens.expect(',');
    const products = this.side();
    tokens.expect(',');
    const rate = this.formula();
    if (!reversible) return { kind: 'reaction', reactants, products, rate };
    tokens.expect(',');
    return { kind: 'reaction', reactants, products, rate, reverse: this.formula() };
  }

  /** `a + 2 b`; a number alone is nothing */
  private side(): Term[] {
    const { tokens } = this;
    const terms = new Map<string, Term>();
    const { token } = tokens;
    if (token.kind === 'number' && [',', ']'].includes(tokens.peek().text)) {
      tokens.advance();
      return [];
    }
    do {
      let value = 1;
      if (tokens.token.kind === 'number') {
        value = tokens.advance().value;
        tokens.take('*');
      }
      const name = this.species();
      const same = terms.get(name.text);
      if (same) same.value += value;
      else terms.set(name.text, { name: name.text, value, at: tokens.placeOf(name) });
    } while (tokens.take('+'));
    return [...terms.values()];
  }

  private list(): Token[] {
    const { tokens } = this;
    const names: Token[] = [];
    tokens.expect('{');
    do names.push(this.species());
    while (tokens.take(','));
    tokens.expect('}', '`,` or `}`');
    return names;
  }

  private species(): Token {
    return this.tokens.takeName('a species');
  }

  /** `1*^-10` is Mathematica's way to write powers of ten. */
  private formula(): Expression {
    const { tokens } = this;
    const primary = (): Expression | undefined => {
      if (tokens.token.kind !== 'number' || tokens.peek().text !== '*^') return undefined;
      const { value } = tokens.advance();
      tokens.advance();
      const sign = tokens.take('-') ? '-' : '';
      const exponent = tokens.token;
      if (exponent.kind !== 'number') tokens.expected('a number');
      tokens.advance();
      return { kind: 'number', value: Number(`${value}e${sign}${exponent.text}`) };
    };
    return readExpressionOf(tokens, { ...formulas, primary });
  }

  /** Behind the program: its brackets' ends, and perhaps other programs. */
  private rest(): void {
    const { tokens } = this;
    while (!tokens.atEnd) {
      const { token } = tokens;
      tokens.advance();
      if (token.kind !== 'name' || token.text !== 'crn' || !tokens.is('=')) continue;
      const message = 'the file has another program, which is left out: only the first is read';
      this.issues.warning({ code: 'secondProgram', message, at: tokens.placeOf(token) });
      return;
    }
  }
}
