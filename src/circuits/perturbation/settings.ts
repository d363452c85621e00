import { positive } from '../../network/limits.js';
import { layeredSettings } from '../layered/settings.js';
import { type Names, refuseUnknown } from '../names.js';
import { refuse } from '../refuse.js';
import type { PerturbationOptions, PerturbationSettings } from './options.js';

const NAMES: Names<PerturbationOptions> = {
  sizes: true,
  batch: true,
  samples: true,
  data: true,
  cursor: true,
  weights: true,
  rate: true,
  phaseLength: true,
  annihilation: true,
  perturbation: true,
};

/**
 * Fills in and checks the options of a network that perturbs its weights.
 * @throws RangeError or TypeError naming the option (also one that there is not), or why options do not go together
 */
export function perturbationSettings(options: PerturbationOptions): PerturbationSettings {
  refuseUnknown('option', options, Object.keys(NAMES));
  const { perturbation = 0.05, samples, batch = samples?.inputs.length } = options;
  positive({ perturbation });
  refuse(
    samples != null && samples.inputs.length !== batch,
    `batch: a step learns from all examples, so ${samples?.inputs.length} of them need as many copies, not ${batch}`,
  );
  refuse(Boolean(options.cursor), 'cursor: a step learns from all examples, there is no other batch');
  const shared = layeredSettings({ ...options, ...(batch !== undefined && { batch }), cursor: false }, 0.2);
  shared.samples?.labels.forEach((row, s) => {
    const value = row.find((label) => Math.abs(label) > 1);
    if (value === undefined) return;
    throw new RangeError(
      `samples.labels[${s + 1}] cannot be ${value}: outputs are tanh, labels lie between −1 and 1`,
    );
  });
  return { ...shared, cursor: false, perturbation };
}
