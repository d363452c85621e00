import {
  type Circuit,
  type CircuitClock,
  type Counts,
  constantInput,
  type GateStyle,
  type WeightValues,
} from '../circuits/index.js';
import { dsdUnits, fuelReport, type LabSummary, labSummary, labTraining } from '../lab/index.js';
import type { Stats } from '../simulate/types.js';
import type { EpochRecord, TrainSettings } from './checkpoint.js';
import type { Stopped } from './early-stopping.js';
import type { TrainingResult } from './training-result.js';

/** The report of a training run: what `train --json` prints. */
export interface TrainReport {
  experiment: string;
  seed: number;
  status: TrainingResult['status'];
  circuit: Counts & { rails: string; rate: number; gamma: number; readoutRate?: number };
  /** The clock inside, where one drives the circuit. */
  clock?: ClockReport;
  /** What the run would take in a laboratory. */
  lab: LabReport;
  /** The strands that the circuit is made of, where it is. */
  dsd?: DsdReport;
  /** What was not chemistry. */
  digital: string[];
  /** What was decided from the data. */
  notes: string[];
  /** The epoch that metrics and parameters are of: the last one, with a patience the best. */
  epoch: number;
  /** Where the patience came to its end, if it did. */
  stopped?: Stopped;
  history: EpochRecord[];
  metrics: TrainingResult['metrics'];
  /** Signed weights, row by row: with diagonal wiring one per input. */
  parameters: WeightValues;
  /** Names of the inputs that the weights belong to; a constant one is called `1`. */
  inputs: string[];
  target: string;
  settings: TrainSettings;
  /** Work of the solver, never times. */
  stats: Stats;
}

/** A circuit's clock. Times in the network's unit, fractions of a period. */
export interface ClockReport {
  kind: 'coop' | 'ring';
  gate: GateStyle;
  /** Species that switch the phases. */
  phases: string[];
  /** Mean length of a turn, and its standard deviation from turn to turn. */
  period: number;
  periodDeviation: number;
  /** ∫C dt of each phase's species over a turn. */
  exposures: number[];
  /** Fraction of the time in which two or more are above 1 % of their peaks. */
  overlap: number;
  /** Largest level of one, relative to its peak, while the next is above half its own. */
  leak: number;
}

/** A run in the units of a laboratory. Times in seconds. */
export interface LabReport extends LabSummary {
  example: number;
  epoch: number;
  /** All epochs that were asked for. */
  training: number;
}

/** A circuit made of strands. */
export interface DsdReport {
  /** By how much more of a signal is there than is free. */
  gain: number;
  /** Finite fuels at the end of the run: the part that is used of the one that is used most, and those more than half used. */
  fuels?: { mostUsed: number; depleted: string[] };
}

/** Builds the report of a run. */
export function trainReport(result: TrainingResult): TrainReport {
  const { circuit, task } = result;
  const { readoutRate } = circuit.options;
  const constant = task.scaling.augment !== null || constantInput(circuit.options) !== false;
  return {
    experiment: result.experiment,
    seed: result.seed,
    status: result.status,
    circuit: {
      ...circuit.counts,
      rails: circuit.rails,
      rate: circuit.options.rate,
      gamma: circuit.gamma,
      ...(readoutRate !== null && { readoutRate }),
    },
    ...(circuit.clock && { clock: clockReport(circuit.clock) }),
    lab: labReport(result),
    ...(circuit.binding && { dsd: dsdReport(result) }),
    digital: result.digital,
    notes: task.notes,
    epoch: result.epoch,
    ...(result.stopped && { stopped: result.stopped }),
    history: result.history,
    metrics: result.metrics,
    parameters: result.parameters,
    inputs: constant ? [...task.features, '1'] : task.features,
    target: task.target,
    settings: result.settings,
    stats: result.stats,
  };
}

/** What was measured of a circuit's clock. */
export function clockReport({ options, measure }: CircuitClock): ClockReport {
  const { period, phases, overlap, leak } = measure;
  return {
    kind: options.kind,
    gate: options.gate,
    phases: phases.map(({ species }) => species),
    period: period.mean,
    periodDeviation: period.deviation,
    exposures: phases.map(({ exposure }) => exposure),
    overlap,
    leak,
  };
}

function labReport({ circuit, task, settings }: TrainingResult): LabReport {
  const units = task.dsd === undefined ? {} : dsdUnits(task.dsd);
  const { epochs } = settings;
  const found = labTraining(circuit, { examples: task.train.targets.length, epochs }, units);
  const { training } = found;
  return {
    ...labSummary(found),
    example: training.example.seconds,
    epoch: training.epoch,
    training: training.run,
  };
}

function dsdReport({ circuit, checkpoint }: TrainingResult): DsdReport {
  const { gain, fuels } = circuit.binding as NonNullable<Circuit['binding']>;
  if (fuels === null) return { gain };
  const { species, concentration } = fuels;
  const used = fuelReport({ fuels: species, settings: { cMax: concentration } }, checkpoint.concentrations);
  return { gain, fuels: { mostUsed: used.most?.used ?? 0, depleted: used.depleted } };
}
