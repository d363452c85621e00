import { timeDigits } from './measure/digits.js';
import { raceEngines } from './measure/engines.js';
import { timeEnsembles } from './measure/ensembles.js';
import { timeEvents } from './measure/events.js';
import { timeGrowth } from './measure/growth.js';
import { timeKernels } from './measure/kernels.js';
import { timeLearning } from './measure/learning.js';
import { timeNativeLu } from './measure/native-lu.js';
import { timeSensitivities } from './measure/sensitivities.js';
import { timeSensitivityGrowth } from './measure/sensitivity-growth.js';
import { timeTrainingStep } from './measure/training-step.js';
import { runRace } from './race/race.js';

/** What a measuring process can be asked, by name. Orders and answers are plain data. */
export const jobs = {
  race: runRace,
  engines: raceEngines,
  kernels: timeKernels,
  nativeLu: timeNativeLu,
  trainingStep: timeTrainingStep,
  learning: timeLearning,
  digits: timeDigits,
  ensembles: timeEnsembles,
  sensitivities: timeSensitivities,
  sensitivityGrowth: timeSensitivityGrowth,
  events: timeEvents,
  growth: timeGrowth,
};

export type Jobs = typeof jobs;
export type JobName = keyof Jobs;
export type Order<Name extends JobName> = Parameters<Jobs[Name]>[0];
export type Answer<Name extends JobName> = Awaited<ReturnType<Jobs[Name]>>;

export interface JobMessage {
  name: JobName;
  order: Order<JobName>;
}

export type JobReply = { answer: unknown } | { absent: string } | { error: string };
