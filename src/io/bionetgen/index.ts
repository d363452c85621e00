import type { Format } from '../format.js';
import { head } from '../head.js';
import { readNet } from './read.js';
import { writeNet } from './write.js';

/** Networks as BioNetGen generates them. */
export const bionetgen: Format = {
  name: 'net',
  title: 'BioNetGen .net',
  extensions: ['.net'],
  recognises: (text) =>
    /^[ \t]*begin[ \t]+(?:parameters|species|reactions|molecule|groups)/m.test(head(text)),
  read: readNet,
  write: writeNet,
};
