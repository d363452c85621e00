/**
 * Why a store cannot be used.
 *  - `locked`: another process writes to it;
 *  - `changed`: it belongs to another sweep, or another version made it;
 *  - `notAStore`: the file is something else, or of a format that this version does not know;
 *  - `unwritable`: the file system refused; `cause` is its error.
 */
export type StoreErrorCode = 'locked' | 'changed' | 'notAStore' | 'unwritable';

/** A store that cannot be used, and what to do about it. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  constructor(
    readonly code: StoreErrorCode,
    message: string,
    readonly hint?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const CAUSES: Record<string, string> = {
  EACCES: 'writing is not permitted there',
  EPERM: 'writing is not permitted there',
  EROFS: 'the file system is read-only',
  ENOENT: 'its folder does not exist',
  EISDIR: 'it is a directory',
  ENOSPC: 'no space is left',
  EIO: 'the disk failed',
};

/** What the file system says, about a store. */
export function unwritable(path: string, error: unknown): StoreError {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return new StoreError('unwritable', `${path} cannot be written: ${CAUSES[code] ?? message}`, undefined, {
    cause: error,
  });
}
