import type { Draft } from './draft.js';
import { type Branch, catalyticDecay, contradict, fanOut } from './flows.js';
import { balancedSigns } from './given.js';
import { annihilate, clear, copy, product, transfer } from './modules.js';
import { annihilateNodes, annihilateWeights } from './nodes.js';
import type { NeuralCrnSettings } from './options.js';
import { each, type Learned, type Parts } from './parts.js';
import { dual, type Signal, single, turned } from './rails.js';

/**
 * A classifier that learns only where it errs: labels ±1, loss ½·max(0, 1 − y·ŷ)² of every output, all bimolecular.
 * ```
 * always    P[i,j]^s + X[j]^t -> Z[i]^{s·t} + P + X (1)    Z^s -> ∅ (lambda)    Z+ + Z− -> ∅ (kZ)
 *           D+ + D− -> ∅ (kD)    L^s -> ∅ (kL)    P+ + P− -> ∅ (kP)
 *           D[k]^{−s} + L[k]^s -> L[k]^s + Σᵢ A[i]^{−s·Wᵢₖ} (kq)
 *           A^s -> ∅ (kd)    A[i]^s + Z[i]− -> Z[i]− (rho·kd)
 *           A[i]^s + X[j]^t -> P[i,j]^{−s·t} + A + X (kg)
 * phase 1   Z[i]+ -> Z[i]+ + Σₖ D[k]^{Wᵢₖ}, Y^s -> Y^s + D^{−s}, D^s -> ∅ (kr)
 * phase 2   Y^s -> L^s (kf)    X^s -> ∅ (kx)
 * ```
 * The flow dz/dt = Θx − λz reaches z = Θx/λ; fast annihilation leaves [Z+] = max(0, z), and only that is read out, with
 * fixed balanced signs W: a layer of rectifiers. D becomes ŷ − y, and in phase 2 the label L lets only the rail pass
 * that contradicts it. The other rail of Z removes the adjoint of an inactive node down to 1/(1 + ρ|z|).
 *
 * Law for fast annihilation: Δθᵢⱼ = η·xⱼ·Σₖ yₖ·max(0, 1 − yₖŷₖ)·Wᵢₖ/(1 + ρ·max(0, −zᵢ)), η the rate,
 * kg = η(kd + kx)(kq + kx)/kq. All gated reactions have one reactant, and both phases relax: nothing must be timed.
 *
 * L decays always: what is left of a label when the next example comes would release its harmless rail.
 *
 * With one linear node both rails of Z are read and no rail gates the adjoint.
 *
 * Ours, on the feed-forward product of Nagipogu & Reif: rails as rectifiers, the label as the gate of its own error.
 */
export function hingeLearning(draft: Draft, settings: NeuralCrnSettings, parts: Parts): Learned {
  const { horizon, learnTime, rate, constants, hidden, outputs, dynamics } = settings;
  const { lambda, kr, kf, kq, kd, rho, kx, kL, kZ, kD, kP } = constants;
  const rectified = dynamics === 'rectified';
  draft.params({
    T: horizon,
    T2: learnTime,
    LR: rate,
    lambda,
    kr,
    kf,
    kq,
    kd,
    ...(rectified && { rho }),
    kx,
    kL,
    kg: 'LR * (kd + kx) * (kq + kx) / kq',
    kZ,
    kD,
    kP,
  });
  const { X, Y, Z, edges } = parts;
  const many = outputs > 1;
  const named = (letter: string) => (many ? each(outputs, (k) => dual(`${letter}[${k}]`)) : [dual(letter)]);
  const at = (k: number) => (many ? [k + 1] : []);
  const D = named('D');
  const L = named('L');
  const A = each(hidden, (i) => dual(`A[${i}]`));
  const W = balancedSigns(outputs, hidden) as (1 | -1)[][];

  for (const { node, input, index, weight } of edges) {
    product(draft.always, { name: 'forward', index }, weight, X[input], Z[node], 1);
  }
  Z.forEach((z, i) => {
    clear(draft.always, { name: 'leak', index: [i + 1] }, z, 'lambda');
    const branches = D.map((signal, k): Branch => ({ signal, sign: W[k][i] }));
    const read: Signal = rectified ? single(z.plus) : z;
    fanOut(draft.feed, { name: 'readout', index: [i + 1] }, read, branches, 'kr', { keep: true });
  });
  D.forEach((d, k) => {
    // The label's copy enters D with the opposite sign.
    copy(draft.feed, { name: 'target', index: at(k) }, Y[k], turned(d), 'kr');
    clear(draft.feed, { name: 'readoutFade', index: at(k) }, d, 'kr');
    transfer(draft.learn, { name: 'label', index: at(k) }, Y[k], L[k], 'kf');
    clear(draft.always, { name: 'labelFade', index: at(k) }, L[k], 'kL');
    const branches = A.map((signal, i): Branch => ({ signal, sign: W[k][i] }));
    contradict(draft.always, { name: 'error', index: at(k) }, d, L[k], branches, 'kq');
  });
  A.forEach((a, i) => {
    clear(draft.always, { name: 'adjointFade', index: [i + 1] }, a, 'kd');
    if (!rectified) return;
    const off = single(Z[i].minus as string);
    catalyticDecay(draft.always, { name: 'adjointGate', index: [i + 1] }, a, off, 1, 'rho * kd');
  });
  for (const { node, input, index, weight } of edges) {
    product(draft.always, { name: 'write', index }, A[node], X[input], weight, 'kg', -1);
  }
  X.forEach((x, j) => {
    clear(draft.learn, { name: 'clearX', index: [j + 1] }, x, 'kx');
  });

  annihilateNodes(draft, parts, 'kZ');
  D.forEach((d, k) => {
    annihilate(draft.always, { name: 'annihilateD', index: at(k) }, d, 'kD');
  });
  annihilateWeights(draft, edges, 'kP');
  return {
    gamma: rate,
    readouts: D.map((d) => [d]),
    reading: { phase: 'feed', after: 0, scale: 1, labelled: 'error' },
  };
}
