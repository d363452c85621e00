import { type Circuit, countsOf } from './circuit.js';
import type { PulseGains } from './circuit-clock.js';
import { constantAdjoint } from './constant.js';
import { dosing } from './constant-input.js';
import { coupledSensitivities } from './coupled.js';
import { digitalActs } from './digital.js';
import { Draft, FEED, LEARN } from './draft.js';
import { exactAdjoint } from './exact.js';
import { type Form, formOf } from './forms.js';
import { frozenAdjoint } from './frozen.js';
import { hingeLearning } from './hinge.js';
import { leakyAdjoint } from './leaky.js';
import type { NeuralCrnOptions, NeuralCrnSettings } from './options.js';
import { type Learned, type Parts, partsOf } from './parts.js';
import { exactReadout } from './readout.js';
import { recurrentSensitivities } from './recurrent.js';
import { neuralSettings } from './settings.js';
import { stagedCrn } from './staged/staged.js';

/** The learning chemistry of each kind of circuit; each also drafts the phase 1 that it needs. */
const chemistry: Readonly<
  Record<Form, (draft: Draft, settings: NeuralCrnSettings, parts: Parts, pulse?: PulseGains) => Learned>
> = {
  constant: constantAdjoint,
  leaky: leakyAdjoint,
  frozen: frozenAdjoint,
  exact: exactAdjoint,
  readout: exactReadout,
  coupled: coupledSensitivities,
  recurrent: recurrentSensitivities,
  hinge: hingeLearning,
};

/**
 * A Neural CRN that predicts and learns in two phases: chemistry that computes a neural ODE and descends its loss.
 *
 *  - phase `feed`: nodes zᵢ flow under the drives uᵢ = Σⱼ θᵢⱼxⱼ for the time T; outputs are ŷₖ = Σᵢ Wₖᵢzᵢ(T);
 *  - phase `learn`: outputs and labels become errors, and the weights move against the gradient of the loss.
 *
 * Phase `learn` only relaxes, so its length is uncritical; all that happens from outside is named in `digital`. What
 * is possible, with n inputs, m nodes and c outputs (reactions / species, drift and fuel apart):
 *
 * | options | law of the step | size |
 * |---|---|---|
 * | linear, diagonal (the default; see `linearCrn`) | exact gradient | 18n+5 / 8n+4 |
 * | quadratic or cubic, diagonal, `adjoint: 'constant'` | −LR·T·e·xᵢ | 20n+5 / 8n+4 |
 * | the same, `wiring: 'full'`, m = n | −LR·T·e·xⱼ, every row | 13n²+7n+5 / 4n²+4n+4 |
 * | quadratic or cubic, `adjoint: 'leaky'`, m = n | −LR·e·xⱼ·T/(1+T·Jᵢ) | 13n²+16n+9 / 4n²+6n+6 |
 * | the same, `adjoint: 'frozen'`, K stages | −LR·e·xⱼ·(1−(1+T·Jᵢ/K)^−K)/Jᵢ | 13n²+(12+8K)n+9 / 4n²+(6+2K)n+6 |
 * | quadratic or cubic, `adjoint: 'exact'` | −LR·e·Fᵢ·xⱼ, the gradient | 9mn+13m+2n+5 / 2mn+5m+2n+4 |
 * | the same, diagonal | the gradient | 24n+5 / 9n+4 |
 * | the same, `readout: 'trained'` | the gradient, also of W | 5mn+15cm+15m+4c+n / 2mn+4cm+7m+3c+n |
 * | `dynamics: 'relu'` | the gradient, also of W | 5mn+11cm+17m+4c+n+2 / 2mn+4cm+8m+3c+n+1 |
 * | linear, quadratic or cubic with `coupling` | the gradient | 9mn+2n+4m³+14m²+8m+4 / 2mn+2n+4m²+4m+4 |
 * | linear, `wiring: 'recurrent'` | exact gradient | 4n⁴+7n³+7n²+3n+5 / 2n³+2n²+2n+4 |
 * | `dynamics: 'rectified'` | gradient of the squared hinge | 9mn+4m+11c+2n−1 / 2mn+4m+6c+2n−1 |
 * | linear, `error: 'hinge'` (one node) | gradient of the squared hinge | 11n+13 / 4n+9 |
 *
 * `pipeline: 'staged'` is another kind of circuit, with a backward pass and digital acts between its stages: see
 * `stagedCrn`.
 *
 * The cubic law needs termolecular reactions; all others are at most bimolecular.
 *
 * Sources: models and forward chemistry are those of Nagipogu & Reif, "Neural CRNs: A Natural Implementation of
 * Learning in Chemical Reaction Networks" (arXiv 2409.00034, 2024) and its public simulation code. The learning
 * phases are reconstructions and extensions that keep to two phases; each states its law where it is built.
 *
 * @throws RangeError naming the option that there is not, or whose value cannot be used, or why options do not go together
 */
export function neuralCrn(options: NeuralCrnOptions): Circuit {
  const settings = neuralSettings(options);
  return settings.pipeline === 'staged' ? stagedCrn(settings) : twoPhaseCrn(settings);
}

/**
 * A circuit of two phases.
 * @param pulse what the pulse of the clock that is to drive it makes of phase 2, where it has output weights: see `exactReadout`
 */
export function twoPhaseCrn(settings: NeuralCrnSettings, pulse?: PulseGains): Circuit {
  const form = formOf(settings);
  const parts = partsOf(settings);
  const draft = new Draft();
  const learned = chemistry[form](draft, settings, parts, pulse);
  parts.edges.forEach(({ weight }, e) => {
    draft.fill(weight, settings.theta[e]);
  });
  if (parts.H && settings.drift !== false) draft.fill(parts.H, settings.drift);
  const network = draft.finish();

  const { hidden, inputs, wiring, outputs } = settings;
  const weights = parts.edges.map(({ weight }) => weight);
  const rows = wiring === 'diagonal' ? 1 : hidden;
  const circuit: Omit<Circuit, 'digital'> = {
    family:
      settings.dynamics === 'linear' && form === 'constant' && wiring === 'diagonal' ? 'linear' : 'neural',
    options: settings,
    network,
    rails: settings.rails,
    ...dosing(settings, parts),
    target: parts.Y[0],
    targets: parts.Y,
    readout: learned.readouts[0],
    readouts: learned.readouts,
    reading: learned.reading,
    weights,
    groups: {
      theta: { rows, columns: inputs, signals: weights, pending: [], fuel: null },
      ...(learned.W && { W: { rows: outputs, columns: hidden, ...learned.W } }),
    },
    phases: { feed: FEED, learn: LEARN },
    counts: countsOf(network),
    gamma: learned.gamma,
    ...(learned.gammaW !== undefined && { gammaW: learned.gammaW }),
  };
  return { ...circuit, digital: digitalActs(circuit) };
}
