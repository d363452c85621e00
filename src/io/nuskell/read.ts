import type { Term } from '../../network/assemble-parts.js';
import type { Expression } from '../../network/model.js';
import { showName } from '../../network/names.js';
import { ScriptReader } from '../../reading/script.js';
import { readSide } from '../../reading/terms.js';
import type { Dialect, Token } from '../../reading/tokens.js';
import type { ReadResult } from '../format.js';

const dialect: Dialect = {
  name: /[A-Za-z_]\w*/y,
  symbols: ['<=>', '->', '+', '-', '*', '/', '[', ']', '{', '}', ',', ';', '=', '@'],
  comment: /#[^\n\r]*/y,
  lines: true,
};

/** Reads a network as Nuskell and crnsimulator write them. */
export const readNuskell = (text: string): ReadResult => new NuskellReader(text).read();

class NuskellReader extends ScriptReader {
  private warnedOfUnits = false;

  constructor(text: string) {
    super(text, dialect);
  }

  protected statement(): void {
    const { tokens } = this;
    if (this.takeEnd()) return;
    const first = tokens.token;
    const next = tokens.peek();
    if (first.kind === 'name' && next.text === '@') this.value();
    else if (
      first.kind === 'name' &&
      next.text === '=' &&
      ['formals', 'signals', 'fuels'].includes(first.text)
    ) {
      this.list(first);
    } else {
      this.reaction(first);
    }
    if (!tokens.atEnd && !this.takeEnd()) tokens.expected('`;` or the end of the line');
  }

  private takeEnd(): boolean {
    const { tokens } = this;
    if (tokens.token.kind !== 'line' && !tokens.is(';')) return false;
    tokens.advance();
    return true;
  }

  protected recover(): void {
    this.tokens.skipPast([';']);
  }

  /** `A @initial 10`, `A @constant 10 nM` */
  private value(): void {
    const { tokens } = this;
    const name = tokens.advance();
    tokens.advance();
    const kind = tokens.takeName('`initial` or `constant`');
    const constant = 'constant'.startsWith(kind.text);
    if (!constant && !'initial'.startsWith(kind.text)) {
      tokens.refuse(
        'unknownKind',
        `${showName(`@${kind.text}`)} is neither \`@initial\` nor \`@constant\``,
        kind,
      );
    }
    const value = this.number();
    this.passUnit();
    this.assembler.initial(name.text, value, constant, tokens.placeOf(name));
  }

  /** `formals = {A, B}`: which species are the program's, which its fuels. */
  private list(name: Token): void {
    const { tokens } = this;
    tokens.advance();
    tokens.advance();
    tokens.expect('{');
    while (!tokens.take('}')) {
      if (tokens.atEnd || tokens.token.kind === 'line') tokens.expected('`}`');
      tokens.advance();
    }
    this.warn('listPassed', `\`${name.text}\` says what species are for, and is passed over`, name);
  }

  private reaction(first: Token): void {
    const { tokens } = this;
    const reactants = this.side();
    if (!tokens.is('->') && !tokens.is('<=>')) {
      tokens.expected('an arrow, `->` or `<=>`', 'a value is written `A @initial 10`');
    }
    const reversible = tokens.advance().text === '<=>';
    const products = this.side();
    const rates = this.rates(reversible ? ['kf', 'kr'] : ['k']);
    const at = tokens.placeOf(first);
    this.assembler.reaction({
      label: null,
      reactants,
      products,
      rate: rates[0] ?? null,
      ...(reversible && { reverse: rates[1] ?? null }),
      at,
    });
  }

  private side(): Term[] {
    const ends = ({ kind, text }: Token) =>
      kind === 'end' || kind === 'line' || (kind === 'symbol' && ['->', '<=>', '[', ';'].includes(text));
    return readSide(this.tokens, { ends, nothing: ['0'] });
  }

  /** `[k = 1]` or `[kf = 1, kr = 2]` */
  private rates(names: readonly string[]): Expression[] {
    const { tokens } = this;
    if (!tokens.take('[')) return [];
    const form = `\`[${names.map((name) => `${name} = …`).join(', ')}]\``;
    const rates = names.map((name, i) => {
      if (i > 0) tokens.expect(',', `${form}`);
      if (!tokens.takeWord(name)) tokens.expected(form);
      tokens.expect('=');
      const value = this.number();
      this.passUnit();
      return value;
    });
    tokens.expect(']');
    return rates;
  }

  private number(): Expression {
    const { tokens } = this;
    const { token } = tokens;
    if (token.kind !== 'number') tokens.expected('a number');
    tokens.advance();
    const value: Expression = { kind: 'number', value: token.value };
    this.note(value, token);
    return value;
  }

  /** `nM`, `/M/s`: numbers are used as they stand. */
  private passUnit(): void {
    const { tokens } = this;
    const first = tokens.token;
    while (tokens.token.kind === 'name' || tokens.is('/')) tokens.advance();
    if (tokens.token === first || this.warnedOfUnits) return;
    this.warnedOfUnits = true;
    const unit = tokens.text.slice(first.start, tokens.previous!.end);
    this.warn(
      'unitsPassed',
      `${showName(unit)}: units are passed over, numbers are used as they stand`,
      first,
    );
  }
}
