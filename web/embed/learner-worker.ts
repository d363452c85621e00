import { countsOf } from 'neural-crn/circuits';
import { CircuitFailure, type TrainingResult, taskCircuit, tasks, train } from 'neural-crn/learning';
import type { FromWorker } from '../simulate/protocol';
import type { Trained, TrainProgress, TrainRequest } from './learning';

type ToLearner = { type: 'start'; id: number; job: TrainRequest } | { type: 'cancel'; id: number };

let running: AbortController | undefined;
const post = (message: FromWorker) => (self as unknown as Worker).postMessage(message);

/** Steps are told of this often. */
const EVERY = 50;

async function trained(
  request: TrainRequest,
  signal: AbortSignal,
  tell: (progress: TrainProgress) => void,
): Promise<Trained> {
  const { task: name, recipe, epochs, seed, ideal } = request;
  const made = Object.hasOwn(tasks, name) ? tasks[name as keyof typeof tasks] : undefined;
  if (!made) throw new RangeError(`there is no task “${name}”; there are ${Object.keys(tasks).join(', ')}`);
  const task = made.create({ seed, ...(recipe !== undefined && { recipe }) });
  const circuit = await taskCircuit(task);
  const { species, reactions } = countsOf(circuit.network);
  const all = epochs ?? task.epochs;
  tell({ kind: 'begun', species, reactions, epochs: all, rows: task.train.inputs.length });
  let told = 0;
  const run = train(task, {
    epochs: all,
    ideal,
    signal,
    onEpoch: (epoch) => tell({ kind: 'epoch', epoch }),
    onStep: ({ epoch, step }) => {
      const now = performance.now();
      if (now - told < EVERY) return;
      told = now;
      tell({ kind: 'step', epoch, step });
    },
  });
  try {
    return summary(await run.result);
  } catch (error) {
    if (!(error instanceof CircuitFailure)) throw error;
    const { partial, message } = error;
    return { ...(partial ? summary(partial) : { metrics: {}, theta: [] }), status: 'failed', message };
  }
}

function summary({ status, metrics, parameters }: TrainingResult): Trained {
  const numbers = Object.entries(metrics).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  );
  return { status, metrics: Object.fromEntries(numbers), theta: parameters.theta.flat() };
}

self.onmessage = ({ data }: MessageEvent<ToLearner>) => {
  if (data.type === 'cancel') {
    running?.abort();
    return;
  }
  const { id, job } = data;
  const controller = new AbortController();
  running = controller;
  trained(job, controller.signal, (progress) => post({ type: 'progress', id, progress })).then(
    (result) => post({ type: 'done', id, result }),
    (error: unknown) =>
      post({ type: 'failed', id, message: error instanceof Error ? error.message : String(error) }),
  );
};
