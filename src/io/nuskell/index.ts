import type { Format } from '../format.js';
import { head } from '../head.js';
import { readNuskell } from './read.js';
import { writeNuskell } from './write.js';

/** `[k = 1]`, `A @initial 1`, `<=>` without a constant behind it, or a list of what species are for. */
const signs =
  /\[[ \t]*k[fr]?[ \t]*=|^[ \t]*\w+[ \t]*@[ \t]*[a-z]|^[^#\n,:]*<=>[^,:\n]*$|^[ \t]*(?:formals|signals|fuels)[ \t]*=/m;

/** Networks of Nuskell and crnsimulator. */
export const nuskell: Format = {
  name: 'nuskell',
  title: 'Nuskell .crn',
  extensions: ['.crn'],
  read: readNuskell,
  write: writeNuskell,
  recognises: (text) => signs.test(head(text)),
};
