/** SBML, the Systems Biology Markup Language: reaction models of Levels 2 and 3 read, Level 3 Version 2 written. */
import type { Format } from '../format.js';
import { readSbml } from './read.js';
import { writeSbml } from './write.js';

export type { Meaning } from './network.js';
export { readSbml, type SbmlResult } from './read.js';
export { writeSbml } from './write.js';

export const sbml: Format = {
  name: 'sbml',
  title: 'SBML',
  extensions: ['.sbml', '.xml'],
  read: (text) => {
    const { network, issues } = readSbml(text);
    return { network, issues };
  },
  write: writeSbml,
  recognises: (text) => /<(\w+:)?sbml[\s>]/.test(text.slice(0, 4000)),
};
