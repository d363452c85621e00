import { compileCrnpp, parseCrnpp } from '../../circuits/crnpp/index.js';
import { NetworkError } from '../../network/builder.js';
import type { Format, ReadResult } from '../format.js';
import { head } from '../head.js';

function readCrnpp(text: string): ReadResult {
  const { program, issues } = parseCrnpp(text);
  if (!program) return { network: null, issues };
  try {
    return { network: compileCrnpp(program).network, issues };
  } catch (error) {
    // A value that is no concentration, say: the program itself says nothing against it.
    if (!(error instanceof NetworkError)) throw error;
    return { network: null, issues: [...issues, ...error.issues] };
  }
}

/** Programs in CRN++, compiled to reactions with their clock. */
export const crnpp: Format = {
  name: 'crnpp',
  title: 'CRN++',
  extensions: ['.crnpp', '.m', '.crn'],
  read: readCrnpp,
  recognises: (text) => /\bcrn\s*=\s*\{|\bstep\s*\[\s*\{/.test(head(text)),
};
