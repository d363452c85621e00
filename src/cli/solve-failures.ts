import type { SolveFailure } from '../simulate/failure.js';
import type { StochasticFailure } from '../stochastic/failure.js';
import { asFlags } from './options.js';
import type { Terminal } from './terminal.js';

/** A failed run as JSON. */
export interface FailureJson {
  code: string;
  time: number;
  step: number;
  species?: string;
  message: string;
  hint: string;
}

export function failureJson(failure: SolveFailure): FailureJson {
  const { code, time, step, species } = failure;
  return {
    code,
    time,
    step,
    ...(species === undefined ? {} : { species }),
    message: withoutHint(failure),
    hint: hintOf(failure),
  };
}

/** The message without the hint at its end. */
export function withoutHint({ message, hint }: SolveFailure | StochasticFailure): string {
  return message.endsWith(hint) ? message.slice(0, -hint.length).replace(/;\s*$/, '') : message;
}

/** The library's hint in the command's words. */
export function hintOf({ code, hint }: SolveFailure | StochasticFailure): string {
  return code === 'cancelled'
    ? 'it was interrupted from the terminal; run it again to the end'
    : asFlags(hint);
}

export function complainOfFailure(terminal: Terminal, failure: SolveFailure | StochasticFailure): void {
  const { wordInk } = terminal;
  terminal.complain(`${wordInk.bold(wordInk.red('error:'))} ${withoutHint(failure)}`);
  terminal.complain(`  hint: ${hintOf(failure)}`);
}
