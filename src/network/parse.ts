import { Assembler, type ReactionStatement } from './assembler.js';
import { Cursor, Refusal } from './cursor.js';
import type { Finding } from './issues.js';
import type { Expression, Issue, Network } from './model.js';
import { everyIndex, familyOf } from './names.js';
import { parseExpression } from './parse-expression.js';
import { parseReaction } from './parse-reaction.js';
import { statementParser } from './parse-statements.js';
import { Places } from './places.js';

/**
 * Reads the text of a network (`.crn`).
 *
 * Never throws on text, whatever it is, and takes time in proportion to its length. A statement that cannot be read
 * gives one issue, and reading goes on behind it; after 100 errors it stops.
 *
 * @param text one statement a line, or separated by `;` or `|`; comments from `#` or `//` to the line's end
 * @returns the issues in the order of the text (lines and columns count from 1, columns in UTF-16 units as editors
 * count them), and the network, which is `null` if and only if an issue is an error
 *
 * @example
 * const { network, issues } = parseNetwork('init A = 1\nA ->{0.5} B\nsimulate to 10');
 */
export function parseNetwork(text: string): { network: Network | null; issues: Issue[] } {
  const places = new Places();
  const assembler = new Assembler(places);
  const cursor = new Cursor(text, places);
  const complete = assembler.run(() => {
    for (;;) {
      if (!cursor.atEnd) readStatement(cursor, assembler);
      if (assembler.issues.overflowed || cursor.atEndOfText) break;
      cursor.advance();
    }
  });
  const network = complete ? assembler.finish() : null;
  return { network, issues: assembler.issues.list() };
}

function readStatement(cursor: Cursor, assembler: Assembler): void {
  const first = cursor.token;
  try {
    const parser = statementParser(cursor);
    if (parser) parser(cursor, assembler);
    else assembler.reaction(parseReaction(cursor));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    assembler.issues.error(error.finding);
    for (const name of cursor.recover(first)) {
      assembler.issues.suspects.add(name);
      const family = familyOf(name);
      if (family !== null) assembler.issues.suspects.add(family + everyIndex);
    }
  }
}

/** The result of `read` if the whole text is what it reads, or else what is wrong with the text. */
function readWhole<T extends object>(text: string, read: (cursor: Cursor) => T): T | { finding: Finding } {
  const cursor = new Cursor(text, null);
  try {
    const value = read(cursor);
    if (!cursor.atEndOfText) cursor.refuse('unexpectedText', 'expected nothing more');
    return value;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { at, ...finding } = error.finding;
    const shown = JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
    return { finding: { ...finding, message: `in ${shown}, column ${at?.column ?? 1}: ${finding.message}` } };
  }
}

/** Reads one constant that is given apart from any text. */
export const readExpression = (text: string): Expression | { finding: Finding } =>
  readWhole(text, parseExpression);

/** Reads one reaction statement that is given apart from any text. */
export const readReaction = (text: string): ReactionStatement | { finding: Finding } =>
  readWhole(text, parseReaction);
