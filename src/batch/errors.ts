import { type FailureCode, SolveFailure } from '../simulate/failure.js';
import type { PlainError } from './messages.js';

/**
 * Why a pool could not run a job.
 *  - `workerDied`: the worker ended in the middle of it (out of memory, `process.exit`, a script that does not load);
 *  - `disposed`: the pool was disposed of before the job was done;
 *  - `unknownJob`: the worker has no job of that name.
 */
export type PoolErrorCode = 'workerDied' | 'disposed' | 'unknownJob';

/** A job that the pool could not run: not an error of the job itself, which comes as it was thrown. */
export class PoolError extends Error {
  override readonly name = 'PoolError';
  constructor(
    readonly code: PoolErrorCode,
    message: string,
    /** Place in its list of the job that was lost, where it is one of a list. */
    readonly index?: number,
  ) {
    super(message);
  }
}

/** Errors may name each other as causes in a circle. */
const DEEPEST = 8;

/** An error, or whatever else was thrown, as plain data. */
export function toPlainError(thrown: unknown, depth = 0): PlainError {
  if (!(thrown instanceof Error)) return { name: 'Error', message: String(thrown), details: {} };
  const details: PlainError['details'] = {};
  for (const [key, value] of Object.entries(thrown)) {
    if (key !== 'name' && ['string', 'number', 'boolean'].includes(typeof value)) details[key] = value;
  }
  return {
    name: thrown.name,
    message: thrown.message,
    ...(thrown.stack === undefined ? {} : { stack: thrown.stack }),
    details,
    ...(thrown.cause === undefined || depth === DEEPEST
      ? {}
      : { cause: toPlainError(thrown.cause, depth + 1) }),
  };
}

const builtIn: Record<string, new (message: string) => Error> = {
  RangeError,
  TypeError,
  SyntaxError,
  ReferenceError,
};

/**
 * The error again: of its own class where the language has it, a SolveFailure (without its `partial`) and a PoolError
 * too, else an `Error` with the same name, message and properties. Tell those apart by `name` and `code`, not by
 * `instanceof`.
 */
export function fromPlainError({ name, message, stack, details, cause }: PlainError): Error {
  if (name === 'PoolError') return new PoolError(details.code as PoolErrorCode, message);
  if (name === 'SolveFailure') {
    const { code, ...rest } = details as unknown as ConstructorParameters<typeof SolveFailure>[1] & {
      code: FailureCode;
    };
    return new SolveFailure(code, rest);
  }
  const Class = Object.hasOwn(builtIn, name) ? builtIn[name] : Error;
  const error = new Class(message);
  if (error.name !== name) {
    Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true });
  }
  // Where in the worker it happened says more than where it was unpacked.
  if (stack !== undefined) error.stack = stack;
  if (cause !== undefined) error.cause = fromPlainError(cause);
  return Object.assign(error, details);
}
