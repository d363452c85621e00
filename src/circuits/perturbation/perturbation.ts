import { PhasedDraft } from '../draft.js';
import { copiesText, type LayeredCircuit, layeredCircuit } from '../layered/circuit.js';
import { loadSamples, passCursor } from '../layered/load.js';
import { edges, upTo } from '../layered/parts.js';
import { weightedSums } from '../layered/passes.js';
import { perturbationAbout } from './about.js';
import { arrive, cancelRails, comparisons, leave, losses, perturbed } from './looks.js';
import type { PerturbationOptions, PerturbationSettings } from './options.js';
import { FIXED, perturbationParts } from './parts.js';
import { perturbationSettings } from './settings.js';
import { activate, resetTanhs, tanhs } from './tanh.js';

/** A network that learns by perturbing its weights: see {@link perturbation}. */
export type PerturbationCircuit = LayeredCircuit<PerturbationSettings>;

/**
 * A fully connected network of tanh neurons that learns by weight perturbation, by reactions of at most two molecules: after
 * Arredondo & Lakin, "Supervised learning in a multilayer, nonlinear chemical neural network" (IEEE TNNLS 34(10), 7734–7745,
 * 2023). A reconstruction: of the paper the abstract was at hand, which names tanh and the finite difference, and the reactions
 * are ours.
 *
 * No error runs backwards: the loss is measured once as it is, and once for every weight moved by δ; then every weight is
 * changed by −η·(L₁ − L₀)/δ, all at once. A pass has 2L + 4 phases (arrive, a sum and an activation for each layer, loss, compare,
 * leave), a step M + 1 passes, so it costs as many times more as there are weights.
 *
 * With H neurons, M weights (biases too), nᵢ inputs, nₒ outputs, B copies, S = B stored examples:
 *  - species B(7H + 2nᵢ + 4nₒ) + 6M + 8 (one of them stands for the batch);
 *  - reactions B(16H + 6(M − H) + 2nᵢ + 12nₒ) + 12M + S(nᵢ + nₒ) + 10.
 *
 * Constants of value 0 have no reaction.
 * @throws RangeError or TypeError naming the option (also one that there is not), or why options do not go together
 */
export function perturbation(options: PerturbationOptions): PerturbationCircuit {
  const settings = perturbationSettings(options);
  const { sizes, batch, rate, phaseLength, annihilation, perturbation: delta } = settings;
  const parts = perturbationParts(settings);
  const draft = new PhasedDraft();
  draft.params({ k: 1, kann: annihilation, eta: rate, delta, T: phaseLength });

  const first = draft.phase('arrive', 'T');
  loadSamples(draft, first, settings, parts);
  resetTanhs(first, parts);
  arrive(draft, first, parts);
  const forward = upTo(sizes.length - 1).flatMap((layer) => {
    const sum = draft.phase(`sum${layer}`, 'T');
    weightedSums(sum, parts, layer);
    perturbed(sum, parts, layer);
    activate(draft.phase(`act${layer}`, 'T'), parts, layer);
    return [`sum${layer}`, `act${layer}`];
  });
  losses(draft.phase('loss', 'T'), parts);
  comparisons(draft.phase('compare', 'T'), parts);
  const last = draft.phase('leave', 'T');
  leave(last, parts);
  passCursor(draft, first, last, settings);

  tanhs(draft, parts);
  cancelRails(draft, parts);
  draft.declare(FIXED.plus, 1);
  return layeredCircuit(draft, parts, {
    ...perturbationAbout,
    title: `Weight perturbation ${sizes.join('-')}, ${copiesText(batch)}, after Arredondo & Lakin, our reactions`,
    settings,
    forward,
    threshold: 0,
    rounds: edges(parts).length + 1,
  });
}
