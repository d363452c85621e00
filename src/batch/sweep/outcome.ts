import type { Values } from './measure.js';

/**
 * How a case ended. `'failed'`: the run did not come to its end; `'refused'`: the library does not take these options.
 * The same for the same case, whoever runs it and beside what.
 */
export type Outcome =
  | { status: 'done'; values: Values }
  | { status: 'failed' | 'refused' /** Of a failure. */; code?: string; error: string };

/** What the library throws at options and data that it cannot use. */
export const isRefusal = (error: unknown): error is Error =>
  error instanceof RangeError || error instanceof TypeError || (error as Error)?.name === 'DataError';
