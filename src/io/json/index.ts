import type { Format } from '../format.js';
import { readJson } from './read.js';
import { writeJson } from './write.js';

/** Networks as JSON, by the published schema. */
export const json: Format = {
  name: 'json',
  title: 'JSON',
  extensions: ['.json'],
  recognises: (text) => /^\s*\{/.test(text.slice(0, 1000)),
  read: readJson,
  write: writeJson,
};
