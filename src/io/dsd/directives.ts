import type { Expression } from '../../network/model.js';
import { showName } from '../../network/names.js';
import { Refused, type Token, type Tokens } from '../../reading/tokens.js';
import { listed } from '../report.js';

const kineticsNames = ['Contextual', 'Deterministic', 'Stochastic'] as const;

/** What directives say of runs. */
export interface SimulationSettings {
  initial: number;
  final?: number;
  points?: number;
  kinetics: (typeof kineticsNames)[number];
  reltolerance?: number;
  abstolerance?: number;
}

/** The CRN engine's own default. */
const defaultFinal = 1000;

const close: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' };

function refuseSpace(tokens: Tokens, at: Token): never {
  tokens.refuse('spatial', 'space is not supported: concentrations are the same everywhere', at);
}

/** Reads `directive …`. What says nothing of the network or of one run is passed over with a warning. */
export class Directives {
  readonly parameters: { name: string; value: Expression; token: Token }[] = [];
  readonly rates = new Map<string, { value: Expression; token: Token }>();
  readonly simulation: SimulationSettings = { initial: 0, kinetics: 'Contextual' };
  private readonly passed = new Map<string, Token>();

  constructor(
    private readonly tokens: Tokens,
    private readonly reader: {
      formula(): Expression;
      warn(code: string, message: string, at: Token): void;
      refuse(refused: Refused): void;
    },
  ) {}

  /** How long a run is. */
  get length(): number {
    return (this.simulation.final ?? defaultFinal) - this.simulation.initial;
  }

  read(): void {
    const tokens: Tokens = this.tokens;
    tokens.advance();
    const name = tokens.takeName('the name of a directive');
    if (name.text === 'spatial') refuseSpace(tokens, name);
    switch (name.text) {
      case 'parameters':
        this.list(() => this.parameter());
        return;
      case 'rates':
        this.list(() => this.rate());
        return;
      case 'simulation':
        this.record((key) => this.setting(key));
        this.checkTimes(name);
        return;
      case 'deterministic':
        this.record((key) => this.tolerance(key));
        return;
      case 'reltolerance':
      case 'abstolerance':
        this.simulation[name.text] = this.number();
        return;
      case 'sample':
        this.sample();
        this.checkTimes(name);
        return;
      case 'simulator':
        this.simulator();
        return;
      default:
        this.pass(name);
    }
  }

  /** Says what was passed over. */
  finish(): void {
    const [first] = this.passed.values();
    if (!first) return;
    const names = [...this.passed.keys()];
    const message = `passed over, since they say nothing of a run's numbers: directives ${listed(names)}`;
    this.reader.warn('directivesPassed', message, first);
  }

  private pass(name: Token): void {
    this.passed.set(name.text, this.passed.get(name.text) ?? name);
    this.skip();
  }

  /** Goes past what belongs to a directive: brackets with all in them, or what is left of the line. */
  private skip(): void {
    const { tokens } = this;
    while (!tokens.atEnd && !tokens.is('|') && !tokens.onNewLine) {
      if (!this.skipBrackets()) tokens.advance();
    }
  }

  /** @returns false where no bracket opens */
  private skipBrackets(): boolean {
    const { tokens } = this;
    const open: string[] = [];
    if (!(tokens.token.kind === 'symbol' && tokens.token.text in close)) return false;
    do {
      const { kind, text } = tokens.advance();
      if (kind !== 'symbol') continue;
      if (text in close) open.push(close[text]!);
      else if (text === open.at(-1)) open.pop();
    } while (open.length > 0 && !tokens.atEnd);
    return true;
  }

  /** `[ item; item ]`, with a `;` at the end or without */
  private list(read: () => void): void {
    this.items('[', ']', read);
  }

  private record(read: (key: Token) => void): void {
    this.items('{', '}', () => {
      const key = this.tokens.takeName('the name of a setting');
      this.tokens.expect('=');
      read(key);
    });
  }

  private items(open: string, end: string, read: () => void): void {
    const { tokens } = this;
    tokens.expect(open);
    while (!tokens.take(end)) {
      if (tokens.atEnd) tokens.expected(`\`${end}\``);
      try {
        read();
        if (!tokens.is(end)) tokens.expect(';', `\`;\` or \`${end}\``);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        this.reader.refuse(error);
        this.skipItem(end);
      }
    }
  }

  private skipItem(end: string): void {
    const { tokens } = this;
    while (!tokens.atEnd && !tokens.is(end) && !tokens.is('|')) {
      if (tokens.take(';')) return;
      if (!this.skipBrackets()) tokens.advance();
    }
    if (tokens.is('|')) tokens.refuse('unexpectedText', `expected \`${end}\`, found \`|\``);
  }

  private parameter(): void {
    const { tokens } = this;
    const token = tokens.takeName('the name of a parameter');
    tokens.expect('=');
    const value = this.reader.formula();
    this.parameters.push({ name: token.text, value, token });
    if (!tokens.take(',')) return;
    // How a parameter is inferred from data.
    this.passed.set('parameters (what is said of inference)', this.passed.get('parameters') ?? token);
    if (!this.skipBrackets()) tokens.expected('`{`');
  }

  private rate(): void {
    const { tokens } = this;
    const token = tokens.takeName('the name of a rate');
    tokens.expect('=');
    if (this.rates.has(token.text)) {
      tokens.refuse('duplicateRate', `the rate ${showName(token.text)} is given twice`, token);
    }
    this.rates.set(token.text, { value: this.reader.formula(), token });
  }

  private setting(key: Token): void {
    const { simulation } = this;
    const tokens: Tokens = this.tokens;
    switch (key.text) {
      case 'initial':
      case 'final':
        simulation[key.text] = this.number();
        return;
      case 'points':
        simulation.points = this.count();
        return;
      case 'kinetics': {
        const { text } = tokens.takeName('`Contextual`, `Deterministic` or `Stochastic`');
        const kinetics = kineticsNames.find((known) => known === text);
        if (!kinetics) {
          const message = `there are no ${showName(text)} kinetics`;
          tokens.refuse('unknownKinetics', message, key, `there are ${kineticsNames.join(', ')}`);
        }
        simulation.kinetics = kinetics;
        return;
      }
      default:
        this.skipValue();
    }
  }

  private tolerance(key: Token): void {
    if (key.text === 'reltolerance' || key.text === 'abstolerance') this.simulation[key.text] = this.number();
    else this.skipValue();
  }

  private skipValue(): void {
    const { tokens } = this;
    while (!tokens.atEnd && !tokens.is(';') && !tokens.is('}')) {
      if (!this.skipBrackets()) tokens.advance();
    }
  }

  private number(): number {
    const { tokens } = this;
    const sign = tokens.take('-') ? -1 : 1;
    if (tokens.token.kind !== 'number') tokens.expected('a number');
    return sign * tokens.advance().value;
  }

  private count(): number {
    const { token } = this.tokens;
    const value = this.number();
    if (Number.isSafeInteger(value) && value > 0) return value;
    return this.tokens.refuse(
      'invalidPoints',
      `there must be a positive whole number of points, not ${value}`,
      token,
    );
  }

  /** `sample 1000`, `sample 0.0,1000.0`, and the number of rows behind */
  private sample(): void {
    const { tokens, simulation } = this;
    const first = this.number();
    if (tokens.take(',')) {
      simulation.initial = first;
      simulation.final = this.number();
    } else {
      simulation.final = first;
    }
    if (tokens.token.kind === 'number' && !tokens.onNewLine) {
      simulation.points = this.count();
    }
  }

  private checkTimes(name: Token): void {
    const { initial, final } = this.simulation;
    if (!(this.length > 0)) {
      this.tokens.refuse('invalidTimes', `the run begins at ${initial} and ends at ${final}`, name);
    }
    if (initial !== 0) {
      this.reader.warn(
        'shifted',
        `the run begins at ${initial}; here it begins at 0, and all times are moved by that`,
        name,
      );
    }
  }

  private simulator(): void {
    const { tokens } = this;
    const kind = tokens.takeName('the name of a simulator');
    if (/^pde/i.test(kind.text)) {
      refuseSpace(tokens, kind);
    }
  }
}
