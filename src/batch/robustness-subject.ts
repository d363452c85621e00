import {
  type Circuit,
  type Clock,
  type ClockMeasure,
  clockOfCourse,
  type MeasureClockOptions,
  NoOscillation,
} from '../circuits/index.js';
import { type StochasticChoice, type Task, type TrainReport, taskCircuit } from '../learning/index.js';
import { namedSeed, withoutEquations } from '../learning/stochastic.js';
import type { Network } from '../network/model.js';
import {
  clockMeasures,
  type DrawFailure,
  drawDisturbance,
  drawFactors,
  drawTask,
  type Factor,
  namedMeasure,
  reportMeasures,
  type SubjectKind,
  solutionMeasure,
  type VariationSettings,
  variedNetwork,
  withFactors,
} from '../robustness/index.js';
import { NetworkRuns, type RunOverrides } from '../simulate/network-runs.js';
import type { Solution } from '../simulate/solution.js';
import type { SimulateOptions } from '../simulate/types.js';
import { solutionOf } from '../stochastic/kept.js';
import { prepareStochastic } from '../stochastic/prepare.js';
import type { EnsembleOptions } from '../stochastic/types.js';
import type { ClockJob, ClockJobResult } from './clock-job.js';
import type { DrawsJob, DrawsJobResult } from './draws-job.js';
import type { JobOptions, Pool } from './pool.js';
import type { StochasticDrawsJob, StochasticDrawsJobResult } from './stochastic-draws-job.js';
import type { TrainJob, TrainJobResult } from './train-job.js';

/** What a study can be about. */
export type RobustnessSubject = Network | Circuit | Clock | Task;

/** What a run of a subject gives. */
export type OutcomeOf<S> = S extends Task ? TrainReport : S extends Clock ? ClockMeasure : Solution;

/** How runs are made; of each kind of subject its own. */
export interface RobustnessRunOptions {
  /** Of a network. Default: what it says itself. */
  simulate?: Omit<SimulateOptions, 'signal' | 'onProgress' | 'parameters' | 'initial' | 'schedule'>;
  /** Of a clock. */
  clock?: Omit<MeasureClockOptions, 'phases'>;
  /** Of a task. */
  train?: Omit<NonNullable<TrainJob['options']>, 'circuit' | 'disturbance' | 'stochastic'>;
  /** With a finite volume; `evaluation` is of a task. */
  stochastic?: Pick<StochasticChoice, 'method' | 'epsilon' | 'maxEvents' | 'evaluation'>;
}

/** A run that is to be made. Draw −1 is the undisturbed one. */
export interface Wanted {
  sigma: number;
  draw: number;
  /** Molecules to a concentration of 1, where the run is stochastic. */
  volume?: number;
}

/** What became of a run: an outcome to measure, or why there is none. */
export type Ran = { outcome: unknown } | { failure: DrawFailure };

/** A subject with its factors, and how its runs are made. */
export interface Prepared {
  kind: SubjectKind;
  factors: readonly Factor[];
  /** Numbers of a draw by factor. */
  factorsOf(wanted: Wanted): number[];
  /** What a name stands for in a condition. */
  measureOf(name: string): (outcome: never) => number;
  /** Runs that are best made together. */
  together: number;
  run(pool: Pool, wanted: readonly Wanted[], options: JobOptions): Promise<Ran[]>;
}

/** The kind of a subject. @throws TypeError for what is none */
export function kindOf(subject: RobustnessSubject): SubjectKind {
  if (typeof subject === 'object' && subject !== null) {
    if ('experiment' in subject) return 'task';
    if ('species' in subject || 'family' in subject) return 'network';
    if ('network' in subject && 'phases' in subject) return 'clock';
  }
  throw new TypeError('subject must be a network, a circuit, a clock ({ network, phases }) or a task');
}

/** Makes a subject ready. @throws (rejects) RangeError or TypeError for options that cannot be used */
export async function prepareSubject(
  subject: RobustnessSubject,
  variations: readonly VariationSettings[],
  seed: number,
  options: RobustnessRunOptions,
): Promise<Prepared> {
  const kind = kindOf(subject);
  for (const other of ['simulate', 'clock', 'train'] as const) {
    if (
      options[other] !== undefined &&
      other !== ({ network: 'simulate', clock: 'clock', task: 'train' } as const)[kind]
    ) {
      throw new RangeError(`${other} is for another subject than a ${kind}`);
    }
  }
  const { stochastic } = options;
  if (stochastic !== undefined && !variations.some(({ what }) => what === 'volume')) {
    throw new RangeError("stochastic is for runs with a finite volume: vary: 'volume'");
  }
  if (kind === 'task') return prepareTask(subject as Task, variations, seed, options.train, stochastic);
  if (stochastic?.evaluation !== undefined) {
    throw new RangeError(`stochastic.evaluation is of a task that is learned, not of a ${kind}`);
  }
  if (kind === 'clock') return prepareClock(subject as Clock, variations, seed, options.clock, stochastic);
  const network = 'species' in subject ? subject : (subject as Circuit).network;
  return prepareNetwork(network, variations, seed, options.simulate, stochastic);
}

/** A copy without what is undefined. */
const defined = <T extends object>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

/** What is the same for every kind: factors of the network, and their numbers. */
function woven(network: Network, variations: readonly VariationSettings[], seed: number) {
  const varied = variedNetwork(network, variations);
  const { factors } = varied;
  const factorsOf = ({ sigma, draw }: Wanted): number[] =>
    draw < 0
      ? factors.map(({ nominal }) => nominal)
      : drawFactors(factors, variations, { sigma, seed, draw });
  return {
    varied,
    factors,
    factorsOf,
    networkOf: (wanted: Wanted) => withFactors(varied, factorsOf(wanted)),
  };
}

/** Runs of a network that a worker has at a time; even, for two share its vectors. */
const TOGETHER = 16;

async function prepareNetwork(
  network: Network,
  variations: readonly VariationSettings[],
  seed: number,
  options: RobustnessRunOptions['simulate'] = {},
  stochastic: RobustnessRunOptions['stochastic'] = {},
): Promise<Prepared> {
  const { varied, factors, factorsOf } = woven(network, variations, seed);
  const all = new NetworkRuns(varied.network, options);
  await all.ready();
  const parametersOf = (wanted: Wanted) => {
    const values = factorsOf(wanted);
    return Object.fromEntries(factors.map(({ parameter }, k) => [parameter, values[k]]));
  };
  const overridesOf = (wanted: Wanted): RunOverrides => ({ parameters: parametersOf(wanted) });
  const { to, from, saveAt, save, engine } = options;
  const grid = defined({ to, from, saveAt, save, engine });
  return {
    kind: 'network',
    factors,
    factorsOf,
    measureOf: solutionMeasure(network) as Prepared['measureOf'],
    together: TOGETHER,
    async run(pool, wanted, given) {
      if (wanted[0].volume !== undefined) {
        return stochasticDraws(
          pool,
          varied.network,
          { ...grid, ...stochastic, seed },
          wanted,
          parametersOf,
          given,
        );
      }
      const runs = wanted.map(overridesOf);
      const job: DrawsJob = { network: varied.network, runs, options };
      const result = await pool.run<DrawsJobResult>('draws', job, given);
      return result.map((one, k): Ran => {
        if ('run' in one) return { outcome: all.solution(all.prepared(runs[k]), one.run) };
        const { name, message, details } = one.error;
        return { failure: { code: name === 'SolveFailure' ? String(details.code) : 'refused', message } };
      });
    },
  };
}

async function prepareClock(
  { network, phases }: Clock,
  variations: readonly VariationSettings[],
  seed: number,
  options: RobustnessRunOptions['clock'] = {},
  stochastic: RobustnessRunOptions['stochastic'] = {},
): Promise<Prepared> {
  const { factors, factorsOf, networkOf } = woven(network, variations, seed);
  const { within, engine } = {
    ...defaultCourse,
    ...defined({ within: options.within, engine: options.engine }),
  };
  const course = { to: within, save: COURSE_ROWS, engine, ...stochastic, seed };
  return {
    kind: 'clock',
    factors,
    factorsOf,
    measureOf: namedMeasure(clockMeasures, 'a clock') as Prepared['measureOf'],
    together: 1,
    async run(pool, [wanted], given) {
      if (wanted.volume !== undefined) {
        const [ran] = await stochasticDraws(pool, networkOf(wanted), course, [wanted], () => ({}), given);
        return ['outcome' in ran ? clockOutcome(ran.outcome as Solution, phases, options) : ran];
      }
      const job: ClockJob = { network: networkOf(wanted), options: { ...options, phases } };
      const result = await pool.run<ClockJobResult>('clock', job, given);
      return ['measure' in result ? { outcome: result.measure } : { failure: result.failure }];
    },
  };
}

const defaultCourse = { within: 1000, engine: 'wasm' } as const;
/** Rows from which a clock of few molecules is measured. */
const COURSE_ROWS = 20_000;

/** What a clock comes to in one course of it. */
function clockOutcome(
  solution: Solution,
  phases: readonly string[],
  { settle }: Omit<MeasureClockOptions, 'phases'>,
): Ran {
  const courses = phases.map((name) => ({ species: name, values: solution.column(name) }));
  try {
    return { outcome: clockOfCourse(solution.times, courses, defined({ settle })) };
  } catch (error) {
    if (error instanceof NoOscillation) return { failure: { code: 'stopped', message: error.message } };
    throw error;
  }
}

/** Stochastic runs, one for every draw: run k of the seed. */
async function stochasticDraws(
  pool: Pool,
  network: Network,
  options: Omit<EnsembleOptions, 'signal' | 'parameters'>,
  wanted: readonly Wanted[],
  parametersOf: (wanted: Wanted) => Record<string, number>,
  given: JobOptions,
): Promise<Ran[]> {
  const { volume } = wanted[0];
  const whole = { ...options, ...defined({ volume }) };
  const draws = wanted.map((one) => ({ run: one.draw, parameters: parametersOf(one) }));
  const job: StochasticDrawsJob = { network, options: whole, draws };
  const result = await pool.run<StochasticDrawsJobResult>('stochasticDraws', job, given);
  return result.map((one, k): Ran => {
    if ('error' in one) {
      const { message, details } = one.error;
      return { failure: { code: String(details.code), message } };
    }
    const prepared = prepareStochastic(network, { ...whole, parameters: draws[k].parameters });
    return { outcome: solutionOf(prepared, draws[k].run, one.run) };
  });
}

/** The molecules of a draw. They depend on seed and draw alone: two volumes have the same seed. */
const moleculesOf = (
  { draw, volume = 0 }: Wanted,
  seed: number,
  stochastic: RobustnessRunOptions['stochastic'],
): StochasticChoice => ({ ...stochastic, volume, seed: namedSeed(seed, `volume ${draw}`) });

async function prepareTask(
  task: Task,
  variations: readonly VariationSettings[],
  seed: number,
  options: RobustnessRunOptions['train'] = {},
  stochastic: RobustnessRunOptions['stochastic'] = {},
): Promise<Prepared> {
  const circuit = await taskCircuit(task, options.engine);
  if (circuit.clock && variations.some(({ what }) => what === 'jitter')) {
    throw new RangeError(
      'vary: jitter is for a schedule; the clock inside this circuit has rates and leaks to vary',
    );
  }
  for (const { what, only } of variations) {
    const unknown = what === 'inputs' && only?.find((name) => !task.features.includes(name));
    if (unknown) {
      throw new RangeError(
        `vary: there is no column ${JSON.stringify(unknown)}; there are ${task.features.join(', ')}`,
      );
    }
    if (only && what !== 'inputs' && what !== 'rates' && what !== 'initial' && what !== 'leaks') {
      throw new RangeError(`vary: of a task all ${what} are varied; leave only out`);
    }
  }
  // Doses and phases are disturbed by whoever runs the pot; what the network has of them is not used there.
  const chemistry = variations.map((one) =>
    one.what === 'doses' || one.what === 'jitter' ? { ...one, only: [] } : one,
  );
  const { factors, factorsOf, networkOf } = woven(circuit.network, chemistry, seed);
  const last = options.epochs ?? task.epochs;
  return {
    kind: 'task',
    factors,
    factorsOf,
    measureOf: namedMeasure(reportMeasures, 'a training run') as Prepared['measureOf'],
    together: 1,
    async run(pool, [wanted], given) {
      const at = { ...wanted, seed };
      const disturbance = wanted.draw < 0 ? undefined : drawDisturbance(variations, at);
      const isStochastic = wanted.volume !== undefined;
      const own = isStochastic && stochastic.evaluation !== 'ode' ? withoutEquations(options) : options;
      const job: TrainJob = {
        task: wanted.draw < 0 ? task : drawTask(task, variations, at),
        weightRows: 2,
        options: {
          // Losses on the way are not asked for, but by a patience.
          ...(options.patience === undefined && { measureEvery: Math.max(1, last) }),
          ...own,
          circuit: { ...circuit, network: networkOf(wanted) },
          ...(disturbance && { disturbance }),
          ...(isStochastic && { stochastic: moleculesOf(wanted, seed, stochastic) }),
        },
      };
      const { report, failure } = await pool.run<TrainJobResult>('train', job, given);
      return [
        failure === undefined
          ? { outcome: report }
          : { failure: { code: failure.code, message: failure.message } },
      ];
    },
  };
}
