import { showName } from '../../network/names.js';
import type { Tokens } from '../../reading/tokens.js';
import type { Formula } from '../sbml/mathml.js';
import type { ParsedEvent } from './parsed.js';

/** What says when an event comes and how: of no effect on one at a time. */
const options = new Set(['priority', 'persistent', 't0', 'fromTrigger']);

/**
 * `at (time >= 5), t0=false: A = 10, B = B + 2`
 * @param formula reads one
 */
export function parseEvent(tokens: Tokens, formula: () => Formula): ParsedEvent {
  const { start: at } = tokens.advance();
  const time = trigger(tokens, formula, at);
  while (tokens.take(',')) {
    const option = tokens.takeName('an option of the event');
    tokens.expect('=');
    if (!options.has(option.text)) {
      tokens.refuse('unknownOption', `${showName(option.text)} is no option of an event`, option);
    }
    while (!tokens.is(',') && !tokens.is(':') && !tokens.atEnd && tokens.token.kind !== 'line')
      tokens.advance();
  }
  tokens.expect(':', '`,` or `:`');
  const assignments: ParsedEvent['assignments'] = [];
  do {
    const variable = tokens.takeName('what the event changes');
    tokens.expect('=');
    assignments.push({ variable: variable.text, value: formula(), at: variable.start });
  } while (tokens.take(','));
  return { time, assignments, at };
}

/** The time of `time >= t`, in parentheses or without. */
function trigger(tokens: Tokens, formula: () => Formula, at: number): Formula {
  const hint = 'an event at a time is written `at (time >= 5): A = 10`';
  const wrapped = tokens.take('(');
  if (!tokens.takeWord('time') || !(tokens.is('>=') || tokens.is('>'))) {
    tokens.refuse('unsupportedEvent', 'only events at a time are supported', { start: at }, hint);
  }
  tokens.advance();
  const time = formula();
  if (wrapped && !tokens.take(')'))
    tokens.refuse('unsupportedEvent', 'only events at a time are supported', tokens.token, hint);
  return time;
}
