import type { RobustnessOverOptions, RobustnessSubject, Variation, Varied } from '../batch/node.js';
import { type Clock, coopClock, ringClock } from '../circuits/index.js';
import type { LabelCode, Task } from '../learning/index.js';
import { InvalidInput } from './failures.js';
import { splitMethod } from './molecule-flags.js';
import type { SaveFlag, Tolerances } from './numbers.js';
import { checkNames, defined, type SolverFlags } from './options.js';
import { wholeTolerance } from './predict.js';
import { readSubject, type TaskFlags } from './subject.js';
import type { Terminal, TerminalFlags } from './terminal.js';

/** Flags of the command. */
export interface RobustnessFlags extends TerminalFlags, TaskFlags, SolverFlags {
  vary?: string[];
  sigma?: number[];
  volume?: number[];
  draws?: number;
  seed?: number;
  per?: 'reaction' | 'type';
  spread?: 'log-normal' | 'uniform';
  only?: string[];
  success?: string;
  phases?: string[];
  within?: number;
  to?: number;
  save?: SaveFlag;
  atol?: Tolerances;
  jobs?: number;
  out?: string;
  csv?: string;
  json?: string;
  plot?: string;
}

const varied: readonly Varied[] = [
  'rates',
  'initial',
  'doses',
  'jitter',
  'leaks',
  'inputs',
  'labels',
  'volume',
];

/** What is studied, and when it is a success. */
export interface PlannedStudy {
  subject: RobustnessSubject;
  success: string;
  options: RobustnessOverOptions;
}

/**
 * What the flags ask for.
 * @throws InvalidInput or InvalidFile
 */
export async function planStudy(
  what: string,
  flags: RobustnessFlags,
  terminal: Terminal,
): Promise<PlannedStudy> {
  const { sigma, volume, draws, seed, rtol, engine, kernels, maxSteps, to, save } = flags;
  const { method, stochastic: stochasticMethod } = splitMethod(flags.method, volume !== undefined);
  const stochastic = stochasticMethod && { method: stochasticMethod };
  const common = { vary: variations(flags), ...defined({ sigma, volume, draws, seed, stochastic }) };
  const solver = defined({ rtol, method, engine, kernels, maxSteps });
  const clock = namedClock(what) ?? undefined;
  if (clock !== undefined) {
    refuseFlags(flags, ['to', 'save', 'phases', 'recipe', 'epochs', 'taskSeed', 'clock', 'rails'], 'a clock');
    return clockStudy(clock, flags, common);
  }
  const subject = await readSubject(what, flags, terminal);
  if (subject.kind === 'task') {
    refuseFlags(flags, ['to', 'save', 'phases', 'within'], 'a task');
    const { task } = subject;
    const train = { ...solver, ...defined({ atol: wholeTolerance(flags.atol) }) };
    return { subject: task, success: flags.success ?? usualSuccess(task), options: { ...common, train } };
  }
  const { network } = subject;
  if (flags.phases !== undefined) {
    refuseFlags(flags, ['to', 'save'], 'a clock');
    const { phases } = flags;
    checkNames(
      '--phases',
      phases,
      network.species.map(({ name }) => name),
      'species',
    );
    return clockStudy({ network, phases }, flags, common);
  }
  refuseFlags(flags, ['within'], 'a network that is simulated; for a clock add --phases');
  if (flags.success === undefined) {
    throw new InvalidInput(
      '--success is missing: say when a run is a success',
      'as in --success "final(A) within 10%"; of a species there are final, min, max, mean and period',
    );
  }
  const atol = wholeTolerance(flags.atol);
  const simulate = { ...solver, ...defined({ atol, to, save }) };
  return { subject: network, success: flags.success, options: { ...common, simulate } };
}

function clockStudy(
  clock: Clock,
  flags: RobustnessFlags,
  common: Omit<RobustnessOverOptions, 'clock'>,
): PlannedStudy {
  const { within, rtol, engine } = flags;
  if (common.stochastic === undefined) refuseFlags(flags, ['method'], 'a clock');
  refuseFlags(flags, ['kernels', 'maxSteps'], 'a clock');
  const options = defined({ within, rtol, engine, atol: wholeTolerance(flags.atol) });
  return {
    subject: clock,
    success: flags.success ?? 'period within 50% and deviation < 0.05 and leak < 0.01',
    options: { ...common, clock: options },
  };
}

/** @throws InvalidInput for a flag that means nothing here */
function refuseFlags(flags: RobustnessFlags, keys: readonly (keyof RobustnessFlags)[], what: string): void {
  const given = keys.find((key) => flags[key] !== undefined);
  if (given === undefined) return;
  throw new InvalidInput(
    `--${given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} is not for ${what}`,
  );
}

/** `coop-4`, `ring-5`. @throws InvalidInput for a length that the clock cannot have */
function namedClock(what: string): Clock | null {
  const [, kind, length] = /^(coop|ring)-(\d+)$/.exec(what) ?? [];
  if (kind === undefined) return null;
  try {
    return (kind === 'coop' ? coopClock : ringClock)({ length: Number(length) });
  } catch (error) {
    throw new InvalidInput(`${what}: ${(error as Error).message}`);
  }
}

function variations({ vary, volume, per, spread, only }: RobustnessFlags): Variation[] {
  const given = vary ?? (volume === undefined ? ['rates'] : []);
  const addsVolume = volume !== undefined && !given.includes('volume');
  return [...given, ...(addsVolume ? ['volume'] : [])].map((what): Variation => {
    checkNames('--vary', [what], varied, 'variation');
    return {
      what: what as Varied,
      ...defined({ per, only, spread: spread && (spread === 'uniform' ? 'uniform' : 'logNormal') }),
    };
  });
}

const classified = (labels: LabelCode | undefined): boolean =>
  labels !== undefined && (labels.kind === 'oneHot' || labels.threshold !== undefined);

/** Losses of one and a half times, or a twentieth less of the right decisions, are still a success. */
function usualSuccess({ labels, grid }: Task): string {
  if (!classified(labels)) return 'loss < 1.5x';
  return grid === undefined ? 'accuracy >= 0.95x' : 'gridAccuracy >= 0.95x';
}
