import { createSimulator } from '../../src/index.js';
import { createGradientSimulator, createSensitivitySimulator } from '../../src/sensitivity/index.js';
import { race } from '../timing.js';
import { type SensitivityOrder, sensitivitySetting } from './sensitivities.js';

/** Microseconds by how many constants the derivatives are taken, ascending, all at last. */
export interface SensitivityGrowth {
  constants: number[];
  run: number;
  forward: number[];
  differences: number[];
  /** By all constants, however many are asked for. */
  adjoint: number;
}

/** The derivatives by the first 1, 4, 16 … constants of a problem and by all, in turns in this process. */
export async function timeSensitivityGrowth({
  problem,
  effort,
}: SensitivityOrder): Promise<SensitivityGrowth> {
  const { network, names, common, weights, differences } = await sensitivitySetting(problem);
  const constants: number[] = [];
  for (let count = 1; count < names.length; count *= 4) constants.push(count);
  constants.push(names.length);
  const plain = await createSimulator(network, common);
  const back = await createGradientSimulator(network, () => ({ loss: 0, cotangents: weights }), common);
  const forward = await Promise.all(
    constants.map((count) => createSensitivitySimulator(network, { ...common, of: names.slice(0, count) })),
  );
  const micros = await race<string>(
    {
      run: () => plain.run(),
      adjoint: () => back.run(),
      ...Object.fromEntries(forward.map((one, i) => [`forward ${i}`, () => one.run()])),
      ...Object.fromEntries(
        constants.map((count, i) => [`differences ${i}`, () => differences(plain, names.slice(0, count))]),
      ),
    },
    effort,
  );
  for (const one of [plain, back, ...forward]) one.dispose();
  return {
    constants,
    run: micros.run,
    adjoint: micros.adjoint,
    forward: constants.map((_, i) => micros[`forward ${i}`]),
    differences: constants.map((_, i) => micros[`differences ${i}`]),
  };
}
