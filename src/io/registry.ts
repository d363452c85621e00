import { bionetgen } from './bionetgen/index.js';
import type { Format } from './format.js';
import { json } from './json/index.js';
import { text } from './text/index.js';

/** All formats, in the order in which a text is tried. */
export const formats: readonly Format[] = [text, json, bionetgen];
