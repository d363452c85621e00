import type { Term } from './assemble-parts.js';
import type { ReactionStatement } from './assembler.js';
import { type Cursor, showToken } from './cursor.js';
import type { Token } from './lexer.js';
import type { Expression, Reaction } from './model.js';
import { parseExpression } from './parse-expression.js';
import {
  braceHint,
  constantHint,
  missingSpeciesHint,
  refuseAfterProducts,
  refuseAfterTerm,
  refuseArrow,
  refuseNumber,
  refuseStatement,
} from './reaction-mistakes.js';

/** `[label:] side arrow [{k}] side [[rate law, channel name]]` */
export function parseReaction(cursor: Cursor): ReactionStatement {
  const first = cursor.token;
  let label: string | null = null;
  if (first.kind === 'name') {
    const next = cursor.peek();
    if (next.kind === 'symbol' && next.text === ':') {
      label = first.text;
      cursor.advance();
      cursor.advance();
    }
  }
  const begin = cursor.token;
  const reactants = parseSide(cursor);
  const arrow = takeArrow(cursor, begin, reactants);
  const constants = parseConstants(cursor, arrow);
  const products = parseSide(cursor);
  const { law, channel } = parseBrackets(cursor, arrow, constants.length > 0);
  refuseAfterProducts(cursor);
  return {
    label,
    reactants,
    products,
    rate: constants[0] ?? null,
    ...(arrow.text === '<->' && { reverse: constants[1] ?? null }),
    law,
    ...(channel && { channel }),
    at: cursor.placeOf(first),
  };
}

function parseSide(cursor: Cursor): Term[] {
  const terms: Term[] = [];
  if (takeNothing(cursor)) return terms;
  if (cursor.atEnd || cursor.token.kind === 'arrow' || cursor.isSymbol('[')) return terms;
  // What no side can begin with is left to those who know what should stand there.
  if (cursor.token.kind === 'oddArrow' || cursor.isSymbol('{') || cursor.isSymbol('=')) return terms;
  // A table pays from here on; most sides have one to three terms.
  const fewTerms = 8;
  let table: Map<string, Term> | null = null;
  do {
    const term = parseTerm(cursor);
    if (terms.length === fewTerms) table ??= new Map(terms.map((known) => [known.name, known]));
    const same = table ? table.get(term.name) : terms.find(({ name }) => name === term.name);
    if (same) {
      same.value += term.value;
    } else {
      terms.push(term);
      table?.set(term.name, term);
    }
  } while (cursor.takeSymbol('+'));
  return terms;
}

/** Goes past `∅` or a lone `0`, which stand for an empty side. */
export function takeNothing(cursor: Cursor): boolean {
  const { token } = cursor;
  const isZero = token.kind === 'number' && token.value === 0 && cursor.peek().kind !== 'name';
  if (token.kind !== 'nothing' && !isZero) return false;
  cursor.advance();
  if (cursor.isSymbol('+') || cursor.token.kind === 'name') {
    cursor.refuse('misplacedNothing', `expected nothing else on a side that is ${showToken(token)}`);
  }
  return true;
}

function parseTerm(cursor: Cursor): Term {
  const { token } = cursor;
  if (cursor.isSymbol('-')) {
    const next = cursor.peek();
    if (next.kind === 'number' || next.kind === 'name') {
      cursor.fail(
        'invalidStoichiometry',
        'a stoichiometry cannot be negative',
        'a species that is used up stands before the arrow, one that is made after it',
      );
    }
  }
  let value = 1;
  if (token.kind === 'number') {
    value = token.value;
    cursor.advance();
    if (cursor.token.kind !== 'name') refuseNumber(cursor, token);
  }
  const name = cursor.token;
  if (name.kind === 'nothing') {
    cursor.refuse('misplacedNothing', 'expected a species');
  }
  if (name.kind !== 'name') cursor.refuse('missingSpecies', 'expected a species', missingSpeciesHint(cursor));
  cursor.advance();
  return { name: name.text, value, at: cursor.placeOf(name) };
}

function takeArrow(cursor: Cursor, begin: Token, reactants: Term[]): Token {
  const { token } = cursor;
  if (token.kind === 'arrow') return cursor.advance();
  if (token.kind === 'oddArrow') refuseArrow(cursor);
  if (cursor.isSymbol('{')) {
    cursor.refuse('misplacedConstant', 'expected an arrow', constantHint);
  }
  refuseStatement(cursor, begin, reactants);
  refuseAfterTerm(cursor, 'an arrow');
  const alone = reactants.length <= 1 && cursor.atEnd;
  cursor.refuse(
    'missingArrow',
    'expected `+` or an arrow (`->` or `<->`)',
    alone ? constantHint : 'a reaction needs an arrow: `A + B -> C`',
  );
}

function parseConstants(cursor: Cursor, arrow: Token): Expression[] {
  const constants: Expression[] = [];
  while (cursor.isSymbol('{')) {
    const brace = cursor.advance();
    if (constants.length === (arrow.text === '->' ? 1 : 2)) {
      const message = `\`${arrow.text}\` takes ${arrow.text === '->' ? 'one constant' : 'two constants'}`;
      const hint = arrow.text === '->' ? 'a reversible reaction is written `<->{kf}{kr}`' : undefined;
      cursor.fail('extraConstant', message, hint, brace);
    }
    if (cursor.isSymbol('}')) {
      cursor.refuse('missingConstant', 'expected a rate constant', 'without braces the constant is 1');
    }
    constants.push(parseExpression(cursor));
    if (cursor.isSymbol(',')) {
      cursor.refuse(
        'unclosedBrace',
        'expected an operator or `}`',
        'a second constant has its own braces: `<->{kf}{kr}`',
      );
    }
    if (!cursor.takeSymbol('}'))
      cursor.refuse('unclosedBrace', 'expected an operator or `}`', braceHint(cursor));
  }
  if (arrow.text === '<->' && constants.length === 1) {
    cursor.refuse(
      'missingConstant',
      'expected `{` with the constant of the way back',
      '`<->` takes two constants, `<->{kf}{kr}`, or none, which makes both 1',
    );
  }
  return constants;
}

/** `[rate law]`, `[channel name]`, or both in that order */
function parseBrackets(
  cursor: Cursor,
  arrow: Token,
  hasConstant: boolean,
): { law: Expression | null; channel?: ReactionStatement['channel'] } {
  const bracket = cursor.token;
  if (!cursor.isSymbol('[')) return { law: null };
  const next = cursor.peek();
  const word = next.kind === 'name' && !next.quoted ? next.text : '';
  if (word !== 'rate' && word !== 'channel') {
    if (cursor.previous?.kind === 'name' && cursor.previous.end === bracket.start)
      refuseAfterTerm(cursor, '`[rate …]`');
    const hint = cursor.previous === arrow ? constantHint : 'a rate law is written `[rate k*A^0.5]`';
    cursor.refuse('malformedLaw', 'expected `+`, `[rate …]` or `[channel …]`', hint);
  }
  cursor.advance();
  const law = word === 'rate' ? parseLaw(cursor) : null;
  const channel = law === null || cursor.takeSymbol(',') ? parseChannel(cursor) : null;
  if (!cursor.takeSymbol(']')) {
    const expected = channel ? 'expected `]`' : 'expected an operator, `, channel …` or `]`';
    cursor.refuse('unclosedBracket', expected, channel ? undefined : braceHint(cursor));
  }
  if (law && arrow.text === '<->') {
    const hint = 'write the two directions as two reactions, each with its law';
    cursor.fail('misplacedLaw', 'a rate law belongs to one direction, and `<->` has two', hint, bracket);
  }
  if (law && hasConstant) {
    const message = 'the reaction has both a constant in braces and a rate law';
    cursor.fail('twoRates', message, 'write the constant as a factor of the law', bracket);
  }
  return { law, channel };
}

function parseLaw(cursor: Cursor): Expression {
  cursor.advance();
  if (cursor.isSymbol('=') || cursor.isSymbol(':')) {
    cursor.refuse('malformedLaw', 'expected the rate law', 'write `[rate k*A]`');
  }
  return parseExpression(cursor);
}

/** `channel name`, with `-` before the name for a negative term */
function parseChannel(cursor: Cursor): Reaction['channel'] {
  const form = 'write `[rate k*A, channel r1]`, or `channel -r1` for a term that is subtracted';
  if (!cursor.takeWord('channel')) cursor.refuse('malformedChannel', 'expected `channel` and a name', form);
  const sign = cursor.takeSymbol('-') ? -1 : 1;
  return { name: cursor.takeName('the name of a channel', form).text, sign };
}
