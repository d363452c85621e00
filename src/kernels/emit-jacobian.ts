/**
 * ∂(dy/dt)/∂y in the filled pattern, in straight lines: the operations of `jacobian` in `assembly/kinetics.ts`, in
 * their order at each place.
 */
import { P_W_ATOL, P_W_CONSTANTS, P_W_JAC_COEFFICIENTS, P_W_JACOBIAN } from '../../assembly/layout';
import { inChunks, inSequence } from './chunks.js';
import { type Powers, timesPower, timesSlope } from './emit-powers.js';
import type { FunctionWriter } from './function-writer.js';
import { Kept, type Read } from './kept.js';
import { coefficientOf, eachComponent } from './lanes.js';
import type { ModuleWriter } from './module-writer.js';
import { JACOBIAN, WORK } from './signatures.js';
import type { ProblemTables } from './tables.js';

const Y = 2;
/** Places without terms up to which each is written by itself. */
const MAX_CLEARED = 256;

/** Adds the function `(problem, work, y)`; returns its number. */
export function addJacobian(module: ModuleWriter, tables: ProblemTables, powers: Powers): number {
  const { count, fill } = tables;
  const { start, terms } = termsByPlace(tables);
  const jacobian = tables.region(P_W_JACOBIAN);
  // What has no terms is fill of L + U alone, and −0 as the interpreted kernel leaves it.
  const places = Array.from({ length: fill }, (_, place) => place);
  const filled = places.filter((place) => start[place] < start[place + 1]);
  const clears = fill - filled.length > MAX_CLEARED;
  const functions = clears ? [addClear(module, jacobian, fill)] : [];
  const written = clears ? filled : places;
  const writes = inChunks(module, JACOBIAN, written.length, (code) => {
    const y = new Kept(code, Y, 0, count).push;
    const atol = new Kept(code, WORK, tables.region(P_W_ATOL), count).push;
    return (piece) => {
      const place = written[piece];
      code.get(WORK);
      if (start[place] === start[place + 1]) code.constant(-0);
      for (let t = start[place]; t < start[place + 1]; t++) {
        pushTerm(code, tables, powers, y, atol, terms[t]);
        if (t > start[place]) code.add();
      }
      code.store(jacobian + 8 * place);
    };
  });
  return inSequence(module, JACOBIAN, [...functions, ...writes]);
}

/** Adds a function that sets all places to −0. */
function addClear(module: ModuleWriter, jacobian: number, fill: number): number {
  const code = module.begin(JACOBIAN);
  code.constant(-0);
  const none = coefficientOf(code);
  eachComponent(code, WORK, fill, (lane) => lane.store(jacobian, () => lane.push(none)));
  return module.add(code);
}

/** Jacobian terms (pairs, triples, general, numbered through) gathered by place, in the program's order. */
export function termsByPlace({ fill, jacPlace, genPlace }: ProblemTables): {
  start: Int32Array;
  terms: Int32Array;
} {
  const small = jacPlace.length;
  const start = new Int32Array(fill + 1);
  for (const place of jacPlace) start[place + 1]++;
  for (const place of genPlace) start[place + 1]++;
  for (let place = 0; place < fill; place++) start[place + 1] += start[place];
  const next = start.slice();
  const terms = new Int32Array(start[fill]);
  for (let t = 0; t < small; t++) terms[next[jacPlace[t]]++] = t;
  for (let g = 0; g < genPlace.length; g++) terms[next[genPlace[g]]++] = small + g;
  return { start, terms };
}

function pushTerm(
  code: FunctionWriter,
  tables: ProblemTables,
  powers: Powers,
  y: Read,
  atol: Read,
  term: number,
): void {
  const { count, jacPairs, jacPlace, jacA, jacB } = tables;
  if (term >= jacPlace.length) {
    pushGeneral(code, tables, powers, y, atol, term - jacPlace.length);
    return;
  }
  code.load(WORK, tables.region(P_W_JAC_COEFFICIENTS) + 8 * term);
  for (const slot of term < jacPairs ? [jacA[term]] : [jacA[term], jacB[term - jacPairs]]) {
    if (slot === count) continue;
    y(slot);
    code.multiply();
  }
}

function pushGeneral(
  code: FunctionWriter,
  tables: ProblemTables,
  powers: Powers,
  y: Read,
  atol: Read,
  g: number,
): void {
  const { tripleEnd, generalStart, generalSpecies, generalOrder, genReaction, genTerm, genWeight } = tables;
  const r = genReaction[g];
  code.load(WORK, tables.region(P_W_CONSTANTS) + 8 * r);
  code.constant(genWeight[g]);
  code.multiply();
  for (let m = generalStart[r - tripleEnd]; m < generalStart[r - tripleEnd + 1]; m++) {
    if (m === genTerm[g]) timesSlope(code, powers, y, atol, generalSpecies[m], generalOrder[m]);
    else timesPower(code, powers, y, generalSpecies[m], generalOrder[m]);
  }
}
