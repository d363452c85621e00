import type { CircuitClock } from '../circuit-clock.js';
import type { LayeredSettings } from './options.js';

/** What is done from outside to run a layered network, in words. */
export function layeredActs(
  { data, phaseLength, batch, cursor }: LayeredSettings,
  phases: readonly string[],
  clock?: CircuitClock,
  rounds = 1,
): string[] {
  const examples =
    data === 'dosed'
      ? `dosing: at the end of phase load A[0,i,b] += x_i and D[o,b] += y_o for ${batch === 1 ? 'an example' : `the ${batch} examples of a batch`}`
      : 'data: the examples are rate constants of the loading reactions; ' +
        (cursor ? 'a cursor inside the pot passes from batch to batch' : 'there is one batch');
  const switched =
    clock === undefined
      ? `clock: an outside schedule switches reactions between ${phases.length} phases of ${phaseLength} each${rounds === 1 ? '' : `, ${rounds} times a step`}`
      : "start: the clock's species are put into the pot once, as they stand when a step begins; a clock inside the pot " +
        'switches the reactions';
  return [
    examples,
    switched,
    'read-out: the observer reads the outputs at the end of a step; predictions for other inputs are made in a second ' +
      'pot that gets a sample of the weights and to which the inputs are added',
  ];
}
