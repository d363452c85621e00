import { update } from '../modules.js';
import type { NeuralCrnSettings } from '../options.js';
import type { Signal } from '../rails.js';
import type { ReactionSink } from '../reactions.js';
import type { StagedParts } from './parts.js';

/** Trained weights of one kind with the gradients that write them, and the learning rate under its parameter's name. */
export interface Trained {
  group: 'theta' | 'B' | 'W';
  letter: 'P' | 'B' | 'W';
  weights: Signal[];
  gradients: Signal[];
  index: number[][];
  rate: number;
  rateName: 'LR' | 'LRW';
}

export function trainedOf({ rate, readoutRate }: NeuralCrnSettings, parts: StagedParts): Trained[] {
  const { edges, G, B, V, W, M, atPair } = parts;
  const trained: Trained[] = [
    {
      group: 'theta',
      letter: 'P',
      weights: edges.map(({ weight }) => weight),
      gradients: G,
      index: edges.map(({ index }) => index),
      rate,
      rateName: 'LR',
    },
  ];
  if (B.length > 0) {
    const index = B.map((_, i) => [i + 1]);
    trained.push({ group: 'B', letter: 'B', weights: B, gradients: V, index, rate, rateName: 'LR' });
  }
  if (M && readoutRate !== null) {
    trained.push({
      group: 'W',
      letter: 'W',
      weights: W.flat(),
      gradients: M.flat(),
      index: W.flatMap((row, k) => row.map((_, i) => atPair(k, i))),
      rate: readoutRate,
      rateName: 'LRW',
    });
  }
  return trained;
}

/**
 * Stage 6: `G^s -> P^{−s} (k1)`, `G^s -> ∅ (k2)` with k1 = rate and k2 = 1 − rate, so that Δθ = −rate·g·(1 − e^{−t}). For
 * biases V -> B, for output weights M -> W.
 */
export function writeWeights(sink: ReactionSink, trained: readonly Trained[]): void {
  for (const { letter, weights, gradients, index, rateName } of trained) {
    const [k1, k2] = rateName === 'LR' ? ['k1', 'k2'] : ['k1W', 'k2W'];
    weights.forEach((weight, e) => {
      const label = (name: string) => ({ name: `${name}${letter}`, index: index[e] });
      update(sink, label('update'), label('discard'), gradients[e], weight, k1, k2);
    });
  }
}
