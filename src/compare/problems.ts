import { datasets, gateExamples, type LearnerExamples, type Samples } from '../learning/index.js';

/** When a problem counts as learned: the part decided rightly, or the part of the labels' variance that is left. */
export type Goal = { right: number } | { left: number };

/** What all systems are given alike. Plain data, in the data's own units. */
export interface Problem {
  name: string;
  title: string;
  /** What is learned: in an epoch every row once, in this order. Labels of classes are 0 or 1. */
  train: LearnerExamples;
  /** What is only asked of it; `null` where the training rows are all that there are. */
  test: LearnerExamples | null;
  /** The stop rule, applied to an epoch of answers that the training pot gave. */
  goal: Goal;
  /** Most epochs. */
  epochs: number;
}

/** Of generated data and of the split: the same for every start. */
const DATA_SEED = 0;

const values = ({ inputs, targets }: Samples): LearnerExamples => ({
  inputs,
  labels: targets.map((target) => [target]),
});
const classes = ({ inputs, targets }: Samples, names: readonly string[]): LearnerExamples => ({
  inputs,
  labels: targets.map((target) => names.map((_, k) => (k === target ? 1 : 0))),
});

const gate = (name: 'xor' | 'or', epochs: number): (() => Problem) => {
  const title = `${name.toUpperCase()} of two bits`;
  return () => ({ name, title, train: gateExamples[name], test: null, goal: { right: 1 }, epochs });
};

/** The problems by name. */
const makers = {
  xor: gate('xor', 600),
  or: gate('or', 200),
  linear: (): Problem => {
    const { train, validation } = datasets.linearRegression({ seed: DATA_SEED });
    return {
      name: 'linear',
      title: 'y = x1 + 2·x2 + 1, noisy: 41 rows, 101 to test',
      train: values(train),
      test: values(validation),
      // The noise alone leaves 0.024.
      goal: { left: 0.05 },
      epochs: 20,
    };
  },
  iris: (): Problem => {
    const data = datasets.iris({ seed: DATA_SEED });
    return {
      name: 'iris',
      title: 'three species of iris by four lengths: 120 flowers, 30 to test',
      train: classes(data.train, data.classes),
      test: classes(data.validation, data.classes),
      goal: { right: 0.95 },
      epochs: 20,
    };
  },
  bias: (): Problem => {
    const channels = [0, 1, 2];
    const often = (strong: number) => channels.map((n) => (n === strong ? 0.1 : 0.05));
    return {
      name: 'bias',
      title:
        'which of three channels spikes twice as often as the others, anew after 1000 units of time; nobody says it',
      // A row is a stretch of time: spikes per unit in each channel, and by what the answer is judged.
      train: {
        inputs: channels.map(often),
        labels: channels.map((strong) => channels.map((n) => Number(n === strong))),
      },
      test: null,
      goal: { right: 1 },
      epochs: 12,
    };
  },
} as const;

export type ProblemName = keyof typeof makers;

export const problemNames = Object.keys(makers) as ProblemName[];

/** A problem with its data. @throws RangeError for a name that there is not */
export function problemNamed(name: string): Problem {
  if (Object.hasOwn(makers, name)) return makers[name as ProblemName]();
  throw new RangeError(`there is no problem ${JSON.stringify(name)}; there are ${problemNames.join(', ')}`);
}
