import type { Term } from './assemble-parts.js';
import type { Assembler } from './assembler.js';
import { type Cursor, showToken } from './cursor.js';
import { takeNothing } from './parse-reaction.js';

/** `observable name = A + 2 B - C, name = …`; `0` or `∅` for an empty sum */
export function parseObservables(cursor: Cursor, assembler: Assembler): void {
  cursor.advance();
  do {
    const name = cursor.takeName('the name of an observable', 'write `observable Total = A + 2 B`');
    if (!cursor.takeSymbol('=')) {
      cursor.refuse(
        'missingEquals',
        `expected \`=\` after ${showToken(name)}`,
        `write \`observable ${name.text.slice(0, 40)} = …\``,
      );
    }
    assembler.observable({ name: name.text, terms: parseWeighted(cursor), at: cursor.placeOf(name) });
  } while (cursor.takeSymbol(','));
  cursor.expectEnd('`+`, `-`, `,`');
}

/** A weighted sum of species, in which one may occur repeatedly. */
function parseWeighted(cursor: Cursor): Term[] {
  const terms = new Map<string, Term>();
  if (takeNothing(cursor)) return [];
  let sign = cursor.takeSymbol('-') ? -1 : 1;
  if (sign === 1) cursor.takeSymbol('+');
  for (;;) {
    const term = parseWeightedTerm(cursor, sign);
    const same = terms.get(term.name);
    if (same) same.value += term.value;
    else terms.set(term.name, term);
    if (cursor.takeSymbol('+')) sign = 1;
    else if (cursor.takeSymbol('-')) sign = -1;
    else return [...terms.values()];
  }
}

function parseWeightedTerm(cursor: Cursor, sign: number): Term {
  const weight = cursor.token.kind === 'number' ? cursor.advance() : undefined;
  if (cursor.token.kind !== 'name') {
    const hint = cursor.isSymbol('*')
      ? 'a weight stands before its species without a sign: `2 A`'
      : 'an observable is a sum of species, each with a number before it if need be: `A + 2 B - C`';
    cursor.refuse('missingSpecies', `expected a species${weight ? ` after ${showToken(weight)}` : ''}`, hint);
  }
  const name = cursor.advance();
  return { name: name.text, value: sign * (weight?.value ?? 1), at: cursor.placeOf(name) };
}
