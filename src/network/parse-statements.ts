import type { Assembler, CrossingStatement } from './assembler.js';
import { type Cursor, showToken } from './cursor.js';
import type { keywords } from './keywords.js';
import type { Token } from './lexer.js';
import { methodNames } from './methods.js';
import type { Expression, SourceSpan } from './model.js';
import { everyIndex, showName } from './names.js';
import { suggest } from './nearest.js';
import { parseAmount, parseCompartment } from './parse-compartments.js';
import { parseExpression, parseNumber } from './parse-expression.js';
import { parseObservables } from './parse-observables.js';
import { placeKeys } from './places.js';

const clauses = ['to', 'save', 'rtol', 'atol', 'method'] as const;

type Parser = (cursor: Cursor, assembler: Assembler) => void;

const keywordParsers: Record<(typeof keywords)[number], Parser> = {
  param: (cursor, assembler) =>
    parseValues(cursor, 'a parameter', (name, value, at) => assembler.parameter(name, value, at)),
  init: (cursor, assembler) =>
    parseValues(cursor, 'a species', (name, value, at) => assembler.initial(name, value, false, at)),
  const: (cursor, assembler) =>
    parseValues(cursor, 'a species', (name, value, at) => assembler.initial(name, value, true, at)),
  phase: parsePhase,
  dose: parseDose,
  simulate: parseSimulate,
  save: parseClauses,
  rtol: parseClauses,
  atol: parseClauses,
  method: parseClauses,
  compartment: parseCompartment,
  amount: parseAmount,
  observable: parseObservables,
};

const parsers = new Map(Object.entries(keywordParsers));

/**
 * The parser of the statement that the present token begins, or null when it begins a reaction. A keyword is an
 * ordinary name where what follows can only follow a species or a label.
 */
export function statementParser(cursor: Cursor): Parser | null {
  const { token } = cursor;
  if (token.kind !== 'name' || token.quoted) return null;
  const parser = parsers.get(token.text);
  if (!parser) return null;
  const next = cursor.peek();
  const isSpecies =
    next.kind === 'arrow' ||
    next.kind === 'oddArrow' ||
    (next.kind === 'symbol' && (next.text === '+' || next.text === ':' || next.text === '{'));
  return isSpecies ? null : parser;
}

/** `name = value, name = value` */
function parseValues(
  cursor: Cursor,
  what: string,
  add: (name: string, value: Expression, at: SourceSpan | undefined) => void,
): void {
  const keyword = cursor.advance().text;
  do {
    const name = cursor.takeName(`the name of ${what}`, `write \`${keyword} name = value\``);
    if (!cursor.takeSymbol('=')) {
      const hint = cursor.isSymbol('+=')
        ? 'write `=`'
        : `write \`${keyword} ${name.text.slice(0, 40)} = value\``;
      cursor.refuse('missingEquals', `expected \`=\` after ${showToken(name)}`, hint);
    }
    add(name.text, parseExpression(cursor), cursor.placeOf(name));
  } while (cursor.takeSymbol(','));
  cursor.expectEnd('an operator, `,`');
}

/** `phase name duration: label, family[*]` or `phase name duration: *`, before the colon also `when species rises level` */
function parsePhase(cursor: Cursor, assembler: Assembler): void {
  cursor.advance();
  const form = 'write `phase name duration: label, label` or `phase name duration: *`';
  const name = cursor.takeName('the name of a phase', form);
  if (cursor.isSymbol(':') || cursor.atEnd)
    cursor.refuse('missingValue', 'expected the duration of the phase', form);
  const duration = parseExpression(cursor);
  const when = cursor.takeWord('when')
    ? parseCrossing(cursor, 'write `phase name duration when Y rises 0.5: label, label`')
    : undefined;
  if (!cursor.takeSymbol(':')) cursor.refuse('missingColon', 'expected an operator, `when` or `:`', form);
  const labels: string[] = [];
  const places = new Map<string, Token>();
  let active: '*' | string[] = labels;
  if (cursor.takeSymbol('*')) {
    active = '*';
  } else if (!cursor.atEnd) {
    do {
      const token = cursor.takeName(
        'a label',
        '`*` alone stands for all reactions, `name[*]` for every index',
      );
      const label = takeEveryIndex(cursor) ? token.text + everyIndex : token.text;
      labels.push(label);
      if (!places.has(label)) places.set(label, token);
    } while (cursor.takeSymbol(','));
  }
  cursor.expectEnd(active === '*' ? undefined : '`,`');
  const phase = assembler.phase(name.text, duration, active, cursor.placeOf(name), when);
  for (const [label, token] of places) cursor.note(placeKeys.activeLabel(phase, label), token);
}

function takeEveryIndex(cursor: Cursor): boolean {
  if (!cursor.takeSymbol('[')) return false;
  const hint = '`feed[*]` stands for every label `feed` with an index';
  if (!cursor.takeSymbol('*')) cursor.refuse('malformedIndex', 'expected `*`', hint);
  if (!cursor.takeSymbol(']')) cursor.refuse('malformedIndex', 'expected `]`', hint);
  return true;
}

/** `dose species += amount at phase`, or `= amount`, or `when species rises|falls level` */
function parseDose(cursor: Cursor, assembler: Assembler): void {
  const first = cursor.advance();
  const form = 'write `dose X += 2 at phase`, `dose X = 2 at phase` or `dose X += 1 when Y rises 0.5`';
  const species = cursor.takeName('the name of a species', form);
  const mode = cursor.takeSymbol('+=') ? 'add' : 'set';
  if (mode === 'set' && !cursor.takeSymbol('=')) {
    cursor.refuse('missingEquals', `expected \`+=\` or \`=\` after ${showToken(species)}`, form);
  }
  const amount = parseExpression(cursor);
  const statement = {
    species: { name: species.text, at: cursor.placeOf(species) },
    amount,
    mode,
    at: cursor.placeOf(first),
  } as const;
  if (cursor.takeWord('at')) {
    const phase = cursor.takeName('the name of a phase', form);
    assembler.dose({ ...statement, when: { kind: 'phase', phase: phase.text, at: cursor.placeOf(phase) } });
  } else if (cursor.takeWord('when')) {
    assembler.dose({ ...statement, when: { kind: 'level', ...parseCrossing(cursor, form) } });
  } else {
    cursor.refuse('missingMoment', 'expected an operator, `at` or `when`', form);
  }
  cursor.expectEnd('an operator');
}

/** `species rises|falls level` */
function parseCrossing(cursor: Cursor, form: string): CrossingStatement {
  const watched = cursor.takeName('the name of a species', form);
  const direction = cursor.takeWord('rises') ? 'rises' : 'falls';
  if (direction === 'falls' && !cursor.takeWord('falls')) {
    cursor.refuse('missingDirection', 'expected `rises` or `falls`', form);
  }
  return { name: watched.text, direction, level: parseExpression(cursor), at: cursor.placeOf(watched) };
}

/** `simulate` and any number of clauses */
function parseSimulate(cursor: Cursor, assembler: Assembler): void {
  cursor.advance();
  if (cursor.token.kind === 'number' || cursor.atEnd) {
    cursor.refuse(
      'missingClause',
      'expected `to`, `save`, `rtol`, `atol` or `method`',
      'write `simulate to 100`',
    );
  }
  parseClauses(cursor, assembler);
}

/** One or more clauses, behind `simulate` or as a statement of their own. */
function parseClauses(cursor: Cursor, assembler: Assembler): void {
  do readClause(cursor, assembler);
  while (!cursor.atEnd);
}

function readClause(cursor: Cursor, assembler: Assembler): void {
  const { token } = cursor;
  const at = cursor.placeOf(token);
  const clause = token.quoted ? undefined : clauses.find((word) => word === token.text);
  if (token.kind !== 'name' || !clause) {
    const hint = token.kind === 'name' ? suggest(token.text, clauses) : undefined;
    cursor.refuse('unknownClause', 'expected `to`, `save`, `rtol`, `atol` or `method`', hint);
  }
  cursor.advance();
  switch (clause) {
    case 'to':
      assembler.simulateTo(parseExpression(cursor), at);
      return;
    case 'save':
      readSave(cursor, assembler, at);
      return;
    case 'rtol': {
      const { value, token: number } = parseNumber(cursor, 'a relative tolerance');
      assembler.tolerance('rtol', value, at, cursor.placeOf(number));
      return;
    }
    case 'atol':
      do readAbsoluteTolerance(cursor, assembler, at);
      while (cursor.takeSymbol(','));
      return;
    case 'method': {
      const name = cursor.takeName('the name of a method', `there are ${methodNames.join(', ')}`);
      assembler.method(name.text, at, cursor.placeOf(name));
      return;
    }
  }
}

/** `save N`, or `save log a b n` */
function readSave(cursor: Cursor, assembler: Assembler, at: SourceSpan | undefined): void {
  if (!cursor.takeWord('log')) {
    const { value, token } = parseNumber(cursor, 'a number of intervals or `log`');
    assembler.save({ kind: 'uniform', intervals: value }, at, cursor.placeOf(token));
    return;
  }
  const form = 'two times and a number of points: `save log 1e-6 1e5 200`';
  const from = parseNumber(cursor, form);
  const to = parseNumber(cursor, form);
  const points = parseNumber(cursor, form);
  const grid = { kind: 'log', from: from.value, to: to.value, points: points.value } as const;
  assembler.save(grid, at, cursor.placeOf(from.token));
}

/** `1e-12` for all species, or `B=1e-18` for one */
function readAbsoluteTolerance(cursor: Cursor, assembler: Assembler, at: SourceSpan | undefined): void {
  if (cursor.token.kind !== 'name') {
    const { value, token } = parseNumber(cursor, 'an absolute tolerance, or `species=tolerance`');
    assembler.tolerance('atol', value, at, cursor.placeOf(token));
    return;
  }
  const name = cursor.advance();
  if (!cursor.takeSymbol('=')) {
    cursor.refuse('missingEquals', `expected \`=\` after ${showName(name.text)}`, 'write `atol B=1e-18`');
  }
  const { value, token } = parseNumber(cursor, 'an absolute tolerance');
  assembler.speciesTolerance(name.text, value, cursor.placeOf(name), cursor.placeOf(token));
}
