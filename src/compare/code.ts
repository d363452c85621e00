import type { LearnerExamples } from '../learning/index.js';

/** Where a system wants its numbers: every input's range over the training rows, and that of the labels. `null`: as they are. */
export interface Code {
  inputs: readonly [low: number, high: number] | null;
  labels: readonly [low: number, high: number] | null;
}

interface Line {
  offset: number;
  scale: number;
}

const AS_IT_IS: Line = { offset: 0, scale: 1 };

function lineTo(values: readonly number[], range: Code['inputs']): Line {
  if (range === null) return AS_IT_IS;
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const scale = most > least ? (range[1] - range[0]) / (most - least) : 1;
  return { offset: range[0] - scale * least, scale };
}

const map = (rows: readonly (readonly number[])[], lines: readonly Line[]): number[][] =>
  rows.map((row) => row.map((value, i) => lines[i].offset + lines[i].scale * value));

/**
 * Turns examples into a system's concentrations. The code is a straight line for every column, fitted to the training rows,
 * so the part of the variance that is left means the same in both units.
 */
export function encoder(code: Code, { inputs, labels }: LearnerExamples) {
  const columns = inputs[0].map((_, i) =>
    lineTo(
      inputs.map((row) => row[i]),
      code.inputs,
    ),
  );
  // All outputs alike, so that the largest stays the largest.
  const all = lineTo(labels.flat(), code.labels);
  return (examples: LearnerExamples): LearnerExamples => ({
    inputs: map(examples.inputs, columns),
    labels: map(
      examples.labels,
      labels[0].map(() => all),
    ),
  });
}
