import { PhasedDraft } from '../draft.js';
import { copiesText, type LayeredCircuit, layeredCircuit } from '../layered/circuit.js';
import { loadSamples, passCursor } from '../layered/load.js';
import { edges, upTo } from '../layered/parts.js';
import { changes, errors, slopedErrors, weightedSums } from '../layered/passes.js';
import { annihilate } from '../modules.js';
import { bfcnnAbout } from './about.js';
import type { BfcnnOptions, BfcnnSettings } from './options.js';
import { bfcnnParts, FIXED } from './parts.js';
import { bfcnnSettings } from './settings.js';
import { activate, resetSigmoids, sigmoids } from './sigmoid.js';
import { comparison, decide, forgetExcess, GO, judge, latch, STOP, updateWeights } from './stop.js';

/** A BFCNN: see {@link bfcnn}. */
export type BfcnnCircuit = LayeredCircuit<BfcnnSettings>;

/**
 * A fully connected network of sigmoids that predicts, learns by backpropagation over minibatches, and stops by itself,
 * all by reactions of at most two molecules: after Fan, Zhang, Gao & Dochain, "Automatic implementation of neural networks
 * through reaction networks", parts I and II (arXiv 2311.18313, 2401.07077). A reconstruction: of the papers the abstracts
 * and first pages were at hand, the modules are named there, and the reactions are ours.
 *
 * A step is 2L + 5 phases: load, a sum and an activation for each layer, grad, judge, latch, update. The fixed point of every
 * module is the number that the ideal network has there, and each is approached exponentially, so what is wrong with a
 * step falls as e^−T with the length T of a phase. A phase gates single reactions, never a cascade; what is started by
 * them runs all the time.
 *
 * With H neurons, M weights (biases too), P weights in layers 2 … L, nᵢ inputs, nₒ outputs, B copies, S = qB stored
 * examples:
 *  - species B(12H + nᵢ + nₒ) + 4M + 7, and 1 for the only batch or 2q for a cursor; by majority 1 more;
 *  - reactions B(27H + 4(M − H) + 4P + nᵢ + 5nₒ) + 7M + S(nᵢ + nₒ) + 10, and 2q for a cursor; by majority 3 more.
 *
 * Dual-rail inputs add Bnᵢ species and as many decays, and double the reactions in which an input meets a weight or an
 * error. Constants of value 0 have no reaction.
 * @throws RangeError or TypeError naming the option (also one that there is not), or why options do not go together
 */
export function bfcnn(options: BfcnnOptions): BfcnnCircuit {
  const settings = bfcnnSettings(options);
  const { sizes, batch, rate, phaseLength, annihilation, tolerance } = settings;
  const parts = bfcnnParts(settings);
  const draft = new PhasedDraft();
  draft.params({ k: 1, kann: annihilation, eta: rate, tol: tolerance, T: phaseLength });

  const load = draft.phase('load', 'T');
  loadSamples(draft, load, settings, parts);
  resetSigmoids(load, parts);
  // By majority the decision is forgotten before it is used.
  if (settings.latch === 'soft') forgetExcess(load);
  const forward = upTo(sizes.length - 1).flatMap((layer) => {
    weightedSums(draft.phase(`sum${layer}`, 'T'), parts, layer);
    activate(draft.phase(`act${layer}`, 'T'), parts, layer);
    return [`sum${layer}`, `act${layer}`];
  });
  const grad = draft.phase('grad', 'T');
  errors(grad, parts);
  slopedErrors(grad, parts);
  changes(grad, parts);
  judge(draft.phase('judge', 'T'), parts);
  const compare = draft.phase('latch', 'T');
  latch(compare);
  if (settings.latch === 'majority') {
    const decision = draft.phase('decide', 'T');
    forgetExcess(decision);
    decide(decision);
  }
  const update = draft.phase('update', 'T');
  updateWeights(update, parts);
  passCursor(draft, compare, update, settings);

  sigmoids(draft, parts);
  comparison(draft);
  for (const edge of edges(parts)) {
    const index = [edge.layer, edge.neuron, edge.input];
    annihilate(draft.always, { name: 'cancelW', index }, parts.W(edge), 'kann');
  }
  draft.declare(FIXED.plus, 1);
  return layeredCircuit(draft, parts, {
    ...bfcnnAbout,
    title: `BFCNN ${sizes.join('-')}, ${copiesText(batch)}, after Fan et al., our reactions`,
    settings,
    forward,
    stop: { go: GO.plus, stop: STOP.plus },
  });
}
