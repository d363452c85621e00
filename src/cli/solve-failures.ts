import type { SolveFailure } from '../simulate/failure.js';
import type { StochasticFailure } from '../stochastic/failure.js';
import { Ended, exitCodes } from './failures.js';
import { asFlags } from './options.js';
import { interruptCode } from './signals.js';
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

/**
 * Ends the command after a run that was interrupted or failed, with the words for it.
 * @param how how far it came, such as `at time 3`
 * @param kept whether what there is has been written to files
 * @param which a line more on what has failed
 */
export function endAfter(
  terminal: Terminal,
  failure: SolveFailure | StochasticFailure,
  how: string,
  kept: boolean,
  which?: string,
): never {
  if (failure.code === 'cancelled') {
    terminal.complain(`interrupted ${how}${kept ? '; what there is has been written' : ''}`);
    throw new Ended(interruptCode() ?? exitCodes.interrupted);
  }
  complainOfFailure(terminal, failure);
  if (which !== undefined) terminal.complain(`  ${which}`);
  throw new Ended(exitCodes.failed);
}
