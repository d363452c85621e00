import { showName } from '../../network/names.js';
import { FormulaParser } from '../../reading/parse-formula.js';
import { Refused, type Token, Tokens } from '../../reading/tokens.js';
import type { Formula } from '../sbml/mathml.js';
import type { Source } from '../sbml/source.js';
import { formulaGrammar } from './grammar.js';
import { parseEvent } from './parse-event.js';
import type { ParsedModel, Participant, Thing } from './parsed.js';
import { reservedWords, words } from './words.js';

const kinds = new Set(['species', 'compartment', 'formula']);
const adjectives = new Set(['const', 'var', 'substanceOnly']);
/** What the subset leaves out, with what it is. */
const leftOut = new Map([
  ['import', 'other files'],
  ['delete', 'parts of other models'],
  ['DNA', 'strands of DNA'],
  ['gene', 'strands of DNA'],
  ['operator', 'strands of DNA'],
  ['constraint', 'constraints'],
  ['maximize', 'flux balance'],
  ['minimize', 'flux balance'],
]);

/** Takes an Antimony text apart; what cannot be read becomes an issue of the source, and reading goes on behind it. */
export function parseAntimony(source: Source, text: string): ParsedModel {
  return new AntimonyParser(source, text).parse();
}

class AntimonyParser {
  private readonly tokens: Tokens;
  private readonly model: ParsedModel = {
    things: new Map(),
    reactions: [],
    functions: new Map(),
    events: [],
  };
  private models = 0;
  private open = false;
  private unit: Token | null = null;
  private annotation: Token | null = null;

  constructor(
    private readonly source: Source,
    text: string,
  ) {
    this.tokens = new Tokens(text, words);
  }

  parse(): ParsedModel {
    const { source, tokens } = this;
    while (!tokens.atEnd && !source.issues.overflowed) {
      const { start } = tokens.token;
      try {
        this.statement();
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        source.issues.error(error.finding);
        if (tokens.token.start === start) tokens.advance();
        tokens.skipPast([';']);
      }
    }
    const warn = (code: string, message: string, { start: at }: { start: number }) =>
      source.warning(code, message, { at });
    if (tokens.unclosed) {
      source.error('unclosedComment', 'the comment that begins here does not end', {
        at: tokens.unclosed.start,
      });
    }
    if (this.unit) warn('unitsPassed', 'units are passed over: numbers are used as they stand', this.unit);
    if (this.annotation) {
      warn('annotationsPassed', 'what is said of a name beside its value is passed over', this.annotation);
    }
    return this.model;
  }

  private statement(): void {
    const { tokens } = this;
    if (this.takeEnd() || this.other()) return;
    const { text } = tokens.token;
    const next = tokens.token.kind === 'name' ? tokens.peek().text : '';
    if (leftOut.has(text))
      tokens.refuse('unsupported', `\`${text}\`: ${leftOut.get(text)} are not supported`);
    if (text === 'at') this.model.events.push(parseEvent(tokens, () => this.formula()));
    else if (kinds.has(text) || adjectives.has(text)) this.declaration();
    else if (next === ':' || next === 'in') this.labelled();
    else if (next === '=' || next === ':=' || next === "'") this.assignment();
    else this.reaction(null);
    if (!tokens.atEnd && !this.takeEnd()) tokens.expected('`;` or the end of the line');
  }

  /** What is no statement of the model, or has an end of its own; false for all else. */
  private other(): boolean {
    const { tokens } = this;
    const { token } = tokens;
    if (token.kind === 'string') {
      this.pass(token, 'annotation');
      return true;
    }
    if (token.kind !== 'name') return false;
    const next = tokens.peek();
    const { text } = token;
    const said = leftOut.has(text) || kinds.has(text) || adjectives.has(text) || next.text === 'in';
    if (text === 'model' || text === 'module') this.begin();
    else if (text === 'end') this.end();
    else if (text === 'function') this.function();
    else if (text === 'unit') this.pass(token, 'unit');
    else if (text === 'at' || said) return false;
    else if (next.kind === 'name' || next.text === '.') this.remark(token);
    else return false;
    return true;
  }

  private takeEnd(): boolean {
    const { tokens } = this;
    if (tokens.token.kind !== 'line' && !tokens.is(';')) return false;
    tokens.advance();
    return true;
  }

  private formula(): Formula {
    const grammar = formulaGrammar(this.tokens, (unit) => {
      this.unit ??= unit;
    });
    return new FormulaParser(this.tokens, grammar).read();
  }

  private thing(token: Token): Thing {
    const { things } = this.model;
    const known = things.get(token.text);
    if (known) return known;
    if (reservedWords.has(token.text) && token.text !== 'default_compartment') {
      this.tokens.refuse(
        'reservedWord',
        `${showName(token.text)} is a word of Antimony and names nothing`,
        token,
      );
    }
    const made: Thing = { name: token.text, at: token.start };
    things.set(token.text, made);
    return made;
  }

  /** `model *name(A, B)` */
  private begin(): void {
    const { tokens } = this;
    const first = tokens.advance();
    tokens.take('*');
    tokens.takeName('the name of a model');
    if (tokens.take('(')) {
      while (!tokens.take(')')) {
        if (tokens.atEnd) tokens.expected('`)`');
        tokens.advance();
      }
    }
    if (++this.models > 1) {
      tokens.refuse(
        'severalModels',
        'the text has several models; one that is made of others is not supported',
        first,
      );
    }
    this.open = true;
  }

  private end(): void {
    const token = this.tokens.advance();
    if (!this.open) this.tokens.refuse('unexpectedText', '`end` ends no model', token);
    this.open = false;
  }

  /** `function f(x, y) x*y; end`; the formula may stand on lines of its own. */
  private function(): void {
    const { tokens } = this;
    tokens.advance();
    const name = tokens.takeName('the name of a function');
    const parameters: string[] = [];
    tokens.expect('(');
    if (!tokens.take(')')) {
      do parameters.push(tokens.takeName('an argument').text);
      while (tokens.take(','));
      tokens.expect(')', '`,` or `)`');
    }
    if (new Set(parameters).size < parameters.length) {
      tokens.refuse('malformedMath', `the function ${showName(name.text)} names an argument twice`, name);
    }
    while (this.takeEnd());
    const body = this.formula();
    while (this.takeEnd());
    if (!tokens.takeWord('end')) tokens.expected('`end`');
    this.model.functions.set(name.text, { parameters, body });
  }

  private pass(token: Token, what: 'unit' | 'annotation'): void {
    if (what === 'unit') this.unit ??= token;
    else this.annotation ??= token;
    const { tokens } = this;
    while (!tokens.atEnd && !this.takeEnd()) tokens.advance();
  }

  /** `A is "name"`, `A has unit`, and what else says nothing of how a model runs. */
  private remark(name: Token): void {
    const { tokens } = this;
    const next = tokens.peek();
    if (next.text === 'has') {
      this.pass(name, 'unit');
      return;
    }
    if (next.text === 'is') {
      tokens.advance();
      tokens.advance();
      if (tokens.token.kind === 'string') this.thing(name).display = tokens.advance().text;
      else this.annotation ??= name;
      while (!tokens.atEnd && !this.takeEnd()) tokens.advance();
      return;
    }
    const begins = tokens.token.start;
    while (!tokens.atEnd && tokens.token.kind !== 'line' && !tokens.is(';')) {
      if (tokens.token.kind === 'string' || tokens.is('.')) {
        this.pass(name, 'annotation');
        return;
      }
      tokens.advance();
    }
    tokens.refuse('unexpectedText', `${showName(name.text)} begins no statement`, { start: begins });
  }

  /** `const substanceOnly species A in cell = 5, $B` */
  private declaration(): void {
    const { tokens } = this;
    const said = new Set<string>();
    while (
      tokens.token.kind === 'name' &&
      (kinds.has(tokens.token.text) || adjectives.has(tokens.token.text))
    ) {
      said.add(tokens.advance().text);
    }
    do {
      const held = tokens.take('$');
      const thing = this.thing(tokens.takeName('a name'));
      const kind =
        said.has('species') || said.has('substanceOnly') || held
          ? 'species'
          : said.has('compartment')
            ? 'compartment'
            : undefined;
      if (kind) this.setKind(thing, kind);
      if (held || said.has('const')) thing.held = true;
      if (said.has('var')) thing.variable = true;
      if (said.has('substanceOnly')) thing.substanceOnly = true;
      this.place(thing);
      if (tokens.is('=')) this.value(thing);
      else if (tokens.is(':=')) this.rule(thing);
    } while (tokens.take(','));
  }

  private setKind(thing: Thing, kind: NonNullable<Thing['kind']>): void {
    if (thing.kind !== undefined && thing.kind !== kind) {
      this.tokens.refuse('twoKinds', `${showName(thing.name)} is both ${thing.kind} and ${kind}`);
    }
    thing.kind = kind;
  }

  /** `in cell` */
  private place(thing: Thing): void {
    const { tokens } = this;
    if (!tokens.takeWord('in')) return;
    const compartment = this.thing(tokens.takeName('a compartment'));
    this.setKind(compartment, 'compartment');
    thing.compartment = compartment.name;
  }

  /** `J0: A -> B; k*A`, `J0 in cell: …`, `E1: at …`, or `A in cell` */
  private labelled(): void {
    const { tokens } = this;
    const name = tokens.advance();
    if (tokens.isWord('in')) {
      tokens.advance();
      const compartment = tokens.takeName('a compartment');
      if (!tokens.is(':')) {
        this.setKind(this.thing(compartment), 'compartment');
        this.thing(name).compartment = compartment.text;
        if (tokens.is('=')) this.value(this.thing(name));
        return;
      }
    }
    tokens.advance();
    if (tokens.isWord('at')) this.model.events.push(parseEvent(tokens, () => this.formula()));
    else this.reaction(name.text);
  }

  private assignment(): void {
    const { tokens } = this;
    const name = tokens.advance();
    if (tokens.is("'")) {
      const message = `a rule for the rate of change of ${showName(name.text)} is not supported`;
      tokens.refuse('unsupportedRule', message, name, 'only reactions change a species');
    }
    const thing = this.thing(name);
    if (tokens.is('=')) this.value(thing);
    else this.rule(thing);
  }

  private value(thing: Thing): void {
    const { start: at } = this.tokens.advance();
    if (thing.value) {
      this.source.warning(
        'assignedTwice',
        `${showName(thing.name)} is given a value twice; the last counts`,
        { at },
      );
    }
    thing.value = { formula: this.formula(), at };
  }

  private rule(thing: Thing): void {
    const { start: at } = this.tokens.advance();
    if (thing.rule)
      this.tokens.refuse('duplicateRule', `${showName(thing.name)} has two rules`, { start: at });
    thing.rule = { formula: this.formula(), at };
  }

  private reaction(name: string | null): void {
    const { tokens } = this;
    const { start: at } = tokens.token;
    const reactants = this.side();
    // `-|`, `-o` or `-(`: of these the first alone is no beginning of a term.
    if (tokens.is('-|') || tokens.is('-')) {
      // Says which species acts on a reaction, and nothing of how.
      this.annotation ??= tokens.token;
      while (!tokens.atEnd && tokens.token.kind !== 'line' && !tokens.is(';')) tokens.advance();
      return;
    }
    if (!tokens.is('->') && !tokens.is('=>')) tokens.expected('`->`, `=>` or `=`');
    const reversible = tokens.advance().text === '->';
    const products = this.side();
    // The rate stands behind a `;`, on the same line.
    const law =
      tokens.take(';') && !tokens.atEnd && tokens.token.kind !== 'line' && !tokens.is(';')
        ? this.formula()
        : null;
    this.model.reactions.push({ name, reversible, reactants, products, law, at });
  }

  /** `A + 2 $B`; nothing at all for an empty side */
  private side(): Participant[] {
    const { tokens } = this;
    const side: Participant[] = [];
    const ends = ['->', '=>', ';', '-|', '-'];
    if (tokens.atEnd || tokens.token.kind === 'line' || ends.includes(tokens.token.text)) return side;
    do {
      const { start: at } = tokens.token;
      const stoichiometry = tokens.token.kind === 'number' ? tokens.advance().value : 1;
      tokens.take('*');
      const held = tokens.take('$');
      const thing = this.thing(tokens.takeName('a species'));
      this.setKind(thing, 'species');
      if (held) thing.held = true;
      side.push({ species: thing.name, stoichiometry, at });
    } while (tokens.take('+'));
    return side;
  }
}
