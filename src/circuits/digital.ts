import type { Circuit } from './circuit.js';
import type { CircuitClock } from './circuit-clock.js';
import { constantInWords } from './constant-input.js';

/** What the environment and the observer do to run a circuit, in words. */
export function digitalActs(circuit: Omit<Circuit, 'digital'>): string[] {
  const { options, rails, inputs, targets, readouts, reading, extra, clock } = circuit;
  const { start, horizon, learnTime, fuel } = options;
  const added = [`${options.wiring === 'recurrent' ? 'Z' : 'X'}[i] += x_i`];
  if (circuit.start.length > 0) added.push(rails === 'dual' ? 'Z[i] += x_i' : 'O += Σ x_i');
  else if (start !== 'input' && start > 0) added.push(`every node += ${start}`);
  added.push(...constantInWords(options, extra));
  const label = targets.length > 1 ? 'every Y[k] += y_k' : `${targets[0].plus.replace(/\+$/, '')} += y`;
  const dual = inputs.length > 0 ? inputs[0].minus !== null : targets[0].minus !== null;
  const signed = dual ? ', each on the rail of its sign' : '';
  const acts = [
    `dosing: ${whenDosed(clock)} ${added.join(', ')} and, to learn, ${label}${signed}`,
    ...(clock === undefined
      ? [
          `clock: an outside schedule switches reactions between phase feed (${horizon}) and phase learn (${learnTime})`,
        ]
      : clockActs(clock)),
  ];
  const whenRead = clock === undefined ? 'at the end of phase feed' : `when ${crossing(clock.read)}`;
  if (readouts[0].length > 1) acts.push(`read-out: the observer adds up the nodes ${whenRead}`);
  else if (clock !== undefined && reading.phase === 'feed') {
    acts.push(`read-out: the observer reads ${readouts[0][0].plus} ${whenRead}`);
  }
  if (reading.labelled === 'error') {
    acts.push(
      reading.phase === 'feed'
        ? 'read-out: D is the prediction as long as no label is dosed; while learning it is the error'
        : `read-out: the observer reads E ${clock === undefined ? `at ${Number(reading.after.toPrecision(4))} into phase learn` : whenRead}, where it is ` +
            'largest, and multiplies by ' +
            `${Number(reading.scale.toPrecision(6))}; without a label that is the prediction, with one the error`,
    );
  }
  if (fuel !== false)
    acts.push('fuel: L is put into the pot once, at the start; a pot without it only predicts');
  return acts;
}

const whenDosed = (clock: CircuitClock | undefined): string =>
  clock === undefined ? 'at the start of phase feed' : `when ${crossing(clock.dose)},`;

/** The clock runs by itself; only what the environment does about it is digital. */
function clockActs({ options }: CircuitClock): string[] {
  const acts = [
    'clock: a clock inside the pot switches the reactions, no schedule does; the environment watches its species for ' +
      'the moments to dose and to read',
    "start: the clock's species are put into the pot once, as they stand when an example is dosed",
  ];
  if (options.gate === 'rate') {
    acts.push("gates: the clock's concentrations multiply rates, which no reaction does");
  }
  return acts;
}

const crossing = ({ species, direction, level }: CircuitClock['dose']): string =>
  `${species} ${direction} through ${Number(level.toPrecision(3))}`;
