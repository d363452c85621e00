import type { CircuitClockOptions } from '../../circuits/index.js';
import {
  type CsvData,
  csvTask,
  namedTask,
  type Task,
  type TaskChoices,
  withSeeds,
} from '../../learning/index.js';
import { type TrainJobProgress, trainJob } from '../train-job.js';
import { measureTraining } from './measure.js';
import { type CaseOptions, group, ungrouped, unlessEmpty } from './nest.js';
import { TRAIN_OPTIONS } from './option-kinds.js';
import { isRefusal, type Outcome } from './outcome.js';
import type { Quantity } from './quantities.js';

/** What is learned: a task by name, unless a case names another, or a table. */
export type TrainSource = { task: string } | { data: CsvData; name: string };

/** The task that a case stands for. @throws RangeError, TypeError or DataError for options that cannot be used */
export function taskOfCase(source: TrainSource, options: CaseOptions): Task {
  const { recipe, seed = 0, weightsSeed, orderSeed, ...own } = ungrouped(options);
  const { test, scaling, augment, epochs, order, task } = own;
  const constants = group(options, 'circuit.constants');
  const circuit = {
    ...Object.fromEntries(
      Object.entries(group(options, 'circuit')).filter(([name]) => !name.startsWith('constants.')),
    ),
    ...unlessEmpty('constants', constants),
  };
  const clock = group(options, 'clock') as unknown as CircuitClockOptions;
  const isClocked = Object.keys(clock).length > 0;
  const common = definedOnly({ epochs, order });
  if ('task' in source) {
    return namedTask({
      ...definedOnly({ task: task ?? source.task, recipe, seed, weightsSeed, orderSeed }),
      ...common,
      ...unlessEmpty('circuit', circuit),
      ...(isClocked && { clock }),
    } as unknown as TaskChoices);
  }
  const { data, name } = source;
  const make = (seed: number) =>
    csvTask(data, { name, seed, ...common, ...definedOnly({ test, scaling, augment }), ...circuit });
  const made = withSeeds(make, {
    data: seed as number,
    ...definedOnly({ weights: weightsSeed, order: orderSeed }),
  });
  return isClocked ? { ...made, clock } : made;
}

const definedOnly = (values: Record<string, unknown>): Record<string, never> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Record<
    string,
    never
  >;

/** Trains one case. */
export async function trainCase(
  source: TrainSource,
  options: CaseOptions,
  take: readonly Quantity[],
  signal: AbortSignal,
  told: (progress: TrainJobProgress) => void,
): Promise<Outcome> {
  try {
    const training = Object.fromEntries(
      Object.entries(options).filter(([name]) => Object.hasOwn(TRAIN_OPTIONS, name)),
    );
    const result = await trainJob(
      { task: taskOfCase(source, options), options: training, weightRows: 2 },
      { signal, progress: (value) => told(value as TrainJobProgress) },
    );
    // A cancelled training ends well, with what there is.
    signal.throwIfAborted();
    const { failure } = result;
    return failure === undefined
      ? { status: 'done', values: measureTraining(result, take) }
      : { status: 'failed', code: failure.code, error: failure.message };
  } catch (error) {
    if (signal.aborted) throw error;
    if ((error as Error).name === 'CircuitFailure') {
      const { code, message } = error as Error & { code: string };
      return { status: 'failed', code, error: message };
    }
    if (isRefusal(error)) return { status: 'refused', error: error.message };
    throw error;
  }
}
