import { type Circuit, countsOf } from '../../circuits/index.js';
import type { LabOptions } from '../lab.js';
import { DSD_DEFAULTS, type DsdOptions } from './options.js';
import { type DsdTranslation, translateToDsd } from './translate.js';

/**
 * A circuit made of DNA strands: {@link translateToDsd} of its network, with what a trainer needs to know of it. Train it as
 * `train(task, { circuit })`, or give the task the options as `dsd`.
 *
 * Fuels are held by default: a training run uses up more of them than there is, see {@link fuelReport}.
 * @throws RangeError as `translateToDsd`, or for a staged circuit, whose acts by hand are not for strands
 */
export function dsdCircuit(circuit: Circuit, options: DsdOptions = {}): Circuit {
  return { ...dsdParts(circuit, options).circuit };
}

/** The same with the translation it is made from. */
export function dsdParts(
  circuit: Circuit,
  options: DsdOptions = {},
): { circuit: Circuit; translation: DsdTranslation } {
  if (circuit.stages) {
    throw new RangeError(
      'dsd: between its stages a staged circuit is changed by hand, by amounts that say nothing of bound strands; ' +
        "use pipeline 'two-phase'",
    );
  }
  if (circuit.binding) throw new RangeError('dsd: this circuit is made of strands already');
  const translation = translateToDsd(circuit.network, { fuels: 'held', ...options });
  const { network, gain, signals, settings } = translation;
  const isHeld = settings.fuels === 'held';
  const made: Circuit = {
    ...circuit,
    network,
    counts: countsOf(network),
    binding: {
      gain,
      bound: Object.fromEntries(signals.map(({ name, bound }) => [name, bound])),
      fuels: isHeld ? null : { species: translation.fuels, concentration: settings.cMax },
    },
    digital: [...circuit.digital, ...(isHeld ? ['fuels: kept at their concentration from outside'] : [])],
  };
  return { circuit: made, translation };
}

/** Units in which `lab` measures a network that is made of strands with these options: nothing is faster than qMax. */
export function dsdUnits({ concentration, qMax }: DsdOptions): LabOptions {
  return {
    concentration: concentration ?? DSD_DEFAULTS.concentration,
    rate: typeof qMax === 'string' ? qMax : DSD_DEFAULTS.qMax,
  };
}
