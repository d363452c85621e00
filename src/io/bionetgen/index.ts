import type { Format } from '../format.js';
import { readNet } from './read.js';
import { writeNet } from './write.js';

/** Networks as BioNetGen generates them. */
export const bionetgen: Format = {
  name: 'net',
  title: 'BioNetGen .net',
  extensions: ['.net'],
  read: readNet,
  write: writeNet,
};
