import type { SpeciesReference } from './assemble-parts.js';
import type { Assembler } from './assembler.js';
import type { Cursor } from './cursor.js';
import { parseExpression } from './parse-expression.js';

/** `compartment name size`, and after a colon what is in it */
export function parseCompartment(cursor: Cursor, assembler: Assembler): void {
  cursor.advance();
  const form = 'write `compartment cell 0.5: A, B`';
  const name = cursor.takeName('the name of a compartment', form);
  if (cursor.isSymbol(':') || cursor.atEnd) {
    cursor.refuse('missingValue', 'expected the size of the compartment', form);
  }
  const size = parseExpression(cursor);
  const species = cursor.takeSymbol(':') ? parseSpecies(cursor, form) : [];
  cursor.expectEnd(species.length > 0 ? '`,`' : 'an operator, `:`');
  assembler.compartment({ name: name.text, size, species, at: cursor.placeOf(name) });
}

/** `amount A, B` */
export function parseAmount(cursor: Cursor, assembler: Assembler): void {
  cursor.advance();
  const species = parseSpecies(cursor, 'write `amount A, B`');
  cursor.expectEnd('`,`');
  assembler.amount(species);
}

function parseSpecies(cursor: Cursor, form: string): SpeciesReference[] {
  const species: SpeciesReference[] = [];
  do {
    const name = cursor.takeName('the name of a species', form);
    species.push({ name: name.text, at: cursor.placeOf(name) });
  } while (cursor.takeSymbol(','));
  return species;
}
