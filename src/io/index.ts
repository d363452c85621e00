/** Exchange formats: networks read from and written to what other programs use. */
export { extensionOf, formatNamed, type ReadNetwork, readNetwork, writerFor } from './choose.js';
export { ExportError, type Format, type ReadResult, type WriteOptions } from './format.js';
export { networkSchema } from './json/schema.js';
export { formats } from './registry.js';
