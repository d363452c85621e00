import { annihilate, clear, product, transfer } from '../modules.js';
import type { ReactionSink } from '../reactions.js';
import type { StagedParts } from './parts.js';

/**
 * Stage 2: the outputs, by relaxation.
 * ```
 * Z[i]^s + W[i]^t -> O^{s·t} + Z + W    O^s -> ∅ (1)           o = Σᵢ wᵢ·zᵢ(T)·(1 − e^{−t})
 * ```
 */
export function readOut(sink: ReactionSink, { Z, W, O, atOutput, atPair }: StagedParts): void {
  W.forEach((row, k) => {
    row.forEach((w, i) => {
      product(sink, { name: 'readout', index: atPair(k, i) }, Z[i], w, O[k], 1);
    });
    clear(sink, { name: 'readoutFade', index: atOutput(k) }, O[k], 1);
  });
}

/**
 * Stage 3: the error.
 * ```
 * O^s -> E^s    Y^s -> E^{−s} (kf)    E+ + E− -> ∅ (kann)      e = (ŷ − y)·(1 − e^{−kf·t})
 * ```
 */
export function makeError(sink: ReactionSink, { O, Y, E, atOutput }: StagedParts): void {
  E.forEach((e, k) => {
    const index = atOutput(k);
    transfer(sink, { name: 'output', index }, O[k], e, 'kf');
    transfer(sink, { name: 'target', index }, Y[k], e, 'kf', -1);
    annihilate(sink, { name: 'annihilateE', index }, e, 'kann');
  });
}

/**
 * Stage 4: where the adjoint starts, by relaxation; and the gradients of a trained read-out by the same reactions with
 * Z in place of W.
 * ```
 * E[k]^s + W[k,i]^t -> A[i]^{s·t} + E + W      A^s -> ∅ (1)    aᵢ(T) = Σₖ eₖ·wₖᵢ
 * E[k]^s + Z[i]^t -> M[k,i]^{s·t} + E + Z      M^s -> ∅ (1)    mₖᵢ = eₖ·zᵢ(T)
 * ```
 */
export function startAdjoint(sink: ReactionSink, { Z, W, M, E, A, atPair }: StagedParts): void {
  W.forEach((row, k) => {
    row.forEach((w, i) => {
      product(sink, { name: 'adjoint', index: atPair(k, i) }, E[k], w, A[i], 1);
    });
  });
  A.forEach((a, i) => {
    clear(sink, { name: 'adjointFade', index: [i + 1] }, a, 1);
  });
  M?.forEach((row, k) => {
    row.forEach((m, i) => {
      product(sink, { name: 'gradientW', index: atPair(k, i) }, E[k], Z[i], m, 1);
      clear(sink, { name: 'gradientWFade', index: atPair(k, i) }, m, 1);
    });
  });
}
