import { exp, log } from '../../assembly/math';
import type { PulseGains } from './circuit-clock.js';
import type { Draft, PhaseSink } from './draft.js';
import { burnFuel, writeWeights } from './exact.js';
import { gatedTransfer } from './flows.js';
import { annihilate, clear, product, transfer } from './modules.js';

import { annihilateNodes, annihilateWeights, integrate, rectifiers, sensitivities } from './nodes.js';
import type { NeuralCrnSettings } from './options.js';
import { each, type Learned, type Parts } from './parts.js';
import { dual, type Signal } from './rails.js';
import { short } from './rate.js';

/**
 * Exact gradient behind output weights W, trained or fixed, with any number of outputs: ŷₖ = Σᵢ Wₖᵢ·zᵢ(T).
 * ```
 * phase 1   M[k,i]^s -> W[k,i]^{−s} (kw)                        W is written here, one example late
 * phase 2   W[k,i]^s + Z[i]^t -> E[k]^{s·t} + W + Z, Y[k]^s -> E[k]^{−s}, Z^t -> ∅ (kz)    E^s -> ∅ (kd)
 *           E[k]^s + Z[i]^t -> M[k,i]^{s·t} + E + Z (km)
 *           E[k]^s + W[k,i]^t -> B[i]^{s·t} + E + W (kb)        B^s -> ∅ (kbeta)
 *           B[i]^s + F[i] -> A[i]^s + B + F (ka)                A^s -> ∅ (kalpha)    F -> ∅ (kphi)
 *           A[i]^s + X[j]^t -> P[i,j]^{−s·t} + A + X (kg)       X^s -> ∅ (kx)
 * always    Z (kZ), P, W, E (kP): opposite rails annihilate
 * ```
 * Law, with σ = kx + kphi:
 * ```
 * Δθᵢⱼ = −Γ·(Σₖ eₖ·Wₖᵢ)·Fᵢ·xⱼ   Γ  = kg·ka·kb·kz/((kx + kalpha)(σ + kbeta)(σ + kz)(σ + kd)), set to the rate
 * ΔWₖᵢ = −Γw·eₖ·zᵢ(T)            Γw = km/(2·(kz + kd)), set to the rate of the read-out
 * ```
 * A weight is written only in the phase in which it is not read: θ in phase 2, W in phase 1. A fixed W has no M and
 * no annihilation.
 *
 * The gradient is that of `exactAdjoint` with Σₖ eₖ·Wₖᵢ in place of e, and ∂L/∂Wₖᵢ = eₖ·zᵢ(T), both of which Nagipogu & Reif
 * train; these two phases are ours.
 *
 * The prediction is made in phase 2: without a label E[k] = ŷₖ·ε(t), ε the same for every output and example. It is
 * read when ε is largest and divided by that number.
 *
 * Under a clock only what begins phase 2 and what ends it is switched, all of it first order:
 * ```
 * phase 2   Z[i]^t -> Zt[i]^t, Y[k]^s -> Yt[k]^s (kz)    F -> ∅ (kphi)    X^s -> ∅ (kx)
 * always    everything else of phase 2, with Zt and Yt in place of Z and Y
 * ```
 * and E is not annihilated. Signals are still numbers times shapes, now shapes of the clock's pulse, so the direction of
 * the step stays that of the gradient; Γ per rate constant is measured (`PulseGains`).
 * @param pulse what the clock's pulse makes of phase 2; none under a schedule
 */
export function exactReadout(
  draft: Draft,
  settings: NeuralCrnSettings,
  parts: Parts,
  pulse?: PulseGains,
): Learned {
  const { horizon, learnTime, rate, readoutRate, constants, hidden, outputs, dynamics } = settings;
  const { kz, kd, ka, kb, kalpha, kbeta, kx, kphi, kw, ku, kZ, kP } = constants;
  const trained = readoutRate !== null;
  const relu = dynamics === 'relu';
  const fuelled = settings.fuel !== false;
  draft.params({
    T: horizon,
    T2: learnTime,
    LR: rate,
    ...(trained && { LRW: readoutRate, kw }),
    ...(relu && { ku }),
    kz,
    kd,
    ka,
    kb,
    kalpha,
    kbeta,
    kx,
    kphi,
    ...stepConstants(trained, fuelled, pulse),
    ...(!relu && { kZ }),
    kP,
    ...(settings.kappa !== null && { kappa: settings.kappa }),
  });
  const read = pulse ? { after: 0, scale: pulse.scale } : peak(kz, kd);
  if (learnTime <= read.after) {
    throw new RangeError(
      `learnTime ${learnTime} is over before the prediction is read, ${short(read.after)} into phase learn`,
    );
  }
  const { edges } = parts;
  const W = grid(outputs, hidden, 'W');
  const M = trained ? grid(outputs, hidden, 'M') : null;
  const E = each(outputs, (k) => dual(`E[${k}]`));
  const A = each(hidden, (i) => dual(`A[${i}]`));
  const B = each(hidden, (i) => dual(`B[${i}]`));
  const fuel = burnFuel(draft, settings);

  if (M) eachPair(M, (m, at) => writeReadout(draft, m, pick(W, at), at, fuel));
  let F: Signal[];
  if (relu) F = rectifiers(draft, settings, parts, fuel, pulse !== undefined);
  else {
    integrate(draft, settings, parts);
    F = sensitivities(draft, settings, parts, fuel);
  }

  const { Y, Z, sink } = pulse ? transferred(draft, parts) : { ...parts, sink: draft.learn };
  eachPair(W, (w, [k, i]) => product(sink, { name: 'readout', index: [k, i] }, w, Z[i - 1], E[k - 1], 'kz'));
  Y.forEach((y, k) => {
    transfer(sink, { name: 'target', index: [k + 1] }, y, E[k], 'kz', -1);
  });
  Z.forEach((z, i) => {
    clear(sink, { name: 'clearZ', index: [i + 1] }, z, 'kz');
  });
  E.forEach((e, k) => {
    clear(sink, { name: 'fade', index: [k + 1] }, e, 'kd');
  });
  if (M) {
    eachPair(M, (m, [k, i]) => {
      product(sink, { name: 'gradientW', index: [k, i] }, E[k - 1], Z[i - 1], m, 'km');
    });
  }
  eachPair(W, (w, [k, i]) => product(sink, { name: 'back', index: [k, i] }, E[k - 1], w, B[i - 1], 'kb'));
  B.forEach((b, i) => {
    clear(sink, { name: 'backFade', index: [i + 1] }, b, 'kbeta');
  });
  B.forEach((b, i) => {
    product(sink, { name: 'adjoint', index: [i + 1] }, b, F[i], A[i], 'ka');
  });
  writeWeights(draft, parts, A, F, sink);

  annihilateNodes(draft, parts, 'kZ');
  annihilateWeights(draft, edges, 'kP');
  if (trained) eachPair(W, (w, at) => annihilate(draft.always, { name: 'annihilateW', index: at }, w, 'kP'));
  if (!pulse) {
    E.forEach((e, k) => {
      annihilate(draft.always, { name: 'annihilateE', index: [k + 1] }, e, 'kP');
    });
  }

  const values = settings.readoutWeights as number[];
  W.flat().forEach((w, k) => {
    draft.fill(w, values[k]);
  });
  return {
    gamma: rate,
    ...(trained && {
      gammaW: readoutRate,
      W: { signals: W.flat(), pending: (M as Signal[][]).flat(), fuel: fuel?.plus ?? null },
    }),
    readouts: E.map((e) => [e]),
    reading: { phase: 'learn', ...read, labelled: 'error' },
  };
}

/** kg and km of the rates asked for. */
function stepConstants(
  trained: boolean,
  fuelled: boolean,
  pulse?: PulseGains,
): Record<string, number | string> {
  // With fuel only a tenth of M is written (at full fuel), so ten times as much is made.
  const made = fuelled ? 'LRW * 10' : 'LRW';
  if (pulse) {
    return {
      gain: pulse.theta,
      kg: 'LR / gain',
      ...(trained && { gainW: pulse.W, km: `${made} / gainW` }),
    };
  }
  return {
    sigma: 'kx + kphi',
    kg: 'LR * (kx + kalpha) * (sigma + kbeta) * (sigma + kz) * (sigma + kd) / (ka * kb * kz)',
    ...(trained && { km: fuelled ? 'LRW * 20 * (kz + kd)' : 'LRW * 2 * (kz + kd)' }),
  };
}

/** Under a clock Z and Y begin phase 2 by becoming signals that are there in no other, so that what they do needs no gate. */
function transferred(draft: Draft, parts: Parts): { Y: Signal[]; Z: Signal[]; sink: PhaseSink } {
  const move = (name: string, from: readonly Signal[]) =>
    from.map((signal, i) => {
      const moved = renamed(signal);
      transfer(draft.learn, { name, index: [i + 1] }, signal, moved, 'kz');
      return moved;
    });
  return { Z: move('transferZ', parts.Z), Y: move('transferY', parts.Y), sink: draft.always };
}

/** `Z[1]+` as `Zt[1]+`. */
function renamed({ plus, minus }: Signal): Signal {
  const moved = (name: string) => name.replace(/^[A-Z]/, '$&t');
  return { plus: moved(plus), minus: minus === null ? null : moved(minus) };
}

/** `M^s -> W^{−s} (kw)`; with fuel `M^s + L -> W^{−s} + L (kw/10)` beside `M^s -> ∅ (9/10·kw)`. */
function writeReadout(
  draft: Draft,
  m: Signal,
  w: Signal,
  index: [number, number],
  fuel: Signal | null,
): void {
  if (!fuel) {
    transfer(draft.feed, { name: 'writeW', index }, m, w, 'kw', -1);
    return;
  }
  gatedTransfer(draft.feed, { name: 'writeW', index }, m, w, fuel, '0.1 * kw', -1);
  clear(draft.feed, { name: 'discardW', index }, m, '0.9 * kw');
}

/**
 * When E is largest without a label, and 1/ε there: E = ŷ·ε with ε = kz·(e^{−kd·t} − e^{−kz·t})/(kz − kd), because W·Z
 * makes E at kz·ŷ·e^{−kz·t}. In the limit kz = kd, ε = kz·t·e^{−kz·t}.
 */
function peak(kz: number, kd: number): { after: number; scale: number } {
  if (Math.abs(kz - kd) < 1e-9 * kz) return { after: 1 / kz, scale: Math.E };
  const after = log(kz / kd) / (kz - kd);
  return { after, scale: (kz - kd) / (kz * (exp(-kd * after) - exp(-kz * after))) };
}

function grid(rows: number, columns: number, name: string): Signal[][] {
  return Array.from({ length: rows }, (_, k) => each(columns, (i) => dual(`${name}[${k + 1},${i}]`)));
}

function eachPair(signals: Signal[][], visit: (signal: Signal, at: [number, number]) => void): void {
  signals.forEach((row, k) => {
    row.forEach((signal, i) => {
      visit(signal, [k + 1, i + 1]);
    });
  });
}

function pick(signals: Signal[][], [k, i]: [number, number]): Signal {
  return signals[k - 1][i - 1];
}
