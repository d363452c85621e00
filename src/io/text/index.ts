import { parseNetwork } from '../../network/parse.js';
import { printNetwork } from '../../network/print.js';
import type { Format } from '../format.js';
import { writer } from '../writer.js';

/** The package's own text. */
export const text: Format = {
  name: 'crn',
  title: 'neural-crn text',
  extensions: ['.crn', '.txt'],
  read: parseNetwork,
  write: writer('text', ({ network, report }) => {
    const comments = report.finish().map((line) => `# ${line}\n`);
    return `${comments.join('')}\n${printNetwork(network)}`;
  }),
};
