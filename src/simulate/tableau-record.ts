import * as L from '../../assembly/layout';
import { type Tableau, tableaus } from '../../assembly/tableaus';
import type { Engine } from '../engine/types.js';
import { allocate } from './scratch.js';

/** Writes a method's table (`assembly/layout.ts`, T_*) into kernel memory. */
function writeTableau(engine: Engine, address: number, tableau: Tableau): void {
  engine.bytes(address, L.T_BYTES).fill(0);
  const words = engine.words(address, L.T_BYTES / 4);
  const slots = engine.doubles(address, L.T_BYTES / 8);
  const put = (at: number, rows: readonly (readonly number[])[]) => {
    rows.forEach((row, r) => {
      row.forEach((value, c) => {
        slots[at + r * L.MAX_STAGES + c] = value;
      });
    });
  };
  if (tableau.family === 'multistep') {
    // It starts at order 1, whose error goes with the square of the step. The highest order is the settings'.
    words[L.T_FAMILY] = L.FAMILY_MULTISTEP;
    words[L.T_ROOT] = 2;
    return;
  }
  words[L.T_STAGES] = tableau.stages;
  words[L.T_ROOT] = tableau.order;
  put(L.T_A, tableau.a);
  put(L.T_H, tableau.h);
  if (tableau.family === 'rosenbrock') {
    words[L.T_FAMILY] = L.FAMILY_ROSENBROCK;
    words[L.T_EXPLICIT] = tableau.a.length;
    slots[L.T_GAMMA] = tableau.gamma;
    put(L.T_C, tableau.c);
  } else {
    words[L.T_FAMILY] = L.FAMILY_EXPLICIT;
    slots[L.T_STABILITY] = tableau.stability;
    put(L.T_ERROR, [tableau.error]);
  }
}

/** Where each method's table lies, by the method's name. */
export type PlacedTables = Readonly<Record<string, number>>;

/** Puts every method's table into kernel memory. */
export function placeTables(engine: Engine): PlacedTables {
  const addresses: Record<string, number> = {};
  for (const tableau of Object.values(tableaus)) {
    const address = allocate(engine, L.T_BYTES);
    writeTableau(engine, address, tableau);
    addresses[tableau.name] = address;
  }
  return addresses;
}
