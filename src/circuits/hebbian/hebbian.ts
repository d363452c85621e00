import type { Network } from '../../network/index.js';
import { positive, wholeFrom } from '../../network/limits.js';
import { type Counts, countsOf } from '../circuit.js';
import { PhasedDraft } from '../draft.js';
import { constantsFrom, matrix } from '../given.js';
import { upTo } from '../layered/parts.js';
import type { LearnerAbout } from '../learner.js';
import { type Names, refuseUnknown } from '../names.js';
import { refuse } from '../refuse.js';
import type { HebbianConstants, HebbianOptions, HebbianSettings } from './options.js';
import { irreversible, reversible } from './reactions.js';

/** A Hebbian neuron made of molecules: see {@link hebbian}. */
export interface HebbianCircuit extends LearnerAbout {
  /** Every option with its value, enough to build the same circuit again. */
  settings: HebbianSettings;
  network: Network;
  counts: Counts;
  /** Species that spikes are added to, and of weights, a channel each. */
  inputs: string[];
  weights: string[];
  /** The membrane potential, and the learning signal. */
  membrane: string;
  signal: string;
  digital: string[];
}

export const hebbianAbout: LearnerAbout = {
  system: 'hebbian',
  title: 'Hebbian spiking neuron, after Fil et al., our reactions',
  origin: 'reconstruction',
  source: 'Fil, Dalchau & Chu, ACS Synth. Biol. 2022, arXiv 2206.02519',
};

const NAMES: Names<HebbianOptions> = {
  channels: true,
  cooperativity: true,
  constants: true,
  signal: true,
  weights: true,
  spike: true,
  reversible: true,
  drive: true,
};

const CONSTANTS: HebbianConstants = {
  arrive: 1,
  pass: 0.05,
  weigh: 0.5,
  lose: 0.02,
  leak: 0.3,
  bind: 1,
  release: 2,
  learn: 0.2,
  forget: 0.002,
};

/**
 * A neuron that learns by itself which of its channels spike often, or together, by reactions of at most two molecules: after
 * Fil, Dalchau & Chu, "Programming molecular systems to emulate a learning spiking neuron" (ACS Synth. Biol. 2022, arXiv
 * 2206.02519). A reconstruction: of the paper the abstract was at hand, and the reactions are ours.
 * ```
 * I -> A (1)    A -> B (0.05)    A + H -> B + H (0.5)    A -> ∅ (0.02)    B -> ∅ (0.3)
 * E_i + B <-> E_{i+1} (1, 2),  i = 0 … m − 1        E_m + A -> E_m + H (0.2)        H -> ∅ (0.002)
 * ```
 * A spike is a bolus of I in its channel; B is the membrane, which all channels raise by their weights H; E_m the learning
 * signal, on where m molecules of B have come together. Weights grow where spikes and signal meet, and fade: Hebb's rule.
 *
 * With N channels, 3N + m + 2 species and 6N + 2m + 1 reactions. The reversible form has every reaction run backwards, too,
 * and its catalysts bind: `A + H <-> AH <-> B + H`, `E_m + A <-> EA <-> E_m + H`; 5N + m + 2 species, 16N + 2m + 2
 * reactions. Its constants follow from free energies of 3, 2, 1, 1 times `drive` (in kT) of I, A, B, H above nothing, so that
 * every circle of reactions balances: without spikes it comes to equilibrium.
 * @throws RangeError or TypeError naming the option (also one that there is not)
 */
export function hebbian(options: HebbianOptions = {}): HebbianCircuit {
  const settings = hebbianSettings(options);
  const { channels, cooperativity, weights } = settings;
  const draft = new PhasedDraft();
  draft.params({ ...settings.constants });
  if (settings.reversible) reversible(draft, settings);
  else irreversible(draft, settings);
  draft.declare('E[0]', settings.signal);
  weights.forEach((weight, n) => {
    if (weight !== 0) draft.declare(`H[${n + 1}]`, weight);
  });
  const network = draft.finish();
  const form = settings.reversible ? ', reversible' : '';
  return {
    ...hebbianAbout,
    title: `Hebbian neuron of ${channels} channels, cooperativity ${cooperativity}${form}, after Fil et al., our reactions`,
    settings,
    network,
    counts: countsOf(network),
    inputs: upTo(channels).map((n) => `I[${n}]`),
    weights: upTo(channels).map((n) => `H[${n}]`),
    membrane: 'B',
    signal: `E[${cooperativity}]`,
    digital: [
      'spikes: trains are drawn outside; each spike is a dose of I in its channel',
      'read-out: the observer reads the weights',
    ],
  };
}

/** Fills in and checks. @throws RangeError or TypeError naming the option */
export function hebbianSettings(options: HebbianOptions = {}): HebbianSettings {
  refuseUnknown('option', options, Object.keys(NAMES));
  const { channels = 3, cooperativity = 3, signal = 1, spike = 1, reversible: both = false } = options;
  wholeFrom('channels', channels, 1);
  wholeFrom('cooperativity', cooperativity, 1);
  if (typeof both !== 'boolean') throw new TypeError(`reversible must be true or false, got ${both}`);
  refuse(!both && options.drive !== undefined, 'drive belongs to the reversible form');
  const { drive = 8 } = options;
  const constants = constantsFrom({ ...CONSTANTS }, options.constants) as unknown as HebbianConstants;
  positive({ signal, spike, drive, ...constants });
  const weights =
    options.weights === undefined
      ? new Array<number>(channels).fill(0)
      : matrix('weights', options.weights, channels);
  weights.forEach((weight, n) => {
    if (weight < 0) throw new RangeError(`weights[${n + 1}] must be ≥ 0, got ${weight}: weights are amounts`);
  });
  return { channels, cooperativity, constants, signal, weights, spike, reversible: both, drive };
}

/**
 * Free energy in kT that one spike brings into the reversible form, per unit of concentration: ∫(µ + ln c) dc over what it
 * adds to I, where µ is thrice the drive. In the long run all of it is dissipated.
 * @param before concentration of I when it comes
 */
export function spikeEnergy({ spike, drive }: HebbianSettings, before = 0): number {
  const whole = (c: number) => (c === 0 ? 0 : c * Math.log(c) - c);
  return 3 * drive * spike + whole(before + spike) - whole(before);
}
