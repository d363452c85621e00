import { type Circuit, countsOf, type WeightGroup } from '../circuit.js';
import { dosing } from '../constant-input.js';
import { PhasedDraft } from '../draft.js';
import type { NeuralCrnSettings } from '../options.js';
import { railOf } from '../rails.js';
import { backwardFlow } from './backward.js';
import { stagedActs } from './digital.js';
import { makeError, readOut, startAdjoint } from './error.js';
import { forwardFlow } from './flow.js';
import type { StagedSettings } from './options.js';
import { type StagedParts, stagedParts } from './parts.js';
import { stagesOf } from './stages.js';
import { type Trained, trainedOf, writeWeights } from './trained.js';

/**
 * The authors' pipeline as one network with a phase per stage; what is done by hand between stages is in `stages`.
 * ```
 * forward    z flows from z(0) for the time T      forwardFlow
 * readout    o → Σ wᵢzᵢ(T)                         readOut
 * error      e = o − y                             makeError
 * adjoint    aᵢ → Σₖ eₖwₖᵢ                         startAdjoint
 * backward   a flows back, gradients accumulate    backwardFlow
 * update     Δθ = −LR·g                            writeWeights; none where weights are written by hand
 * ```
 * In a stage all other species stand still, so a stage reads what an earlier one has left: nothing is renamed.
 *
 * Law: Δθ = −LR·∂L/∂θ with the gradient of the chosen adjoint. In terms of η of the authors' chemical update,
 * LR = η/(1 + η).
 *
 * Source: Nagipogu & Reif, "Neural CRNs" (arXiv 2409.00034, 2024), its public simulation code, whose rates are divided
 * by factorials; here they are the plain constants of the same law.
 */
export function stagedCrn(settings: NeuralCrnSettings): Circuit {
  const parts = stagedParts(settings);
  const trained = trainedOf(settings, parts);
  const draft = new PhasedDraft();
  draft.params(paramsOf(settings, trained));
  forwardFlow(draft.phase('forward', 'T'), settings, parts);
  readOut(draft.phase('readout', 'Tread'), parts);
  makeError(draft.phase('error', 'Terror'), parts);
  startAdjoint(draft.phase('adjoint', 'Tadjoint'), parts);
  backwardFlow(draft.phase('backward', 'Tback'), settings, parts);
  if (settings.staged?.update === 'chemical') writeWeights(draft.phase('update', 'Tupdate'), trained);
  fillIn(draft, settings, parts);
  const network = draft.finish();

  const names = network.species.map(({ name }) => name);
  const stages = stagesOf(settings, parts, trained, names);
  const { wiring, dynamics, rails } = settings;
  const dosed = dosing(settings, parts);
  const readouts = parts.O.map((signal) => [signal]);
  return {
    family: dynamics === 'linear' && wiring === 'diagonal' ? 'linear' : 'neural',
    options: settings,
    network,
    rails,
    ...dosed,
    target: parts.Y[0],
    targets: parts.Y,
    readout: readouts[0],
    readouts,
    reading: { phase: 'readout', after: 0, scale: 1, labelled: 'output' },
    weights: parts.edges.map(({ weight }) => weight),
    groups: groupsOf(settings, trained),
    phases: { feed: stages[0].phase, learn: stages[stages.length - 1].phase },
    stages,
    counts: countsOf(network),
    gamma: settings.rate,
    ...(settings.readoutRate !== null && { gammaW: settings.readoutRate }),
    digital: stagedActs(settings, stages, dosed.extra),
  };
}

function groupsOf(
  { wiring, inputs, hidden, outputs }: NeuralCrnSettings,
  trained: readonly Trained[],
): Circuit['groups'] {
  const sizes = { theta: [wiring === 'diagonal' ? 1 : hidden, inputs], W: [outputs, hidden], B: [1, hidden] };
  const groups = trained.map(({ group, weights }): [string, WeightGroup] => {
    const [rows, columns] = sizes[group];
    return [group, { rows, columns, signals: weights, pending: [], fuel: null }];
  });
  return Object.fromEntries(groups) as unknown as Circuit['groups'];
}

function paramsOf(settings: NeuralCrnSettings, trained: readonly Trained[]): Record<string, number | string> {
  const { times, update } = settings.staged as StagedSettings;
  const { annihilation, kf } = settings.constants;
  const params: Record<string, number | string> = {
    T: settings.horizon,
    Tread: times.readout,
    Terror: times.error,
    Tadjoint: times.adjoint,
    Tback: times.backward,
    kf,
    kann: annihilation,
    ...(settings.kappa !== null && { kappa: settings.kappa }),
  };
  if (update === 'digital') return params;
  params.Tupdate = settings.learnTime;
  for (const { rate, rateName } of trained) {
    const tail = rateName === 'LR' ? '' : 'W';
    Object.assign(params, { [rateName]: rate, [`k1${tail}`]: rateName, [`k2${tail}`]: `1 - ${rateName}` });
  }
  return params;
}

function fillIn(draft: PhasedDraft, settings: NeuralCrnSettings, { edges, B, W, H }: StagedParts): void {
  const { theta, biases, drift, readoutWeights, rails, staged } = settings;
  edges.forEach(({ weight }, e) => {
    draft.fill(weight, theta[e]);
    // With positive rails nothing reads the debt, and by hand no reaction makes it.
    if (rails === 'positive' && staged?.update === 'digital') draft.declare(railOf(weight, -1));
  });
  B.forEach((b, i) => {
    draft.fill(b, (biases as number[])[i]);
  });
  W.flat().forEach((w, k) => {
    draft.fill(w, (readoutWeights as number[])[k]);
  });
  // A shared drift is filled once.
  const distinct = new Map((H ?? []).map((h) => [h.plus, h]));
  for (const h of distinct.values()) draft.fill(h, drift as number);
}
