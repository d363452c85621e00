import type { Term } from './assemble-parts.js';
import { type Cursor, showToken } from './cursor.js';
import { keywords, otherKeywords } from './keywords.js';
import type { Token } from './lexer.js';
import { showName } from './names.js';
import { nearestName } from './nearest.js';

/* What people write instead of a reaction, and how to tell them. Each function refuses the statement, or does nothing
 * where it has nothing better to say than its caller. */

export const constantHint = 'a rate constant stands in braces after the arrow: `A ->{k} B`';

export function refuseNumber(cursor: Cursor, number: Token): never {
  const exponent = number.text.length < 20 ? /^(.+)([eE]\d+)$/u.exec(number.text) : null;
  let hint: string | undefined;
  if (cursor.isSymbol('*')) hint = 'a stoichiometry stands before its species without a sign: `2 A`';
  else if (cursor.isSymbol(':')) hint = 'a label is a name: `r1: A -> B`';
  else if (number.value === 0) hint = '`0` stands alone for an empty side';
  else if (exponent) {
    hint = `\`${number.text}\` is one number; for a species put white space before its name: \`${exponent[1]} ${exponent[2]}\``;
  } else if (cursor.atEnd) hint = constantHint;
  cursor.refuse('missingSpecies', `expected a species after the number ${showToken(number)}`, hint);
}

/** `A+->B` is a sum without its second species, unless the writer puts white space after the rail sign. */
export function missingSpeciesHint(cursor: Cursor): string | undefined {
  const { previous, token } = cursor;
  if (cursor.isSymbol('-') || (previous?.text === '+' && token.start === previous.end)) {
    return 'a rail sign at the end of a name is followed by white space: `A+ -> B`';
  }
  if (cursor.isSymbol('(')) return 'the language has no grouping here; an unusual name stands in backticks';
  return undefined;
}

export function refuseArrow(cursor: Cursor): never {
  const { text } = cursor.token;
  const back = /^(<[-=~]+|←|⟵|⇐)$/u.test(text);
  const both = /^<.*>$|[↔⟷⇔⇌⇋⇄⇆]/u.test(text);
  const glued = text === '-->' && cursor.previous?.end === cursor.token.start;
  let hint = 'write `->`';
  if (both) hint = 'write `<->` for a reversible reaction';
  else if (back) hint = 'turn the reaction round and write `->`';
  else if (glued) hint = 'write `->`, or for a rail sign put white space after it: `A- -> B`';
  cursor.refuse('malformedArrow', 'expected one arrow, `->` or `<->`', hint);
}

/** A statement that begins like no reaction: most often a keyword is misspelt or missing. */
export function refuseStatement(cursor: Cursor, begin: Token, reactants: Term[]): void {
  const { token } = cursor;
  if (begin.kind !== 'name' || begin.quoted || reactants.length !== 1 || cursor.previous !== begin) return;
  if (token.kind === 'name' || token.kind === 'number') {
    const near = otherKeywords.get(begin.text) ?? nearestName(begin.text, keywords);
    if (near) {
      const message = `${showName(begin.text)} begins no statement`;
      cursor.fail('unknownStatement', message, `did you mean \`${near}\`?`, begin);
    }
  }
  const assigns = cursor.isSymbol('=') || cursor.isSymbol('+=') || cursor.isSymbol(':=');
  if (!assigns) return;
  const hint =
    token.text === '+='
      ? `write \`dose ${begin.text} += … at …\``
      : `write \`param ${begin.text} = …\` for a constant, \`init ${begin.text} = …\` for a concentration`;
  const message = `${showToken(token)} stands in no reaction, and no keyword begins the statement`;
  cursor.fail('unknownStatement', message, begin.text.length > 40 ? undefined : hint);
}

/** Tells what is wrong with a token that follows a species directly. */
export function refuseAfterTerm(cursor: Cursor, next: string): void {
  const { token, previous } = cursor;
  const expected = `expected \`+\` or ${next}`;
  if (token.kind === 'name' || token.kind === 'number' || token.kind === 'nothing') {
    cursor.refuse('missingPlus', expected, 'species are joined with `+`');
  }
  if (cursor.isSymbol('[') && previous?.end === token.start) {
    const hint = 'an index list holds letters and digits: `P[1,2]`; any other name stands in backticks';
    cursor.refuse('malformedIndex', expected, hint);
  }
  if (cursor.isSymbol('(')) {
    cursor.refuse('unexpectedText', expected, 'a name with parentheses stands in backticks: `` `R(a)` ``');
  }
  if (cursor.isSymbol('*')) {
    cursor.refuse('unexpectedText', expected, 'a stoichiometry stands before its species: `2 A`');
  }
  if (cursor.isSymbol('-')) {
    const hint =
      'a rail sign is followed by white space: `A- -> B`; any other name with `-` stands in backticks';
    cursor.refuse('unexpectedText', expected, hint);
  }
}

export const braceHint = (cursor: Cursor): string | undefined =>
  cursor.token.kind === 'name' || cursor.token.kind === 'number' || cursor.isSymbol('(')
    ? 'a product is written with `*`, and a constant ends with its bracket'
    : undefined;

export function refuseAfterProducts(cursor: Cursor): void {
  if (cursor.atEnd) return;
  const { token } = cursor;
  if (cursor.isSymbol('{')) {
    cursor.refuse('misplacedConstant', 'expected `+` or the end of the statement', constantHint);
  }
  if (token.kind === 'oddArrow' && cursor.previous?.kind === 'arrow') refuseArrow(cursor);
  if (token.kind === 'arrow' || token.kind === 'oddArrow') {
    const hint = 'write one reaction for each arrow, separated by a new line, `;` or `|`';
    cursor.refuse('secondArrow', 'expected `+` or the end of the statement', hint);
  }
  if (cursor.previous?.kind === 'name') refuseAfterTerm(cursor, 'the end of the statement');
  if (cursor.isSymbol(',') || cursor.isSymbol(':')) {
    cursor.refuse('unexpectedText', 'expected `+` or the end of the statement', constantHint);
  }
  cursor.expectEnd('`+`, `[rate …]`, `[channel …]`');
}
