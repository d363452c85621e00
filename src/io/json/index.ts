import type { Format } from '../format.js';
import { readJson } from './read.js';
import { writeJson } from './write.js';

/** Networks as JSON, by the published schema. */
export const json: Format = {
  name: 'json',
  title: 'JSON',
  extensions: ['.json'],
  read: readJson,
  write: writeJson,
};
