import type { Circuit, WeightValues } from '../circuits/index.js';
import { addStats, zeroStats } from '../simulate/stats.js';
import type { SolverOptions, Stats } from '../simulate/types.js';
import { IdealBeside } from './beside.js';
import {
  CHECKPOINT_VERSION,
  type Checkpoint,
  copyProgress,
  type EpochRecord,
  type Progress,
  type TrainSettings,
} from './checkpoint.js';
import { createPot } from './create-pot.js';
import type { Hand } from './disturbance.js';
import { keepBest } from './early-stopping.js';
import { EvaluationPot, guard } from './evaluation.js';
import { Measures } from './measures.js';
import type { Pacer } from './pace.js';
import type { Concentrations, Pot } from './pot.js';
import { type PreparedSamples, prepare } from './prepare.js';
import { createRandom, type Random, restoreRandom } from './random.js';
import { refuseDebt, refuseRunaway } from './refusals.js';
import { taskCircuit } from './task-circuit.js';
import { type Task, visitingOrder } from './tasks.js';
import { PACKAGE_VERSION } from './version.js';

/** One example learned: what `onStep` receives. */
export interface StepRecord {
  /** Counted from 1. */
  epoch: number;
  /** Row of the training set, from 0. */
  sample: number;
  /** Examples learned so far, this one included. */
  step: number;
  /** Read from the training pot, in the label's own units (with one output per class: the class's number). */
  prediction: number;
  target: number;
  /** prediction − target; with one output per class √Σe² of the outputs, in concentrations. */
  error: number;
  /** Signed weights after the update. */
  theta: number[];
}

/** An error this many times larger than every label means that learning runs away. */
const RUNAWAY = 1e6;

/**
 * The chemistry of one training run: a training pot that is only ever dosed, and an evaluation pot. Knows nothing of
 * callbacks, promises to the caller, or reports.
 */
export class Trainer {
  readonly task: Task;
  readonly circuit: Circuit;
  readonly settings: TrainSettings;
  readonly #pot: Pot;
  readonly #evaluation: EvaluationPot;
  readonly #random: Random;
  readonly #train: PreparedSamples;
  readonly #validation: PreparedSamples;
  readonly #ideal: IdealBeside | null;
  readonly #measures: Measures;
  readonly #progress: Progress;
  readonly #statsBefore: Stats;
  readonly #runaway: number;
  readonly #keepSteps: boolean;
  /** Epochs that are complete and measured. */
  #epoch: number;
  /** The epoch under way, or the last one; its rows in the order of their visit, and how many of them are learned. */
  #current: number;
  #visits: readonly number[] = [];
  #visited = 0;
  /** Examples learned in all. */
  #steps: number;

  private constructor(parts: {
    task: Task;
    circuit: Circuit;
    settings: TrainSettings;
    pot: Pot;
    evaluation: EvaluationPot;
    train: PreparedSamples;
    validation: PreparedSamples;
    resume: Checkpoint | undefined;
    keepSteps: boolean;
  }) {
    const { task, circuit, settings, resume } = parts;
    this.task = task;
    this.circuit = circuit;
    this.settings = settings;
    this.#pot = parts.pot;
    this.#evaluation = parts.evaluation;
    this.#train = parts.train;
    this.#validation = parts.validation;
    this.#measures = new Measures(circuit, task, { train: parts.train, validation: parts.validation });
    this.#runaway = RUNAWAY * parts.train.y.flat().reduce((most, y) => Math.max(most, Math.abs(y)), 1);
    this.#keepSteps = parts.keepSteps;
    this.#epoch = resume?.epoch ?? 0;
    this.#current = this.#epoch;
    this.#steps = this.#epoch * parts.train.x.length;
    this.#random = resume
      ? restoreRandom(resume.random)
      : createRandom(task.seeds?.order ?? task.seed, 'order');
    if (resume) this.#pot.load(resume.concentrations);
    const { stream } = this.#pot;
    if (resume?.runs !== undefined && stream) this.#pot.reseed({ ...stream, run: resume.runs });
    this.#progress = resume
      ? copyProgress(resume.progress)
      : {
          history: [],
          weights: [this.#pot.weights()],
          errors: [],
          idealDifferences: [],
          idealTheta: settings.ideal ? this.#pot.weights() : null,
          before: null,
          after: null,
          stats: zeroStats(),
        };
    // A checkpoint of an older version does not have every counter.
    this.#statsBefore = { ...zeroStats(), ...this.#progress.stats };
    this.#ideal = IdealBeside.of(circuit, this.#progress);
  }

  /**
   * Prepares both pots and all rows.
   * @param keepSteps whether progress has a row for every example; without, it grows with epochs alone
   * @param hand who doses and switches phases in the training pot
   * @throws DataError or RangeError before any chemistry runs
   */
  static async create(
    task: Task,
    settings: TrainSettings,
    solver: SolverOptions,
    given?: Circuit,
    resume?: Checkpoint,
    keepSteps = true,
    hand?: Hand,
  ): Promise<Trainer> {
    const circuit = given ?? (await taskCircuit(task, solver.engine));
    const train = prepare(circuit, task.scaling, task.train, task, 'training', task.labels);
    const validation = prepare(circuit, task.scaling, task.validation, task, 'validation', task.labels);
    for (const [name, rows] of Object.entries({ training: train, validation })) {
      if (rows.x.length === 0) throw new RangeError(`the ${name} set is empty`);
      if (rows.x.length !== rows.y.length) {
        throw new RangeError(`the ${name} set has ${rows.x.length} rows, but ${rows.y.length} targets`);
      }
    }
    const pots: { dispose(): void }[] = [];
    try {
      const { stochastic } = settings;
      const chemistry = { ...solver, ...(stochastic && { stochastic }) };
      const pot = await createPot(circuit, chemistry, hand);
      pots.push(pot);
      const evaluation = await EvaluationPot.create(circuit, chemistry);
      pots.push(evaluation);
      return new Trainer({ task, circuit, settings, pot, evaluation, train, validation, resume, keepSteps });
    } catch (error) {
      for (const pot of pots) pot.dispose();
      throw error;
    }
  }

  get progress(): Progress {
    return this.#progress;
  }

  /** Examples of the epoch under way that are learned: 0 before the first, all of them when it waits to be measured. */
  get visited(): number {
    return this.#visited;
  }

  /** Examples learned in all. */
  get steps(): number {
    return this.#steps;
  }

  /** Rows of the training set. */
  get rows(): number {
    return this.#train.x.length;
  }

  /** Signed weights of the training pot, by name. */
  get values(): WeightValues {
    return this.#pot.values();
  }

  /** The weight species of the training pot. */
  get parameters(): Concentrations {
    return this.#pot.parameters();
  }

  /** Epoch 0: both sets are predicted with the starting weights. */
  async begin(pacer: Pacer): Promise<EpochRecord> {
    const record = await this.#measure(0, pacer);
    this.#progress.before = this.#progress.after;
    return record;
  }

  /** Learns the next example; the first one of an epoch after the last one of another. */
  step(): StepRecord {
    if (this.#visited === this.#visits.length) {
      this.#current++;
      this.#visits = visitingOrder(this.rows, this.settings.order, this.#random);
      this.#visited = 0;
    }
    const [epoch, sample] = [this.#current, this.#visits[this.#visited]];
    const step = guard({ epoch, sample }, () => this.#learn(epoch, sample));
    this.#visited++;
    return step;
  }

  /**
   * Learns every training example once, or as many times as lie between measurements, then predicts both sets. Goes on
   * where single steps, or an earlier call that was broken off, have left the epoch.
   * @param last the epoch to end with; without it, the next that is to be measured
   */
  async runEpochs(
    pacer: Pacer,
    onStep?: (step: StepRecord) => void,
    last = this.#due(),
  ): Promise<EpochRecord> {
    while (this.#current < last || this.#visited < this.#visits.length) {
      if (pacer.due()) await pacer.rest();
      const step = this.step();
      onStep?.(step);
    }
    const record = await this.#measure(this.#current, pacer);
    this.#epoch = this.#current;
    return record;
  }

  #due(): number {
    const { epochs, measureEvery = 1 } = this.settings;
    return Math.min(this.#epoch + measureEvery, epochs);
  }

  /** The run as it stands; meant to be taken between epochs. */
  checkpoint(): Checkpoint {
    const { stream } = this.#pot;
    return {
      format: 'neural-crn-checkpoint',
      version: CHECKPOINT_VERSION,
      package: PACKAGE_VERSION,
      task: this.task,
      settings: this.settings,
      circuit: this.circuit.options,
      epoch: this.#epoch,
      concentrations: this.#pot.concentrations(),
      random: this.#random.state(),
      progress: copyProgress(this.#progress),
      ...(stream && { runs: stream.run }),
    };
  }

  dispose(): void {
    this.#pot.dispose();
    this.#evaluation.dispose();
  }

  /** One example: dose, phase 1, phase 2. What is left of the last one stays in the pot. */
  #learn(epoch: number, sample: number): StepRecord {
    const x = this.#train.x[sample];
    const y = this.#train.y[sample];
    const outputs = this.#pot.learn(x, y);
    refuseDebt(this.circuit, this.#pot, { epoch, sample });
    const errors = outputs.map((output, k) => output - y[k]);
    refuseRunaway(this.circuit, errors, this.#runaway, { epoch, sample });
    const theta = this.#pot.weights();
    const { progress } = this;
    this.#steps++;
    if (this.#keepSteps) progress.weights.push(theta);
    const target = this.task.train.targets[sample];
    const [value] = this.#measures.predictions([outputs]);
    const error = this.#measures.code.kind === 'value' ? value - target : Math.hypot(...errors);
    if (this.#keepSteps) progress.errors.push(error);
    const difference = this.#ideal?.step(x, y, theta);
    if (this.#keepSteps && difference !== undefined) progress.idealDifferences.push(difference);
    return {
      epoch,
      sample,
      step: this.#steps,
      prediction: value,
      target,
      error,
      theta,
    };
  }

  /** Predictions for the task's grid with the weights as they are, or the best ones kept; `undefined` without a grid. */
  async measureGrid(pacer: Pacer): Promise<number[] | undefined> {
    const { grid, scaling } = this.task;
    if (!grid) return undefined;
    const { x } = prepare(this.circuit, scaling, { inputs: grid.inputs }, this.task, 'grid');
    const parameters = this.#progress.best?.aliquot ?? this.parameters;
    const predictions = this.#measures.predictions(await this.#predictAll('grid', parameters, x, pacer));
    this.#sumStats();
    return predictions;
  }

  /** Outputs for a set of rows; with as few molecules as there are, by random numbers of that set and of this step. */
  #predictAll(set: string, parameters: Concentrations, rows: readonly (readonly number[])[], pacer: Pacer) {
    return this.#evaluation.predictAll(parameters, rows, pacer, `${set} ${this.#steps}`);
  }

  /** The ideal twin's predictions for the task's grid; `undefined` without twin or grid, and where an older epoch is kept. */
  idealGrid(): number[] | undefined {
    const { grid, scaling } = this.task;
    if (!grid || !this.#ideal || this.#progress.best) return undefined;
    const { network } = this.#ideal;
    const { x } = prepare(this.circuit, scaling, { inputs: grid.inputs }, this.task, 'grid');
    return this.#measures.predictions(x.map((row) => network.outputs(row)));
  }

  /** Predictions for rows in the data's own units with the weights as they stand, in the clean pot. */
  async predict(rows: readonly (readonly number[])[], pacer: Pacer): Promise<number[]> {
    const { x } = prepare(this.circuit, this.task.scaling, { inputs: rows }, this.task, 'input');
    const predictions = this.#measures.predictions(
      await this.#predictAll('input', this.parameters, x, pacer),
    );
    this.#sumStats();
    return predictions;
  }

  #sumStats(): void {
    const { progress } = this;
    progress.stats = zeroStats();
    addStats(progress.stats, this.#statsBefore);
    addStats(progress.stats, this.#pot.stats);
    addStats(progress.stats, this.#evaluation.stats);
  }

  /** Predicts both sets on an aliquot and adds a line to the history. */
  async #measure(epoch: number, pacer: Pacer): Promise<EpochRecord> {
    const { progress, parameters } = this;
    const train = await this.#predictAll('train', parameters, this.#train.x, pacer);
    const validation = await this.#predictAll('validation', parameters, this.#validation.x, pacer);
    const outputs = { train, validation };
    const { record, after } = this.#measures.of(epoch, outputs, this.#ideal?.network, this.#pot.weights());
    progress.after = after;
    this.#sumStats();
    progress.history.push(record);
    keepBest(progress, this.settings, record, parameters, after);
    return record;
  }
}
