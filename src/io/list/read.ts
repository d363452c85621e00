import type { Term } from '../../network/assemble-parts.js';
import type { Expression } from '../../network/model.js';
import { usualFunctions } from '../../reading/expressions.js';
import { ScriptReader } from '../../reading/script.js';
import { readSide } from '../../reading/terms.js';
import type { Dialect, Token } from '../../reading/tokens.js';
import type { ReadResult } from '../format.js';

const arrows = ['<->', '<=>', '<-->', '⇌', '↔', '->', '-->', '=>', '→'];
const reversible = new Set(arrows.slice(0, 5));

const dialect: Dialect = {
  name: /[\p{L}_][\p{L}\p{N}_'.]*(?:\[[\p{L}\p{N}_']+(?:,[\p{L}\p{N}_']+)*\])?/uy,
  symbols: [
    '<-->',
    '<->',
    '<=>',
    '-->',
    '->',
    '=>',
    '→',
    '⇌',
    '↔',
    '+',
    '-',
    '**',
    '*',
    '/',
    '^',
    '(',
    ')',
    ',',
    ':',
    ';',
    '=',
  ],
  comment: /(?:#|\/\/)[^\n\r]*/y,
  lines: true,
};

const formulas = { functions: usualFunctions, powers: ['^', '**'] };

interface Value {
  name: Token;
  value: Expression;
}

/**
 * Reads a list of reactions, each with its constant behind a comma or a colon: `A + B -> C, 0.5`. A reversible one has two.
 * `name = number` is a value: of a species where a reaction has it, else of a constant. Comments that are nothing but such
 * values (`#X_1=0.0,X_2=0.0`, as files of recurrent neural reaction networks begin) are values of species, too.
 */
export const readList = (text: string): ReadResult => new ListReader(text).read();

class ListReader extends ScriptReader {
  private readonly values: Value[] = [];
  private readonly species = new Set<string>();
  private readonly whole: string;

  constructor(text: string) {
    super(text, dialect);
    this.whole = text;
  }

  protected statement(): void {
    const { tokens } = this;
    if (this.takeEnd()) return;
    const first = tokens.token;
    if (first.kind === 'name' && tokens.peek().text === '=') this.value();
    else this.reaction(first);
    if (!tokens.atEnd && !this.takeEnd()) tokens.expected('the end of the line');
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

  private value(): void {
    const { tokens } = this;
    do {
      const name = tokens.takeName('a name');
      tokens.expect('=');
      this.values.push({ name, value: this.formula(formulas) });
    } while (tokens.take(','));
  }

  private reaction(first: Token): void {
    const { tokens } = this;
    const reactants = this.side();
    if (!arrows.includes(tokens.token.text)) {
      tokens.expected('`+` or an arrow', 'write a reaction as `A + B -> C, 0.5`');
    }
    const arrow = tokens.advance().text;
    const products = this.side();
    const constants: Expression[] = [];
    while (tokens.is(',') || tokens.is(':')) {
      tokens.advance();
      constants.push(this.formula(formulas));
    }
    const wanted = reversible.has(arrow) ? 2 : 1;
    if (constants.length > 0 && constants.length !== wanted) {
      const message = `\`${arrow}\` takes ${wanted === 1 ? 'one constant' : 'two constants'}, not ${constants.length}`;
      tokens.refuse('wrongConstants', message, first);
    }
    for (const { name } of [...reactants, ...products]) this.species.add(name);
    this.assembler.reaction({
      label: null,
      reactants,
      products,
      rate: constants[0] ?? null,
      ...(wanted === 2 && { reverse: constants[1] ?? null }),
      at: tokens.placeOf(first),
    });
  }

  private side(): Term[] {
    const ends = ({ kind, text }: Token) =>
      kind === 'end' ||
      kind === 'line' ||
      (kind === 'symbol' && (arrows.includes(text) || [',', ':', ';'].includes(text)));
    return readSide(this.tokens, { ends, nothing: ['0', '∅', 'nothing'] });
  }

  protected override complete(): void {
    const { assembler, tokens } = this;
    const given = new Set(this.values.map(({ name }) => name.text));
    for (const { name, value } of this.values) {
      const at = tokens.placeOf(name);
      if (this.species.has(name.text)) assembler.initial(name.text, value, false, at);
      else assembler.parameter(name.text, value, at);
    }
    for (const { name, value, start } of commentedValues(this.whole)) {
      if (given.has(name) || !this.species.has(name)) continue;
      given.add(name);
      assembler.initial(name, { kind: 'number', value }, false, tokens.placeOf({ start }));
    }
  }
}

const commentedLine =
  /^[ \t]*#([ \t]*[A-Za-z_]\w*[ \t]*=[^\n\r=,]*(?:,[ \t]*[A-Za-z_]\w*[ \t]*=[^\n\r=,]*)*)$/gm;

/** Values in comments that hold nothing else. */
function* commentedValues(text: string): Generator<{ name: string; value: number; start: number }> {
  for (const line of text.matchAll(commentedLine)) {
    const pairs = line[1]!
      .split(',')
      .map((pair) => /^[ \t]*(\w+)[ \t]*=[ \t]*([-+.\deE]+)[ \t]*$/.exec(pair));
    if (!pairs.every((pair) => pair && Number.isFinite(Number(pair[2])))) continue;
    for (const pair of pairs) yield { name: pair![1]!, value: Number(pair![2]), start: line.index };
  }
}
