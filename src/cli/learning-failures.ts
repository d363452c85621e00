import { CircuitFailure } from '../learning/index.js';
import { asFlags } from './options.js';
import type { Terminal } from './terminal.js';

/** A training run that failed, as JSON. */
export interface TrainingFailureJson {
  code: string;
  message: string;
  hint: string;
  epoch?: number;
  /** Row of the training set, from 0. */
  sample?: number;
  weight?: number;
}

export function trainingFailureJson({
  code,
  message,
  hint,
  epoch,
  sample,
  weight,
}: CircuitFailure): TrainingFailureJson {
  return {
    code,
    message,
    hint: asFlags(hint),
    ...(epoch === undefined ? {} : { epoch }),
    ...(sample === undefined ? {} : { sample }),
    ...(weight === undefined ? {} : { weight }),
  };
}

/** What to say of chemistry that could not go on; undefined for any other error. */
export function circuitFailureText(terminal: Terminal, error: unknown): string | undefined {
  if (!(error instanceof CircuitFailure)) return undefined;
  const { wordInk } = terminal;
  const hint = asFlags(error.hint);
  // The solver's own message ends with the same hint.
  const message = asFlags(error.message).replace(`; ${hint}`, '');
  return `${wordInk.bold(wordInk.red('error:'))} ${message}\n  hint: ${hint}`;
}
