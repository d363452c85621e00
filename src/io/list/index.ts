import type { Format } from '../format.js';
import { head } from '../head.js';
import { readList } from './read.js';

/** An arrow, and behind it a comma or colon with a constant. */
const line = /^[^#\n]*(?:->|=>|→|⇌|<=>)[^#{}[\]\n]*[,:][ \t]*[\w.(-]/m;

/** Plain lists of reactions, each with its constant behind a comma. */
export const list: Format = {
  name: 'list',
  title: 'list of reactions',
  extensions: ['.txt', '.crn'],
  read: readList,
  recognises: (text) => line.test(head(text)),
};
