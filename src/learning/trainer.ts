import { type Circuit, linearCrn } from '../circuits/index.js';
import { addStats, zeroStats } from '../simulate/stats.js';
import type { SolverOptions, Stats } from '../simulate/types.js';
import {
  CHECKPOINT_VERSION,
  type Checkpoint,
  copyProgress,
  type EpochRecord,
  type Progress,
  type TrainSettings,
} from './checkpoint.js';
import { CircuitFailure } from './failure.js';
import { type IdealLearner, idealLinear } from './ideal.js';
import { meanLoss } from './metrics.js';
import type { Pacer } from './pace.js';
import { type Concentrations, EvaluationPot, guard, Pot, type PreparedSamples, prepare } from './pot.js';
import { createRandom, type Random, restoreRandom } from './random.js';
import { unscaleTarget } from './scaling.js';
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
  /** Read from the training pot after phase 1, in the label's own units. */
  prediction: number;
  target: number;
  /** prediction − target. */
  error: number;
  /** Signed weights after the update. */
  theta: number[];
}

/** Debt species above this after phase 2, with no weight left to pay it, mean a weight below zero (concentration). */
const DEBT = 1e-6;
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
  readonly #ideal: IdealLearner | null;
  readonly #progress: Progress;
  readonly #statsBefore: Stats;
  readonly #runaway: number;
  #epoch: number;

  private constructor(parts: {
    task: Task;
    circuit: Circuit;
    settings: TrainSettings;
    pot: Pot;
    evaluation: EvaluationPot;
    train: PreparedSamples;
    validation: PreparedSamples;
    resume: Checkpoint | undefined;
  }) {
    const { task, circuit, settings, resume } = parts;
    this.task = task;
    this.circuit = circuit;
    this.settings = settings;
    this.#pot = parts.pot;
    this.#evaluation = parts.evaluation;
    this.#train = parts.train;
    this.#validation = parts.validation;
    this.#runaway = RUNAWAY * parts.train.y.reduce((most, y) => Math.max(most, Math.abs(y)), 1);
    this.#epoch = resume?.epoch ?? 0;
    this.#random = resume ? restoreRandom(resume.random) : createRandom(task.seed, 'order');
    if (resume) this.#pot.load(resume.concentrations);
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
    this.#statsBefore = this.#progress.stats;
    this.#ideal = this.#progress.idealTheta && idealLinear(circuit.options, this.#progress.idealTheta);
  }

  /** Prepares both pots and all rows. @throws DataError or RangeError before any chemistry runs */
  static async create(
    task: Task,
    settings: TrainSettings,
    solver: SolverOptions,
    circuit: Circuit = linearCrn(task.circuit),
    resume?: Checkpoint,
  ): Promise<Trainer> {
    const train = prepare(circuit, task.scaling, task.train, task, 'training');
    const validation = prepare(circuit, task.scaling, task.validation, task, 'validation');
    for (const [name, rows] of Object.entries({ training: train, validation })) {
      if (rows.x.length === 0) throw new RangeError(`the ${name} set is empty`);
      if (rows.x.length !== rows.y.length) {
        throw new RangeError(`the ${name} set has ${rows.x.length} rows, but ${rows.y.length} targets`);
      }
    }
    const pots: { dispose(): void }[] = [];
    try {
      const pot = await Pot.create(circuit, solver);
      pots.push(pot);
      const evaluation = await EvaluationPot.create(circuit, solver);
      pots.push(evaluation);
      return new Trainer({ task, circuit, settings, pot, evaluation, train, validation, resume });
    } catch (error) {
      for (const pot of pots) pot.dispose();
      throw error;
    }
  }

  get progress(): Progress {
    return this.#progress;
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

  /** Learns every training example once, then predicts both sets. */
  async runEpoch(pacer: Pacer, onStep?: (step: StepRecord) => void): Promise<EpochRecord> {
    const epoch = this.#epoch + 1;
    for (const sample of visitingOrder(this.#train.x.length, this.settings.order, this.#random)) {
      if (pacer.due()) await pacer.rest();
      const step = guard({ epoch, sample }, () => this.#learn(epoch, sample));
      onStep?.(step);
    }
    const record = await this.#measure(epoch, pacer);
    this.#epoch = epoch;
    return record;
  }

  /** The run as it stands; meant to be taken between epochs. */
  checkpoint(): Checkpoint {
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
    this.#pot.dose(x, y);
    const output = this.#pot.feed();
    this.#pot.learn();
    this.#refuseDebt(epoch, sample);
    if (!(Math.abs(output - y) < this.#runaway)) {
      throw new CircuitFailure(
        'diverged',
        `the error grows without bound (epoch ${epoch}, row ${sample + 1}): rate ${this.circuit.options.rate} is too ` +
          'large for these inputs',
        { hint: 'lower the rate, or scale the inputs down', epoch, sample },
      );
    }
    const theta = this.#pot.weights();
    const { progress } = this;
    progress.weights.push(theta);
    const target = this.task.train.targets[sample];
    const value = unscaleTarget(this.task.scaling, output);
    progress.errors.push(value - target);
    this.#stepIdeal(x, y, theta);
    return {
      epoch,
      sample,
      step: progress.errors.length,
      prediction: value,
      target,
      error: value - target,
      theta,
    };
  }

  #stepIdeal(x: readonly number[], y: number, theta: readonly number[]): void {
    if (!this.#ideal) return;
    this.#ideal.step(x, y);
    let largest = 0;
    theta.forEach((value, i) => {
      largest = Math.max(largest, Math.abs(value - (this.#ideal as IdealLearner).theta[i]));
    });
    this.#progress.idealDifferences.push(largest);
    this.#progress.idealTheta = [...this.#ideal.theta];
  }

  /**
   * With positive rails a decrease makes debt N, which eats weight P. Debt left over when P is used up is a weight
   * below zero, which this form cannot hold. (Debt below the weight is only the tail of the gradient: it will be paid.)
   */
  #refuseDebt(epoch: number, sample: number): void {
    if (this.circuit.rails !== 'positive') return;
    this.circuit.weights.forEach((signal, i) => {
      const debt = this.#pot.read(signal.minus as string);
      if (debt <= DEBT || debt <= this.#pot.read(signal.plus)) return;
      throw new CircuitFailure(
        'negativeWeight',
        `a weight would go negative: use dual rails (${signal.plus}, epoch ${epoch}, row ${sample + 1}; ` +
          `${debt.toPrecision(3)} of ${signal.minus} is left after phase 2)`,
        {
          hint: 'use dual rails, or a lower rate if the weight should stay positive',
          epoch,
          sample,
          weight: i + 1,
        },
      );
    });
  }

  /** Predicts both sets on an aliquot and adds a line to the history. */
  async #measure(epoch: number, pacer: Pacer): Promise<EpochRecord> {
    const { task, progress } = this;
    const parameters = this.parameters;
    const train = await this.#evaluation.predictAll(parameters, this.#train.x, task.scaling, pacer);
    const validation = await this.#evaluation.predictAll(parameters, this.#validation.x, task.scaling, pacer);
    const record: EpochRecord = {
      epoch,
      trainLoss: meanLoss(train, task.train.targets),
      validationLoss: meanLoss(validation, task.validation.targets),
    };
    if (this.#ideal) {
      // Errors in concentrations are 1/scale of those in own units.
      const units = task.scaling.target.scale * task.scaling.target.scale;
      record.idealTrainLoss = units * this.#ideal.loss(this.#train.x, this.#train.y);
      record.idealValidationLoss = units * this.#ideal.loss(this.#validation.x, this.#validation.y);
    }
    progress.after = { train, validation };
    progress.stats = zeroStats();
    addStats(progress.stats, this.#statsBefore);
    addStats(progress.stats, this.#pot.stats);
    addStats(progress.stats, this.#evaluation.stats);
    progress.history.push(record);
    return record;
  }
}
