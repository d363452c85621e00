import type { Format } from '../format.js';
import { head } from '../head.js';
import { readDsd } from './read.js';
import { writeDsd } from './write.js';

/** `directive …`, or `init X 30` without a sign between. */
const beginnings =
  /(?:^|[|\n])[ \t]*(?:directive[ \t]|init[ \t]+(?:constant[ \t]+)?(?:[\w']+|"[^"\n]*")[ \t]+[\w.])/;

/** The language of Visual DSD and of the CRN engine. */
export const dsd: Format = {
  name: 'dsd',
  title: 'Visual DSD / CRN engine',
  extensions: ['.crn', '.dsd'],
  read: readDsd,
  write: writeDsd,
  recognises: (text) => beginnings.test(head(text)),
};
