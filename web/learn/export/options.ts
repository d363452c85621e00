import type { NeuralCrnOptions } from 'neural-crn/circuits';
import type { CsvTaskOptions } from 'neural-crn/learning';
import type { Setup } from '../setup';

/** The options that a setup gives to a named task. */
export function namedOptions({ seed, recipe, epochs, order, circuit, clock, gate }: Setup) {
  return {
    seed,
    ...(recipe !== null && { recipe }),
    ...(epochs !== null && { epochs }),
    ...(order !== null && { order }),
    ...(Object.keys(circuit).length > 0 && { circuit }),
    ...(clock !== null && clock !== 'none' && { clock: { kind: clock, gate } }),
  };
}

/** The options that a setup gives to a task from a table; `circuit` what is changed afterwards. */
export function tableOptions({ seed, epochs, order, circuit, table }: Setup) {
  const { wiring, adjoint, readout, readoutRate, ...own } = circuit;
  return {
    options: {
      target: table.target,
      name: table.name,
      test: table.test,
      seed,
      ...(table.classes !== null && { classes: table.classes }),
      ...(epochs !== null && { epochs }),
      ...(order !== null && { order }),
      ...own,
    } as CsvTaskOptions & { target: string },
    circuit: {
      ...(wiring !== undefined && { wiring }),
      ...(adjoint !== undefined && { adjoint }),
      ...(readout !== undefined && { readout }),
      ...(readoutRate !== undefined && { readoutRate }),
    } as Partial<NeuralCrnOptions>,
  };
}
