import type { Circuit } from '../circuits/index.js';
import { DataError } from './data.js';
import { encodeLabel, type LabelCode, PLAIN } from './labels.js';
import { type Scaling, scaleInputs } from './scaling.js';

/** Examples as concentrations: scaled inputs (with the augmented one) and label. */
export interface PreparedSamples {
  x: number[][];
  /** One row of labels per example, one label per output; empty when there are no labels. */
  y: number[][];
}

/**
 * Turns rows into concentrations, refusing what the circuit's rails cannot hold.
 *
 * @param what the rows are, for messages: `training`, `validation`, …
 * @throws DataError `needsDualRails` naming row and column
 */
export function prepare(
  circuit: Circuit,
  scaling: Scaling,
  samples: { inputs: readonly (readonly number[])[]; targets?: readonly number[] },
  names: { features: readonly string[]; target: string },
  what: string,
  code: LabelCode = PLAIN,
): PreparedSamples {
  const refuse = (row: number, column: string, value: number, concentration: number): never => {
    const scaled = value === concentration ? '' : ` (concentration ${Number(concentration.toPrecision(6))})`;
    throw new DataError(
      'needsDualRails',
      `${what} row ${row + 1}, column "${column}": ${value}${scaled} is below 0, which positive rails cannot hold; ` +
        'use dual rails',
      { column, value: String(value) },
    );
  };
  const x = samples.inputs.map((row, k) => {
    const scaled = scaleInputs(scaling, row);
    if (scaled.length !== circuit.inputs.length) {
      const given = `${scaled.length} inputs${scaling.augment === null ? '' : ' with the augmented one'}`;
      throw new RangeError(`the ${what} rows have ${given}, but the circuit has ${circuit.inputs.length}`);
    }
    row.forEach((value, j) => {
      if (!Number.isFinite(value)) {
        throw new RangeError(
          `${what} row ${k + 1}, column "${names.features[j]}": ${value} is not a finite number`,
        );
      }
      if (circuit.inputs[j].minus === null && scaled[j] < 0) refuse(k, names.features[j], value, scaled[j]);
    });
    return scaled;
  });
  const y = (samples.targets ?? []).map((value, k) => {
    if (!Number.isFinite(value)) {
      throw new RangeError(`${what} row ${k + 1}, column "${names.target}": ${value} is not a finite number`);
    }
    const labels = encodeLabel(code, scaling, value);
    if (labels.length !== circuit.targets.length) {
      throw new RangeError(
        `a label gives ${labels.length} values, but the circuit has ${circuit.targets.length} outputs`,
      );
    }
    labels.forEach((label, o) => {
      if (label < 0 && circuit.targets[o].minus === null) refuse(k, names.target, value, label);
    });
    return labels;
  });
  return { x, y };
}
