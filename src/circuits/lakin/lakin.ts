import { PhasedDraft } from '../draft.js';
import { copiesText, type LayeredCircuit, layeredCircuit } from '../layered/circuit.js';
import { loadSamples, passCursor } from '../layered/load.js';
import { edges, layeredParts, upTo } from '../layered/parts.js';
import { changes, errors, weightedSums } from '../layered/passes.js';
import { annihilate, transfer } from '../modules.js';
import { dual } from '../rails.js';
import { lakinAbout } from './about.js';
import type { LakinOptions, LakinSettings } from './options.js';
import { cancelRails, type LakinParts, rectify, signOf, slopedErrors } from './rectifier.js';
import { lakinSettings } from './settings.js';

/** A leaky-ReLU network: see {@link lakin}. */
export type LakinCircuit = LayeredCircuit<LakinSettings>;

/**
 * A fully connected network of leaky rectifiers that predicts and learns by backpropagation, by reactions of at most two
 * molecules: after Lakin, "Design and simulation of a multilayer chemical neural network that learns via backpropagation"
 * (Artificial Life 29(3), 2023). A reconstruction: of the paper the abstract and opening were at hand, and the reactions
 * are ours.
 *
 * A step is 2L + 3 phases: load, a sum and a rectification for each layer, grad, update. A neuron remembers the sign of its
 * sum in H, which gives the slope, 1 or α; a sum that passes near zero turns it slowly, and there the chemistry differs
 * most from its ideal.
 *
 * With H neurons, M weights (biases too), P weights in layers 2 … L, nᵢ inputs, nₒ outputs, B copies, S = qB stored
 * examples:
 *  - species B(10H + 2nᵢ + 2nₒ) + 4M, and 1 for the only batch or 2q for a cursor;
 *  - reactions B(23H + 8(M − H) + 4P + 2nᵢ + 6nₒ) + 6M + S(nᵢ + nₒ), and 2q for a cursor.
 *
 * Constants of value 0 have no reaction.
 * @throws RangeError or TypeError naming the option (also one that there is not), or why options do not go together
 */
export function lakin(options: LakinOptions): LakinCircuit {
  const settings = lakinSettings(options);
  const { sizes, batch, rate, phaseLength, annihilation, slope } = settings;
  const parts: LakinParts = { ...layeredParts(settings, { A: dual, D: dual }), H: signOf };
  const draft = new PhasedDraft();
  draft.params({ k: 1, kann: annihilation, eta: rate, alpha: slope, T: phaseLength });

  const load = draft.phase('load', 'T');
  loadSamples(draft, load, settings, parts);
  const forward = upTo(sizes.length - 1).flatMap((layer) => {
    weightedSums(draft.phase(`sum${layer}`, 'T'), parts, layer);
    rectify(draft.phase(`settle${layer}`, 'T'), parts, layer);
    return [`sum${layer}`, `settle${layer}`];
  });
  const grad = draft.phase('grad', 'T');
  errors(grad, parts);
  slopedErrors(grad, parts);
  changes(grad, parts);
  const update = draft.phase('update', 'T');
  for (const edge of edges(parts)) {
    const index = [edge.layer, edge.neuron, edge.input];
    transfer(update, { name: 'learn', index }, parts.U(edge), parts.W(edge), 'k');
    annihilate(draft.always, { name: 'cancelW', index }, parts.W(edge), 'kann');
    annihilate(draft.always, { name: 'cancelU', index }, parts.U(edge), 'kann');
  }
  passCursor(draft, grad, update, settings);
  cancelRails(draft, parts);
  return layeredCircuit(draft, parts, {
    ...lakinAbout,
    title: `Leaky ReLU ${sizes.join('-')}, ${copiesText(batch)}, after Lakin, our reactions`,
    settings,
    forward,
  });
}
