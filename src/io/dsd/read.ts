import type { Term } from '../../network/assemble-parts.js';
import { evaluateExpression, orderParameters } from '../../network/expression.js';
import type { Expression } from '../../network/model.js';
import { showName } from '../../network/names.js';
import { ScriptReader } from '../../reading/script.js';
import { readSide } from '../../reading/terms.js';
import type { Token } from '../../reading/tokens.js';
import type { ReadResult } from '../format.js';
import { addTimedDoses, type TimedDose } from '../timed.js';
import { weightsOf } from '../weights.js';
import { Directives } from './directives.js';
import { Keys } from './keys.js';
import { functionDialect, valueDialect, words } from './words.js';

/** Reads a network in the language of Visual DSD and of the CRN engine. */
export const readDsd = (text: string): ReadResult => new DsdReader(text).read();

/** The rate of one direction: a constant, or a function. */
type Rate = { kind: 'constant' | 'function'; value: Expression; token: Token };

interface ReactionParts {
  reactants: Term[];
  products: Term[];
  rate: Rate;
  token: Token;
}

interface Initial {
  species: Token;
  value: Expression;
  constant: boolean;
  time: Expression | null;
}

const one = (): Expression => ({ kind: 'number', value: 1 });

class DsdReader extends ScriptReader {
  private readonly directives: Directives;
  /** In the order of the file, in which species appear. */
  private readonly parts: (Initial | ReactionParts)[] = [];

  constructor(text: string) {
    super(text, words);
    this.directives = new Directives(this.tokens, {
      formula: () => this.formula(functionDialect),
      warn: (code, message, at) => this.warn(code, message, at),
      refuse: (refused) => this.assembler.issues.error(refused.finding),
    });
  }

  protected statement(): void {
    const { tokens } = this;
    if (tokens.take('|')) return;
    if (tokens.isWord('directive')) {
      this.directives.read();
      return;
    }
    const first = tokens.token;
    if (tokens.isWord('init') && ['name', 'string'].includes(tokens.peek().kind)) {
      tokens.advance();
      this.initial();
    } else if (tokens.isWord('constant') && tokens.peek().kind === 'number') {
      tokens.advance();
      this.older(true);
    } else {
      this.reaction(first);
    }
    if (!tokens.atEnd && !tokens.is('|') && !tokens.isWord('directive'))
      tokens.expected('`|` or the end of the text');
  }

  protected recover(): void {
    const { tokens } = this;
    while (!tokens.atEnd && !tokens.is('|') && !(tokens.isWord('directive') && tokens.onNewLine))
      tokens.advance();
  }

  /** `init [constant] X 30 [@ 5]`, or with `{ value = 30; … }` */
  private initial(): void {
    const { tokens } = this;
    const constant =
      tokens.isWord('constant') && tokens.peek().kind !== 'number' && tokens.takeWord('constant');
    const species = tokens.token;
    if (species.kind !== 'name' && species.kind !== 'string') tokens.expected('a species');
    tokens.advance();
    if (tokens.is('{')) {
      tokens.refuse(
        'spatial',
        'a value in braces is not supported',
        tokens.token,
        'write `init X 30`, or `init X 30 @ 5`',
      );
    }
    const value = this.formula(valueDialect);
    this.parts.push({ species, value, constant, time: this.time() });
  }

  private time(): Expression | null {
    return this.tokens.take('@') ? this.formula(valueDialect) : null;
  }

  /** `[constant] 30 X [@ 5]`, the older way. */
  private older(constant: boolean): void {
    const { tokens } = this;
    const value: Expression = { kind: 'number', value: tokens.advance().value };
    tokens.take('*');
    const species = tokens.token;
    if (species.kind !== 'name' && species.kind !== 'string') tokens.expected('a species');
    tokens.advance();
    this.parts.push({ species, value, constant, time: this.time() });
  }

  private reaction(first: Token): void {
    const { tokens } = this;
    const label = tokens.token.kind === 'name' && tokens.peek().text === ':';
    if (label) {
      tokens.advance();
      tokens.advance();
    }
    let reactants = this.side();
    const catalysts = tokens.take('~') ? reactants : [];
    if (catalysts.length > 0) reactants = this.side();
    if (!tokens.is('->') && !tokens.is('<->')) {
      if (this.wasInitial(first, reactants)) return;
      tokens.expected('an arrow, `->` or `<->`', 'a value is written `init X 30`');
    }
    const arrow = tokens.advance();
    const [forth, back] = this.rates(arrow);
    const products = this.side();
    const left = joined(reactants, catalysts);
    const right = joined(products, catalysts);
    this.parts.push({ reactants: left, products: right, rate: forth, token: first });
    if (back) this.parts.push({ reactants: right, products: left, rate: back, token: first });
  }

  /** `30 X`, which begins like a reaction. */
  private wasInitial(first: Token, terms: readonly Term[]): boolean {
    const { tokens } = this;
    const [term, ...others] = terms;
    const { previous } = tokens;
    if (first.kind !== 'number' || !term || others.length > 0 || !previous) return false;
    if (!tokens.atEnd && !tokens.is('|') && !tokens.is('@') && !tokens.isWord('directive')) return false;
    const value: Expression = { kind: 'number', value: term.value };
    this.parts.push({ species: previous, value, constant: false, time: this.time() });
    return true;
  }

  private side(): Term[] {
    const ends = ({ kind, text }: Token) =>
      kind === 'end' ||
      (kind === 'symbol' && ['->', '<->', '|', '~'].includes(text)) ||
      (kind === 'name' && text === 'directive');
    return readSide(this.tokens, { ends, nothing: ['0', '∅'] });
  }

  private rates(arrow: Token): [Rate, Rate | null] {
    const { tokens } = this;
    const plain = (): Rate => ({ kind: 'constant', value: one(), token: arrow });
    const forth = this.rate();
    if (arrow.text === '->') return [forth[0] ?? plain(), null];
    if (forth.length === 2) return [forth[0]!, forth[1]!];
    if (forth.length === 0) return [plain(), plain()];
    const [back] = this.rate();
    if (!back) tokens.expected('the rate of the way back', 'write `<->{kf}{kr}`');
    return [forth[0]!, back];
  }

  /** `{k}` or `[function]`; `{kf,kr}` is two. */
  private rate(): Rate[] {
    const { tokens } = this;
    const { token } = tokens;
    if (tokens.take('{')) {
      const rates: Rate[] = [{ kind: 'constant', value: this.formula(valueDialect), token }];
      if (tokens.take(',')) rates.push({ kind: 'constant', value: this.formula(valueDialect), token });
      tokens.expect('}', 'an operator or `}`');
      return rates;
    }
    if (!tokens.take('[')) return [];
    const value = this.formula(functionDialect);
    tokens.expect(']', 'an operator or `]`');
    return [{ kind: 'function', value, token }];
  }

  protected override complete(): void {
    const { assembler, directives, parts, tokens } = this;
    for (const { name, value, token } of directives.parameters) {
      assembler.parameter(name, value, tokens.placeOf(token));
    }
    const initials = new Map<string, Initial[]>();
    for (const part of parts) {
      if (!('species' in part) || part.time) continue;
      const list = initials.get(part.species.text);
      if (list) list.push(part);
      else initials.set(part.species.text, [part]);
    }
    const keys = new Keys(tokens, directives.rates);
    const timed: TimedDose[] = [];
    for (const part of parts) {
      this.attempt(() => {
        if (!('species' in part)) this.addReaction(part, keys);
        else if (part.time) this.addTimed(part, part.time, timed, initials);
        else this.addInitial(part, initials);
      });
    }
    this.addRates(keys);
    this.addRun(timed);
  }

  /** Values that are given repeatedly add up. */
  private addInitial({ species }: Initial, initials: Map<string, Initial[]>): void {
    const list = initials.get(species.text);
    if (!list) return;
    initials.delete(species.text);
    const value = list
      .map((initial) => initial.value)
      .reduce((left, right) => ({ kind: 'binary', operator: '+', left, right }));
    if (list.some((initial) => initial.constant) && list.length > 1) {
      this.tokens.refuse(
        'constantTwice',
        `${showName(species.text)} is constant and has a second value`,
        species,
      );
    }
    this.assembler.initial(species.text, value, list[0]!.constant, this.tokens.placeOf(species));
  }

  private addTimed(
    part: Initial,
    time: Expression,
    timed: TimedDose[],
    initials: Map<string, Initial[]>,
  ): void {
    const { tokens, directives } = this;
    const { species, value } = part;
    const at = tokens.placeOf(species);
    const when = this.number(time, species) - directives.simulation.initial;
    const end = directives.length;
    if (when <= 0) {
      // What comes before the beginning or with it is there at the start.
      const before = initials.get(species.text);
      initials.set(species.text, [...(before ?? []), { ...part, time: null }]);
      this.addInitial(part, initials);
    } else if (when < end) {
      timed.push({ species: species.text, amount: value, mode: 'add', time: when, at });
    } else {
      this.warn('lateDose', `the run ends before ${showName(species.text)} is added at ${when}`, species);
    }
  }

  /** A number that the network cannot keep as a constant of parameters. */
  private number(expression: Expression, at: Token): number {
    const { parameters } = this.directives;
    const { order } = orderParameters(parameters);
    const values = new Map<string, number>();
    try {
      for (const index of order) {
        const { name, value } = parameters[index]!;
        values.set(name, evaluateExpression(value, values));
      }
      const value = evaluateExpression(expression, values);
      if (Number.isFinite(value)) return value;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.tokens.refuse('unknownParameter', error.message, at);
    }
    return this.tokens.refuse('invalidTime', 'the time is not finite', at);
  }

  private addReaction({ reactants, products, rate, token }: ReactionParts, keys: Keys): void {
    const at = this.tokens.placeOf(token);
    if (rate.kind === 'function') {
      const law = keys.resolve(rate.value, rate.token);
      this.note(law, rate.token);
      this.assembler.reaction({ label: null, reactants, products, rate: null, law, at });
      return;
    }
    const divisor = this.directives.simulation.kinetics === 'Stochastic' ? factorials(reactants) : 1;
    const value: Expression =
      divisor === 1
        ? rate.value
        : { kind: 'binary', operator: '/', left: rate.value, right: { kind: 'number', value: divisor } };
    this.assembler.reaction({ label: null, reactants, products, rate: value, at });
  }

  /** Rates that are sums of species are observables; others are part of the reactions that use them. */
  private addRates(keys: Keys): void {
    const parameters = new Set(this.directives.parameters.map(({ name }) => name));
    for (const [name, { value, token }] of this.directives.rates) {
      this.attempt(() => {
        const weights = weightsOf(keys.resolve(value, token));
        if (!weights || weights.some(([species]) => parameters.has(species))) {
          this.warn(
            'rateLeftOut',
            `the rate ${showName(name)} is no sum of species: it is no observable, only part of reactions`,
            token,
          );
          return;
        }
        const at = this.tokens.placeOf(token);
        const terms = weights.map(([species, weight]) => ({ name: species, value: weight, at }));
        this.assembler.observable({ name, terms, at });
      });
    }
  }

  private addRun(timed: TimedDose[]): void {
    const { assembler, directives } = this;
    const { simulation } = directives;
    addTimedDoses(assembler, timed, directives.length);
    if (simulation.final !== undefined || timed.length > 0) {
      assembler.simulateTo({ kind: 'number', value: directives.length });
    }
    if (simulation.points !== undefined) assembler.save({ kind: 'uniform', intervals: simulation.points });
    if (simulation.reltolerance !== undefined) assembler.tolerance('rtol', simulation.reltolerance);
    if (simulation.abstolerance !== undefined) assembler.tolerance('atol', simulation.abstolerance);
    directives.finish();
  }
}

function joined(one: readonly Term[], other: readonly Term[]): Term[] {
  const terms = new Map(one.map((term) => [term.name, { ...term }]));
  for (const term of other) {
    const same = terms.get(term.name);
    if (same) same.value += term.value;
    else terms.set(term.name, { ...term });
  }
  return [...terms.values()];
}

function factorials(terms: readonly Term[]): number {
  let product = 1;
  for (const { value } of terms)
    for (let factor = 2; factor <= Math.min(value, 200); factor++) product *= factor;
  return product;
}
