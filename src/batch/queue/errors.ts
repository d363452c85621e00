/**
 * Why a queue cannot be used.
 *  - `missingPackage`: `bullmq` or `ioredis` is not installed;
 *  - `badAddress`: no address or name of a queue;
 *  - `unreachable`: nobody answers there, or refuses to talk;
 *  - `otherVersion`: sweep and workers are of different versions of this package, whose numbers may differ.
 */
export type QueueErrorCode = 'missingPackage' | 'badAddress' | 'unreachable' | 'otherVersion';

/** A queue that cannot be used, and what to do about it. */
export class QueueError extends Error {
  override readonly name = 'QueueError';
  constructor(
    readonly code: QueueErrorCode,
    message: string,
    readonly hint?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
