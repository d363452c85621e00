import type { Issue } from '../network/model.js';

/** Exit codes. Scripts rely on them. */
export const exitCodes = {
  done: 0,
  /** A run failed; what there is has been written. */
  failed: 1,
  /** Input that cannot be read or is invalid; wrong use of a flag. */
  invalid: 2,
  /** 128 + SIGINT. */
  interrupted: 130,
} as const;

/** The command was asked for something it cannot do: exit code 2. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';
  readonly hint: string | undefined;

  constructor(message: string, hint?: string, options?: ErrorOptions) {
    super(message, options);
    this.hint = hint;
  }
}

/** Something is wrong with an input file: exit code 2. */
export class InvalidFile extends Error {
  override readonly name = 'InvalidFile';
  /** What to call the file in messages. */
  readonly file: string;
  readonly issues: Issue[];
  /** The file's text, for showing the lines that the issues point at; empty when it could not be read. */
  readonly text: string;

  constructor(file: string, issues: Issue[], text = '') {
    super(issues[0]?.message ?? 'invalid file');
    this.file = file;
    this.issues = issues;
    this.text = text;
  }

  /** One error without a line, or with one. */
  static of(
    file: string,
    message: string,
    options: { line?: number; column?: number; text?: string; hint?: string } = {},
  ) {
    const { line = 0, column = 0, text, hint } = options;
    return new InvalidFile(
      file,
      [{ severity: 'error', code: 'file', message, line, column, ...(hint === undefined ? {} : { hint }) }],
      text,
    );
  }
}

/** Everything has been said and written: ends the command with this code. */
export class Ended extends Error {
  override readonly name = 'Ended';
  constructor(readonly code: number) {
    super(`ended with code ${code}`);
  }
}

/** True for what the library throws at options and data it cannot use. */
export function isRefusal(error: unknown): error is Error {
  return error instanceof RangeError || error instanceof TypeError || (error as Error)?.name === 'DataError';
}

/**
 * Runs part of the library that checks what it is given; what it refuses becomes `InvalidInput`.
 * @param translate turns the library's words (`maxSteps`) into the command's (`--max-steps`)
 */
export async function refusing<T>(
  run: () => T | Promise<T>,
  translate: (message: string) => string = (message) => message,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (isRefusal(error)) throw new InvalidInput(translate(error.message), undefined, { cause: error });
    throw error;
  }
}
