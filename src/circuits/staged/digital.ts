import type { SpeciesDose } from '../circuit.js';
import { constantInWords } from '../constant-input.js';
import type { NeuralCrnSettings } from '../options.js';
import type { DigitalAct, Stage } from '../stage.js';

/** What is done from outside to run a staged circuit, in words. */
export function stagedActs(
  settings: NeuralCrnSettings,
  stages: readonly Stage[],
  extra: readonly SpeciesDose[],
): string[] {
  const { start, wiring, inputs, hidden, outputs, rails, inputRails } = settings;
  const names = (letter: string, count: number) => (count > 1 ? `every ${letter}` : letter);
  const added = wiring === 'recurrent' ? [] : [`${names('X[j]', inputs)} += x_j`];
  if (start === 'input') added.push(`${names('Z[i]', hidden)} += x_i`);
  else if (start > 0) added.push(`${names('Z[i]', hidden)} += ${start}`);
  added.push(...constantInWords(settings, extra));
  const label = outputs > 1 ? 'every Y[k] += y_k' : 'Y += y';
  const signed = rails === 'dual' && inputRails === 'dual' ? ', each on the rail of its sign' : '';
  const order = stages.map(({ phase, duration }) => `${phase} (${duration})`).join(', ');
  return [
    `dosing: before stage forward ${added.join(', ')} and, to learn, ${label}${signed}`,
    `clock: an outside schedule runs one stage after the other: ${order}; in a stage all other species stand still`,
    'read-out: the observer reads O at the end of stage readout; to predict, the stages after it are left out',
    ...stages.flatMap(({ phase, after }) => after.map((act) => `${wordsOf(act)}, after stage ${phase}`)),
  ];
}

function wordsOf(act: DigitalAct): string {
  switch (act.kind) {
    case 'normalise':
      return `rails: of ${act.what} only the difference stays, (p, m) becomes (max(0, p − m), max(0, m − p))`;
    case 'write':
      return `update: ${act.what}^s += ${act.rate}·[${act.gradients[0].plus[0]}^−s] for every weight of ${act.what}`;
    case 'empty':
      return `reset: ${act.what} are emptied`;
  }
}
