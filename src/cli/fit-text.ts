import type { Estimate, FitResult } from '../fit/index.js';
import { printNetwork } from '../network/index.js';
import { plural, short } from './numbers.js';
import { facts, table } from './tables.js';
import type { Terminal } from './terminal.js';

const reasons: Record<FitResult['reason'], string> = {
  gradient: 'at a minimum: no direction leads downhill',
  step: 'at a minimum: the step has become nothing',
  reduction: 'at a minimum: nothing more is to be gained',
  iterations: 'not at a minimum: as many steps were made as were allowed',
  stuck: 'not at a minimum: the network cannot be run further downhill',
  cancelled: 'interrupted: the best so far',
};

export const reasonText = ({ reason }: FitResult): string => reasons[reason];

const bounds = ({ lower, upper, atBound }: Estimate): string => {
  const side = (value: number, which: Estimate['atBound']) =>
    `${Number.isFinite(value) ? short(value) : value < 0 ? '−∞' : '∞'}${atBound === which ? '*' : ''}`;
  return `${side(lower, 'lower')} to ${side(upper, 'upper')}`;
};

/** What was found, for people. @param name of the network and the data */
export function fitText(terminal: Terminal, name: string, found: FitResult, confidence: number): string {
  const { estimates, measurements, degreesOfFreedom, reducedChiSquare, loss, starts, runs } = found;
  const experiments = new Set(found.points.map(({ experiment }) => experiment)).size;
  const rows = estimates.map((one) => [
    one.name,
    short(one.start),
    terminal.ink.bold(short(one.value)),
    one.standardError === undefined
      ? '–'
      : `${short(one.standardError, 3)}${one.scale === 'log' ? ' (ln)' : ''}`,
    one.interval === undefined ? '–' : one.interval.map((end) => short(end, 4)).join(' to '),
    bounds(one),
  ]);
  const head = [
    'quantity',
    'start',
    'estimate',
    'std. error',
    `${short(100 * confidence, 4)} % interval`,
    'bounds',
  ];
  const entries: [string, string | string[]][] = [
    [
      'ended',
      `${reasonText(found)}, after ${plural(found.iterations, 'step')}; ${plural(runs, 'run')} in all`,
    ],
    ['loss', `${short(loss)}, half the sum of ((x − measured)/σ)²`],
    [
      'variance',
      degreesOfFreedom > 0
        ? `${short(reducedChiSquare, 4)} of a residual, by ${plural(degreesOfFreedom, 'degree')} of freedom`
        : 'not known: there are no more measurements than quantities',
    ],
    ...(starts.length > 1 ? [startsEntry(found)] : []),
    ...held(estimates),
    ...untold(found),
    ...related(found),
  ];
  const title = `${name}: ${plural(measurements, 'measurement')} in ${plural(experiments, 'experiment')}`;
  return `\n${terminal.ink.bold(title)}\n\n${table(terminal, head, rows)}\n\n${facts(terminal, entries)}\n`;
}

/** Losses this near to the best are the same minimum. */
const SAME_MINIMUM = 1e-3;

function startsEntry({ starts, loss }: FitResult): [string, string] {
  const failed = starts.filter(({ reason }) => reason === 'failed').length;
  const best = starts.filter((one) => one.loss <= loss * (1 + SAME_MINIMUM)).length;
  return [
    'starts',
    `${best} of ${starts.length} came to this loss${failed > 0 ? `; from ${failed} the network could not be run` : ''}`,
  ];
}

function held(estimates: readonly Estimate[]): [string, string][] {
  const names = estimates.flatMap(({ name, atBound }) => (atBound === undefined ? [] : [name]));
  return names.length === 0 ? [] : [['at a bound *', names.join(', ')]];
}

/** Combinations and correlations that are told of. */
const TOLD = 6;

function untold({ unidentifiable }: FitResult): [string, string[]][] {
  if (unidentifiable.length === 0) return [];
  const lines = unidentifiable.slice(0, TOLD).map((direction) => {
    const moves = Object.entries(direction);
    if (moves.length === 1) return `${moves[0][0]}: the measurements do not depend on it`;
    return `nothing changes along ${moves.map(([name, part]) => `${short(part, 2)} ${name}`).join(', ')}`;
  });
  const more = unidentifiable.length - lines.length;
  return [['not told', [...lines, ...(more > 0 ? [`and ${plural(more, 'other direction')}`] : [])]]];
}

/** Correlations above this are said: the two can hardly be told from each other. */
const STRONG = 0.95;

function related({ estimates, correlations }: FitResult): [string, string[]][] {
  const pairs = estimates.flatMap(({ name }, i) =>
    estimates.slice(0, i).map((other, j) => ({ names: `${other.name} and ${name}`, r: correlations[i][j] })),
  );
  const strong = pairs.filter(({ r }) => Math.abs(r) > STRONG).sort((a, b) => Math.abs(b.r) - Math.abs(a.r));
  if (strong.length === 0) return [];
  return [['correlated', strong.slice(0, TOLD).map(({ names, r }) => `${names}: ${short(r, 4)}`)]];
}

/** All of it; numbers that are none or infinite are null. */
export function fitJson({ network, ...found }: FitResult, confidence: number): string {
  return JSON.stringify({ confidence, ...found, network: printNetwork(network) });
}

/** A head and a line for every measurement. */
export function fitCsv({ points }: FitResult): string[][] {
  return [
    ['experiment', 'time', 'column', 'measured', 'fitted', 'sigma', 'residual'],
    ...points.map(({ experiment, time, column, measured, fitted, sigma }) => [
      experiment,
      String(time),
      column,
      String(measured),
      String(fitted),
      String(sigma),
      String((fitted - measured) / sigma),
    ]),
  ];
}
