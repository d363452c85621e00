import type { CircuitClock } from '../circuits/index.js';
import { concentrationText, durationText, rateText } from '../lab/index.js';
import { rSquared, type TrainingResult, trainReport } from '../learning/index.js';
import { clockFacts } from './clock.js';
import { constantOf } from './constant-input.js';
import { countsLine } from './describe.js';
import { plural, rSquaredText, seconds, short } from './numbers.js';
import { facts, table } from './tables.js';
import type { Terminal } from './terminal.js';
import { confusionTable } from './train-confusion.js';
import { inputNames } from './train-figures.js';
import type { RunFolder } from './train-folder.js';

/** More inputs than this make no readable formula. */
const FORMULA_INPUTS = 6;
/** More features than this are counted. */
const MOST_NAMED = 20;

type Entry = [string, string | string[]];

/** What a training run came to, for people. */
export function summary(
  terminal: Terminal,
  result: TrainingResult,
  elapsed: number,
  folder: RunFolder | undefined,
): string {
  const { ink } = terminal;
  const { task, circuit, settings, metrics, stats, digital } = result;
  const done = result.checkpoint.epoch;
  const confusion = confusionTable(terminal, result);
  const { features } = task;
  const from = features.length > MOST_NAMED ? `${features.length} features` : features.join(', ');
  const title = `${task.experiment}: chemistry learned ${task.target} from ${from}`;
  const { idealLargestDifference: difference } = metrics;
  const entries: Entry[] = [
    ['weights', weightsText(result)],
    ...formula(result),
    ...stopText(result),
    ...(difference === undefined
      ? []
      : [
          [
            'ideal twin',
            `weights differ by ${short(difference, 2)} at most, over ${plural(result.errors.length, 'step')}`,
          ] as [string, string],
        ]),
    ['circuit', countsLine(circuit.counts)],
    ...(circuit.clock === undefined ? [] : [['clock', clockNotes(circuit.clock, metrics)] as Entry]),
    [
      'setting',
      `${circuit.rails} rails, rate ${short(circuit.options.rate)}, ${plural(done, 'epoch')} of ` +
        `${plural(task.train.targets.length, 'example')}, ${settings.order} order, seed ${task.seed}` +
        (task.seeds === undefined ? '' : ` (weights ${task.seeds.weights}, order ${task.seeds.order})`),
    ],
    ...moleculesText(result),
    ...strandsText(result),
    ['laboratory', laboratoryText(result)],
    ['notes', task.notes],
    ['digital', digital],
    ['work', `${workText(stats)} in ${seconds(elapsed)}`],
  ];
  const where =
    folder === undefined
      ? ''
      : `\n\n${ink.bold(`Look in ${folder.path}/`)}\n${facts(terminal, fileFacts(folder))}`;
  return `\n${ink.bold(title)}\n\n${lossTable(terminal, result)}${confusion}\n\n${facts(terminal, entries)}${where}\n`;
}

/** How long it would take in a laboratory, and by which convention. */
function laboratoryText(result: TrainingResult): string {
  const { concentration, rate, example, training } = trainReport(result).lab;
  return (
    `an example takes ${durationText(example)}, all of them ${durationText(training)}, where 1 is ` +
    `${concentrationText(concentration)} and the largest constant of the second order ${rateText(rate, 2)}; ` +
    '`neural-crn lab` says more'
  );
}

/** How many molecules there were, and how their reactions were simulated. */
function moleculesText({ settings: { stochastic } }: TrainingResult): Entry[] {
  if (stochastic === undefined) return [];
  const { volume, method, seed, evaluation } = stochastic;
  const of = typeof volume === 'number' ? short(volume) : JSON.stringify(volume);
  const how = method === 'tau' ? 'tau-leaping' : `exact (${method})`;
  const read = evaluation === 'ode' ? '; losses by rate equations' : '; losses with as many';
  return [['molecules', `${of} to a concentration of 1, ${how}, seed ${seed}${read}`]];
}

function workText({ steps, stochastic }: TrainingResult['stats']): string {
  const solved = plural(steps, 'solver step');
  if (stochastic === undefined) return solved;
  const { events, leaps } = stochastic;
  const rounded = (count: number) => Number(count.toPrecision(3)).toLocaleString('en-US');
  const reactions = `${rounded(events)} reactions${leaps > 0 ? ` in ${rounded(leaps)} leaps` : ''}`;
  return steps > 0 ? `${reactions}, ${solved}` : reactions;
}

function strandsText(result: TrainingResult): Entry[] {
  const { dsd } = trainReport(result);
  if (dsd === undefined) return [];
  const { gain, fuels } = dsd;
  const used =
    fuels &&
    `of the fuel that is used most ${short(100 * fuels.mostUsed, 3)} % are gone, of ${plural(fuels.depleted.length, 'fuel')} ` +
      'more than half';
  return [['strands', `signals are there ${short(gain, 4)} times; ${used ?? 'fuels held'}`]];
}

/** Where the patience ended, and which epoch the numbers are of. */
function stopText({ stopped, settings, epoch, checkpoint, history }: TrainingResult): Entry[] {
  if (settings.patience === undefined) return [];
  const kept = `all numbers and files are of epoch ${epoch}, the best`;
  if (stopped === undefined) return [['best epoch', `${kept} of ${checkpoint.epoch}`]];
  const { patience } = settings;
  return [
    [
      'stopped',
      `after epoch ${stopped.epoch}: no lower ${history[0].validationHinge === undefined ? 'validation' : 'hinge'} loss for ${plural(patience, 'epoch')}; ${kept}`,
    ],
  ];
}

function clockNotes(
  clock: CircuitClock,
  { scheduledFinalLoss: scheduled }: TrainingResult['metrics'],
): string[] {
  return [
    clockFacts(clock),
    ...(scheduled === undefined
      ? []
      : [`validation loss of the same run under an outside schedule: ${short(scheduled, 4)}`]),
  ];
}

function lossTable(
  terminal: Terminal,
  { history, predictions, task, epoch, metrics }: TrainingResult,
): string {
  const first = history[0];
  const last = history.find((record) => record.epoch === epoch) ?? first;
  const twin = last.idealValidationLoss !== undefined;
  const r2 = (set: 'train' | 'validation', when: 'before' | 'after') => {
    const values = predictions[when]?.[set];
    const value = values && rSquared(values, task[set].targets);
    return value === undefined ? '–' : rSquaredText(value);
  };
  const { bold } = terminal.ink;
  const head = ['', 'before', `epoch ${epoch}`, ...(twin ? ['ideal twin'] : [])];
  const loss = (value: number | undefined) => (twin ? [value === undefined ? '–' : short(value, 4)] : []);
  const none = twin ? [''] : [];
  const classified = last.validationAccuracy !== undefined;
  const percent = (value: number | undefined) => (value === undefined ? '–' : `${short(100 * value, 4)} %`);
  const quality = classified
    ? [
        [
          'accuracy, training',
          percent(first.trainAccuracy),
          bold(percent(last.trainAccuracy)),
          ...(twin ? [percent(last.idealTrainAccuracy)] : []),
        ],
        [
          'accuracy, validation',
          percent(first.validationAccuracy),
          bold(percent(last.validationAccuracy)),
          ...(twin ? [percent(last.idealValidationAccuracy)] : []),
        ],
        ...(metrics.gridAccuracy === undefined
          ? []
          : [
              [
                metrics.gridConfusion ? 'accuracy, test' : 'accuracy, grid',
                '',
                bold(percent(metrics.gridAccuracy)),
                ...(twin ? [percent(metrics.idealGridAccuracy)] : []),
              ],
            ]),
      ]
    : [
        ['R², training', r2('train', 'before'), bold(r2('train', 'after')), ...none],
        ['R², validation', r2('validation', 'before'), bold(r2('validation', 'after')), ...none],
      ];
  return table(terminal, head, [
    [
      'loss, training',
      short(first.trainLoss, 4),
      bold(short(last.trainLoss, 4)),
      ...loss(last.idealTrainLoss),
    ],
    [
      'loss, validation',
      short(first.validationLoss, 4),
      bold(short(last.validationLoss, 4)),
      ...loss(last.idealValidationLoss),
    ],
    ...(first.validationHinge === undefined || last.validationHinge === undefined
      ? []
      : [
          [
            'hinge loss, validation',
            short(first.validationHinge, 4),
            bold(short(last.validationHinge, 4)),
            ...none,
          ],
        ]),
    ...quality,
  ]);
}

function weightsText(result: TrainingResult): string {
  const { theta, W } = result.parameters;
  if (result.circuit.family !== 'linear') {
    return `${plural(theta.length, 'weight')} θ${W === undefined ? '' : ` and ${plural(W.length, 'weight')} W`}, see report.json`;
  }
  const names = inputNames(result);
  return result.parameters.theta.map((value, i) => `θ[${names[i]}] = ${short(value, 4)}`).join(', ');
}

/** The line that the weights amount to, in the data's own units. */
function formula({ task, circuit, parameters }: TrainingResult): [string, string][] {
  const { scaling, features, target } = task;
  if (circuit.family !== 'linear' || features.length > FORMULA_INPUTS) return [];
  const { horizon, drift, inputs } = circuit.options;
  const weight = (i: number) => 1 + parameters.theta[i] * horizon;
  let constant = drift === false ? 0 : inputs * drift * horizon;
  const augment = constantOf(scaling, circuit.options);
  if (augment !== null) constant += augment * weight(features.length);
  const slopes = features.map((_, i) => (weight(i) * scaling.target.scale) / scaling.features[i].scale);
  let intercept = scaling.target.offset + scaling.target.scale * constant;
  slopes.forEach((slope, i) => {
    intercept -= slope * scaling.features[i].offset;
  });
  const terms = [
    ...slopes.map((slope, i) => ({ value: slope, name: ` ${features[i]}` })),
    { value: intercept, name: '' },
  ];
  const text = terms
    .map(({ value, name }, i) => {
      const sign = value < 0 ? '− ' : i === 0 ? '' : '+ ';
      return `${sign}${short(Math.abs(value), 4)}${name}`;
    })
    .join(' ');
  return [['that is', `${target} ≈ ${text}`]];
}

function fileFacts({ files }: RunFolder): [string, string][] {
  const known: [string, string][] = [
    ['report.json', 'losses, metrics, weights, what is digital'],
    ['model.json', 'the trained circuit, for predict and print'],
    ['network.crn', 'the trained network as text, for simulate'],
    ['checkpoint.json', 'for train --resume'],
    ['loss', 'losses by epoch'],
    ['parity', 'predictions against targets, before and after'],
    ['concentrations', 'concentrations through one example, both phases'],
    ['weights', 'weights over the examples learned'],
    ['decisions', 'the class of every point of the plane'],
    ['confusion', 'which class was taken for which'],
    ['accuracy', 'accuracy by epoch, beside the ideal twin'],
    ['images', 'weights of every node as an image'],
  ];
  return known.flatMap(([name, what]): [string, string][] => {
    if (files.has(name)) return [[name, what]];
    if (!files.has(`${name}.svg`)) return [];
    return [[files.has(`${name}.png`) ? `${name}.svg, .png` : `${name}.svg`, what]];
  });
}
