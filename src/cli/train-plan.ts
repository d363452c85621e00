import { existsSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { DsdOptions } from '../lab/index.js';
import {
  type Checkpoint,
  type ClassCircuit,
  csvTask,
  loadCheckpoint,
  namedTask,
  parseCsv,
  readExamples,
  type SampleOrder,
  type ScalingMethod,
  type Task,
  type TrainOptions,
  taskCircuit,
  tasks,
  withSeeds,
} from '../learning/index.js';
import { suggest } from '../network/nearest.js';
import { type CircuitFlags, circuitChoices } from './circuit.js';
import { type ClockFlags, clockChoice } from './clock.js';
import { type DelimiterFlag, delimiterOf } from './csv.js';
import { InvalidFile, InvalidInput, refusing } from './failures.js';
import { nameOf, reading, readText } from './input.js';
import { type MoleculeFlags, moleculeChoice } from './molecule-flags.js';
import type { Tolerances } from './numbers.js';
import { aboutFile, asFlags, defined, type SolverFlags } from './options.js';
import { wholeTolerance } from './predict.js';
import type { TerminalFlags } from './terminal.js';

export interface TrainFlags extends TerminalFlags, SolverFlags, CircuitFlags, ClockFlags, MoleculeFlags {
  target?: string;
  features?: string[];
  classes?: boolean;
  test?: number;
  scale?: ScalingMethod;
  augment?: number | 'none';
  delimiter?: DelimiterFlag;
  epochs?: number;
  seed?: number;
  weightsSeed?: number;
  orderSeed?: number;
  order?: SampleOrder;
  patience?: number;
  measureEvery?: number;
  examples?: number;
  hidden?: number;
  recipe?: string;
  ideal?: boolean;
  dsd?: DsdOptions;
  atol?: Tolerances;
  out?: string;
  resume?: boolean;
  json?: string;
  plots?: boolean;
}

/** How a run was asked for; kept in its checkpoint, so that resuming needs no flags. */
export interface RunRecord {
  /** The task, or the CSV file, as it was given. */
  what: string;
  /** Flags that decide what is computed. */
  flags: Record<string, unknown>;
}

/** A checkpoint file of the command: the library's, with how the run was asked for. */
export type StoredCheckpoint = Checkpoint & { command?: RunRecord };

/** A training run before it starts. */
export interface TrainingPlan {
  task: Task;
  options: TrainOptions;
  record: RunRecord;
  /** Folder for its files; undefined when only JSON was asked for. */
  out: string | undefined;
}

const taskNames = Object.keys(tasks);
const tableFlags = ['target', 'features', 'classes', 'test', 'scale', 'augment', 'delimiter'] as const;
/** These may differ when a run is resumed: they change nothing that has been computed. */
const freeFlags = new Set([
  'out',
  'resume',
  'json',
  'quiet',
  'color',
  'plots',
  'engine',
  'epochs',
  'patience',
  'measureEvery',
]);

const asFlag = (key: string): string => `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/**
 * Turns what was asked for into a task and options, reading the data or the checkpoint.
 * @throws InvalidInput or InvalidFile
 */
export async function planTraining(what: string, flags: TrainFlags): Promise<TrainingPlan> {
  const generated = taskNames.includes(what);
  if (!generated) refuseUnknownTask(what);
  const name = generated ? what : what === '-' ? 'stdin' : basename(what, extname(what));
  const resume = flags.resume === true;
  const out = flags.out ?? (flags.json === '-' && !resume ? undefined : join('out', name));
  if (out === '') throw new InvalidInput('--out needs the name of a folder');
  if (resume) return resumed(what, name, out as string, flags);

  if (generated) {
    for (const key of tableFlags) {
      if (flags[key] !== undefined) {
        throw new InvalidInput(`${asFlag(key)} is for CSV files; the data of ${what} are its own`);
      }
    }
  }
  if (!generated && flags.examples !== undefined) {
    throw new InvalidInput(
      '--examples is for named tasks; leave rows out of the CSV file, or hold more back by --test',
    );
  }
  const clock = clockChoice(flags);
  const scheduled = generated ? await generatedTask(what, flags) : await tableTask(what, name, flags);
  const { dsd } = flags;
  const task = { ...scheduled, ...(clock && { clock }), ...(dsd && { dsd }) };
  // A circuit that the clock cannot drive is refused before anything is written.
  await refusing(() => taskCircuit(task), asFlags);
  const record = { what, flags: recordable(flags) };
  return { task, options: trainOptions(flags, generated), record, out };
}

function refuseUnknownTask(what: string): void {
  if (what === '-' || existsSync(what) || /[/\\.]/.test(what)) return;
  throw new InvalidInput(
    `there is neither a task nor a file ${JSON.stringify(what)}`,
    suggest(what, taskNames, `the tasks are ${taskNames.join(', ')}; anything else is read as a CSV file`),
  );
}

const seeded = (
  { seed: data = 0, weightsSeed: weights, orderSeed: order }: TrainFlags,
  create: (seed: number) => Task,
): Task => withSeeds(create, { data, ...defined({ weights, order }) });

/** One of the named tasks. */
const generatedTask = (what: string, flags: TrainFlags): Promise<Task> => {
  const { epochs, order, recipe, hidden, seed, weightsSeed, orderSeed, examples } = flags;
  if (what === 'linear-regression' && hidden !== undefined) {
    throw new InvalidInput(`--hidden is not for ${what}: its circuit has a node for each input`);
  }
  const circuit = defined({ ...circuitChoices(flags), hidden });
  const task = what as keyof typeof tasks;
  const choices = defined({ recipe, seed, weightsSeed, orderSeed, epochs, order, examples });
  return refusing(() => namedTask({ task, circuit, ...choices }), asFlags);
};

async function tableTask(file: string, name: string, flags: TrainFlags): Promise<Task> {
  const text = await readText(file);
  const delimiter = delimiterOf(flags.delimiter);
  const { target, features, classes } = flags;
  if (target === undefined) {
    const { columns } = reading(file, () => parseCsv(text, { delimiter }));
    throw new InvalidInput(
      '--target is missing: name the column to predict',
      `the columns are ${columns.join(', ')}`,
    );
  }
  if (features?.includes(target)) throw new InvalidInput(`--features cannot hold the target ${target}`);
  const data = reading(file, () =>
    readExamples(text, { target, ...defined({ delimiter, features, classes }) }),
  );
  const { test, epochs, order, scale, augment, hidden, recipe } = flags;
  return refusing(
    () =>
      seeded(flags, (seed) =>
        csvTask(
          data,
          defined({
            ...circuitChoices(flags),
            name,
            test,
            seed,
            epochs,
            order,
            hidden,
            recipe: recipe as ClassCircuit | undefined,
            scaling: scale,
            augment: augment === 'none' ? null : augment,
          }),
        ),
      ),
    (message) => aboutFile(nameOf(file), message),
  );
}

function trainOptions(flags: TrainFlags, idealByDefault: boolean): TrainOptions {
  const { rtol, engine, kernels, maxSteps, patience, measureEvery, ideal = idealByDefault } = flags;
  const atol = wholeTolerance(flags.atol);
  const { method, stochastic } = moleculeChoice(flags);
  const solver = { rtol, atol, method, engine, kernels, maxSteps };
  return defined({ ...solver, patience, measureEvery, ideal, stochastic });
}

/** The flags that decide what is computed, as plain data. */
function recordable(flags: TrainFlags): Record<string, unknown> {
  const entries = Object.entries(flags).filter(([key, value]) => !freeFlags.has(key) && value !== undefined);
  const plain = (_: string, value: unknown) => (value instanceof Map ? Object.fromEntries(value) : value);
  return JSON.parse(JSON.stringify(Object.fromEntries(entries), plain));
}

async function resumed(what: string, name: string, out: string, flags: TrainFlags): Promise<TrainingPlan> {
  const file = join(out, 'checkpoint.json');
  if (!existsSync(file)) {
    throw new InvalidInput(
      `there is nothing to resume: ${file} does not exist`,
      'leave --resume out to start anew',
    );
  }
  const text = await readText(file);
  const checkpoint = reading(file, () => loadCheckpoint(text)) as StoredCheckpoint;
  const { task, settings, command } = checkpoint;
  if (task.experiment !== name) {
    throw InvalidFile.of(file, `this is a run of ${task.experiment}, not of ${name}`);
  }
  const recorded = command?.flags ?? {};
  for (const [key, value] of Object.entries(recordable(flags))) {
    const before = recorded[key];
    if (JSON.stringify(value) === JSON.stringify(before)) continue;
    const flag = value === false ? `--no-${key}` : asFlag(key);
    throw new InvalidInput(
      `${flag} cannot be changed when a run is resumed: ${out} was started ` +
        `${before === undefined ? 'without it' : `with ${JSON.stringify(before)}`}`,
      'leave it out, or start anew without --resume',
    );
  }
  const { kernels, maxSteps } = recorded as SolverFlags;
  const { method } = moleculeChoice(recorded as MoleculeFlags & SolverFlags);
  const epochs = flags.epochs ?? settings.epochs;
  if (epochs < checkpoint.epoch) {
    throw new InvalidInput(
      `--epochs ${epochs} is less than the ${checkpoint.epoch} epochs that ${out} already has`,
    );
  }
  return {
    task,
    options: defined({
      resume: checkpoint as Checkpoint,
      epochs,
      patience: flags.patience,
      measureEvery: flags.measureEvery,
      engine: flags.engine,
      method,
      kernels,
      maxSteps,
    }),
    record: command ?? { what, flags: {} },
    out,
  };
}
