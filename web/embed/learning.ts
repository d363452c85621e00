/** What the learner's worker is asked for, and tells. */
export interface TrainRequest {
  task: string;
  recipe?: string;
  epochs?: number;
  seed: number;
  ideal: boolean;
}

export interface Epoch {
  epoch: number;
  trainLoss: number;
  validationLoss: number;
  validationAccuracy?: number;
  idealValidationLoss?: number;
}

export type TrainProgress =
  | { kind: 'begun'; species: number; reactions: number; epochs: number; rows: number }
  | { kind: 'epoch'; epoch: Epoch }
  | { kind: 'step'; epoch: number; step: number };

export interface Trained {
  status: 'done' | 'cancelled' | 'failed';
  metrics: Record<string, number>;
  theta: number[];
  /** Of a run that the chemistry ended. */
  message?: string;
}

/** Named tasks, with what they are. */
export const taskTitles: readonly { value: string; title: string }[] = [
  { value: 'linear-regression', title: 'A line in two inputs' },
  { value: 'product-regression', title: 'A product of two inputs' },
  { value: 'sine-regression', title: 'A sine' },
  { value: 'xor', title: 'Exclusive or' },
  { value: 'and', title: 'And' },
  { value: 'or', title: 'Or' },
  { value: 'rings', title: 'Rings' },
  { value: 'linear-classification', title: 'Two classes, parted by a line' },
  { value: 'iris', title: 'Three kinds of iris' },
];
