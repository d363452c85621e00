import type { Command } from 'commander';
import { isMissing } from '../learning/csv.js';
import {
  type CsvTable,
  loadModel,
  type Model,
  meanLoss,
  numericColumns,
  parseCsv,
  predict,
  rSquared,
} from '../learning/index.js';
import { type DelimiterFlag, delimiterOf, delimiterOption, writeCsv } from './csv.js';
import { Ended, exitCodes, InvalidFile, InvalidInput, refusing } from './failures.js';
import { nameOf, reading, readText } from './input.js';
import { circuitFailureText } from './learning-failures.js';
import { plural, rSquaredText, short, type Tolerances } from './numbers.js';
import {
  aboutFile,
  commonOptions,
  defined,
  type SolverFlags,
  solverOptions,
  tolerancesOption,
} from './options.js';
import { deliver, prepareTargets } from './output.js';
import { interruptCode, interruptible } from './signals.js';
import { openTerminal, type TerminalFlags } from './terminal.js';

interface PredictFlags extends TerminalFlags, SolverFlags {
  atol?: Tolerances;
  delimiter?: DelimiterFlag;
  csv?: string;
  json?: string;
}

/** Name of the column that is added. */
const COLUMN = 'prediction';

export function addPredict(program: Command): void {
  const command = program
    .command('predict')
    .summary('predict with a trained circuit')
    .description(
      'Predicts every row of a table by a simulated feed-forward phase, and prints the table with the column ' +
        '`prediction` added: a value, or the name of a class. If the table has the target column, its loss and R², or ' +
        'the part of right classes, go to standard error.',
    )
    .argument('<model>', 'a model.json that `train` wrote')
    .argument('<data>', 'a CSV file with the columns that the model was trained on, or - for standard input')
    .optionsGroup('Output:')
    .option('--csv <FILE>', 'the table with predictions; - for standard output (the default without --json)')
    .option('--json <FILE>', 'the predictions as JSON; - for standard output')
    .addOption(delimiterOption())
    .optionsGroup('Solver (default: as in training):');
  solverOptions(command).addOption(tolerancesOption());
  commonOptions(command).action(run);
}

async function run(modelFile: string, dataFile: string, flags: PredictFlags): Promise<void> {
  const terminal = openTerminal(flags);
  const { json, rtol, method, engine, kernels, maxSteps } = flags;
  const csv = flags.csv ?? (json === undefined ? '-' : undefined);
  prepareTargets({ '--csv': csv, '--json': json });
  if (modelFile === '-' && dataFile === '-') {
    throw new InvalidInput('only one of the model and the data can come from standard input');
  }
  const modelText = await readText(modelFile);
  const model = reading(modelFile, () => loadModel(modelText));
  const dataText = await readText(dataFile);
  const delimiter = delimiterOf(flags.delimiter);
  const table = reading(dataFile, () => parseCsv(dataText, { delimiter }));
  if (csv !== undefined && table.columns.includes(COLUMN)) {
    throw InvalidFile.of(nameOf(dataFile), `there is a column ${COLUMN} already`, {
      hint: 'leave it out, or ask for --json only',
    });
  }
  const rows = reading(dataFile, () => numericColumns(table, model.features));
  const atol = wholeTolerance(flags.atol);
  const solver = defined({ rtol, atol, method, engine, kernels, maxSteps });

  const predictions = await interruptible(async (signal) => {
    try {
      return await refusing(
        () => predict(model, rows, { ...solver, signal }),
        (message) => aboutFile(nameOf(dataFile), message),
      );
    } catch (error) {
      if (signal.aborted) throw new Ended(interruptCode() ?? exitCodes.interrupted);
      const text = circuitFailureText(terminal, error);
      if (text === undefined) throw error;
      terminal.complain(text);
      throw new Ended(exitCodes.failed);
    }
  });

  if (model.prepared) {
    terminal.say(
      `the model's data were prepared, as the table's rows must have been: ${model.prepared.join('; ')}`,
    );
  }
  const shown = inWords(model, predictions);
  const what = plural(predictions.length, 'prediction');
  const withColumn = () => [
    [...table.columns, COLUMN],
    ...table.rows.map((row, i) => [...row, String(shown[i])]),
  ];
  await deliver(csv, terminal, () => writeCsv(withColumn(), table.delimiter), what);
  await deliver(json, terminal, () => JSON.stringify({ predictions: shown }), what);
  const score = scoreLine(model, table, predictions);
  if (score !== undefined) terminal.say(score);
}

/** `--atol` of commands whose pots the user does not see: one number. */
export function wholeTolerance(atol: Tolerances | undefined): number | undefined {
  if (atol === undefined) return undefined;
  const [first] = atol.species.keys();
  if (first !== undefined) {
    throw new InvalidInput(`--atol takes one number here, not one for ${first}`);
  }
  return atol.all;
}

/** Predictions as they are written: classes by their names. */
function inWords({ labels }: Model, predictions: number[]): number[] | string[] {
  return labels?.kind === 'oneHot' ? predictions.map((label) => labels.classes[label]) : predictions;
}

/** How good the predictions are, when the table has the labels. */
function scoreLine(model: Model, table: CsvTable, predictions: number[]): string | undefined {
  if (!table.columns.includes(model.target)) return undefined;
  if (model.labels?.kind === 'oneHot') return classScore(model, table, inWords(model, predictions));
  let targets: number[];
  try {
    targets = numericColumns(table, [model.target]).map(([value]) => value);
  } catch {
    // Labels that are missing in part are no reason not to predict.
    return undefined;
  }
  const r2 = rSquared(predictions, targets);
  return (
    `${plural(targets.length, 'row')}: loss ${short(meanLoss(predictions, targets), 4)}` +
    `${r2 === undefined ? '' : `, R² ${rSquaredText(r2)}`} against column ${model.target}`
  );
}

/** A class that the model does not know is a wrong decision like any other; a missing one does not count. */
function classScore(
  { target }: Model,
  { columns, rows }: CsvTable,
  predictions: readonly (number | string)[],
): string | undefined {
  const place = columns.indexOf(target);
  const known = rows.flatMap((row, i) => (isMissing(row[place]) ? [] : [row[place] === predictions[i]]));
  if (known.length === 0) return undefined;
  const right = known.filter((same) => same).length;
  return `${plural(known.length, 'row')}: ${right} right (${short((100 * right) / known.length, 3)} %) against column ${target}`;
}
