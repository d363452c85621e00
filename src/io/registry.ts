import { antimony } from './antimony/index.js';
import { bionetgen } from './bionetgen/index.js';
import { catalyst, octave, python } from './code/index.js';
import { crnpp } from './crnpp/index.js';
import { dsd } from './dsd/index.js';
import type { Format } from './format.js';
import { json } from './json/index.js';
import { latex } from './latex/index.js';
import { list } from './list/index.js';
import { nuskell } from './nuskell/index.js';
import { sbml } from './sbml/index.js';
import { text } from './text/index.js';

/**
 * All formats. Of those that share an extension the first is meant where a network is written, and where a text could be
 * of several.
 */
export const formats: readonly Format[] = [
  text,
  json,
  sbml,
  antimony,
  bionetgen,
  dsd,
  nuskell,
  crnpp,
  list,
  octave,
  python,
  catalyst,
  latex,
];
