import { describe, expect, it } from 'vitest';
import { type Circuit, type NeuralCrnOptions, neuralCrn, phaseCounts } from '../../src/circuits/index.js';

const staged = (options: Omit<NeuralCrnOptions, 'pipeline'>): Circuit =>
  neuralCrn({ pipeline: 'staged', rate: 0.05, ...options });

function stage(circuit: Circuit, phase: string): [number, number] {
  const { reactions, species } = phaseCounts(circuit.network, phase);
  return [reactions, species];
}

const ends = (circuit: Circuit) => [stage(circuit, 'forward'), stage(circuit, 'backward')];
/** Reactions of all stages; one that runs in two of them counts twice. */
const total = ({ network, stages = [] }: Circuit) =>
  stages.reduce((sum, { phase }) => sum + phaseCounts(network, phase).reactions, 0);

const published = { backward: 'published' } as const;

// Reactions and species of the stage networks in the authors' code, counted there for n = 2 … 5.
for (const n of [2, 3, 4, 5, 6]) {
  const nn = n * n;
  describe(`size of the stages with ${n} inputs`, () => {
    it('linear', () => {
      expect(ends(staged({ inputs: n, adjoint: 'exact' }))).toEqual([
        [6 * n, 8 * n],
        [10 * n, 12 * n],
      ]);
      expect(ends(staged({ inputs: n, rails: 'positive' }))).toEqual([
        [2 * n, 4 * n],
        [2 * n, 5 * n],
      ]);
      expect(ends(staged({ inputs: n, wiring: 'recurrent' }))).toEqual([
        [4 * nn, 2 * nn + 2 * n],
        [12 * nn, 4 * nn + 4 * n],
      ]);
    });

    it('quadratic', () => {
      const quadratic = { inputs: n, dynamics: 'quadratic', drift: 0.1 } as const;
      const own = { ...quadratic, wiring: 'diagonal' } as const;
      // Their diagonal code has n² gradients, of which n are used: 4n² − 4n reactions and 2n² − 2n species more.
      const [more, moreSpecies] = [4 * nn - 4 * n, 2 * nn - 2 * n];
      expect(ends(staged(own))).toEqual([
        [9 * n, 6 * n + 2],
        [4 * nn + 13 * n - more, 2 * nn + 8 * n + 2 - moreSpecies],
      ]);
      expect(stage(staged({ ...own, adjoint: 'constant' }), 'backward')).toEqual([
        4 * nn - more,
        2 * nn + 4 * n - moreSpecies,
      ]);
      const full = [
        [4 * nn + 5 * n, 2 * nn + 4 * n + 2],
        [8 * nn + 9 * n, 4 * nn + 6 * n + 2],
      ];
      expect(ends(staged(quadratic))).toEqual(full);
      expect(ends(staged({ ...quadratic, staged: published }))).toEqual(full);
      const frozen = { ...quadratic, drift: false, adjoint: 'frozen', kappa: 0.15 } as const;
      expect(ends(staged({ ...frozen, staged: published }))).toEqual([
        [4 * nn + 3 * n, 2 * nn + 4 * n],
        [8 * nn + 5 * n, 4 * nn + 6 * n],
      ]);
      // With Z held, the 4n² reversed drives fall away, and P with them.
      expect(stage(staged(frozen), 'backward')).toEqual([4 * nn + 5 * n, 2 * nn + 6 * n]);
    });

    it('cubic', () => {
      const cubic = { inputs: n, dynamics: 'cubic' } as const;
      const forward = [4 * nn + 3 * n, 2 * nn + 4 * n];
      // Theirs lists the 2n mixed terms twice.
      expect(ends(staged(cubic))).toEqual([forward, [8 * nn + 10 * n, 4 * nn + 6 * n]]);
      expect(ends(staged({ ...cubic, staged: published }))).toEqual([
        forward,
        [8 * nn + 12 * n, 4 * nn + 6 * n],
      ]);
      expect(ends(staged({ ...cubic, exactCubic: true }))).toEqual([
        [forward[0] + 2 * n, forward[1]],
        [8 * nn + 12 * n, 4 * nn + 6 * n],
      ]);
    });

    it('relu', () => {
      const relu = { inputs: n, dynamics: 'relu' } as const;
      const forward = [8 * nn + 9 * n, 2 * nn + 8 * n];
      // Their backward network shares one drift where the forward one has n: 2n − 2 species fewer than here.
      const species = 4 * nn + 10 * n + 2 + (2 * n - 2);
      expect(ends(staged({ ...relu, staged: published }))).toEqual([forward, [24 * nn + 17 * n, species]]);
      expect(ends(staged(relu))).toEqual([forward, [24 * nn + 21 * n, species]]);
    });

    it('read-out, error, start of the adjoint, update', () => {
      const circuit = staged({ inputs: n, dynamics: 'cubic' });
      expect(stage(circuit, 'readout')).toEqual([4 * n + 2, 4 * n + 2]);
      expect(stage(circuit, 'error')).toEqual([5, 6]);
      expect(stage(circuit, 'adjoint')).toEqual([6 * n, 4 * n + 2]);
      expect(stage(circuit, 'update')).toEqual([4 * nn, 4 * nn]);
      const relu = staged({ inputs: n, dynamics: 'relu', readout: 'trained' });
      expect(stage(relu, 'update')).toEqual([4 * (nn + 2 * n), 4 * (nn + 2 * n)]);
      // Gradients of the read-out are the same network with Z in place of W.
      expect(stage(relu, 'adjoint')[0]).toBe(12 * n);
    });
  });
}

describe('the networks of the authors with three inputs', () => {
  const three = { inputs: 3 } as const;
  const alpha = { ...three, dynamics: 'quadratic', adjoint: 'frozen', kappa: 0.15 } as const;

  it('have the numbers counted in their files', () => {
    const quadratic = { ...three, dynamics: 'quadratic', drift: 0.1 } as const;
    expect(stage(staged({ ...quadratic, wiring: 'diagonal' }), 'forward')).toEqual([27, 20]);
    expect(ends(staged(quadratic))).toEqual([
      [51, 32],
      [99, 56],
    ]);
    expect(ends(staged({ ...three, dynamics: 'cubic', staged: published }))).toEqual([
      [45, 30],
      [108, 54],
    ]);
    expect(stage(staged({ ...three, dynamics: 'cubic' }), 'backward')).toEqual([102, 54]);
    expect(ends(staged({ ...alpha, staged: published }))).toEqual([
      [45, 30],
      [87, 54],
    ]);
    expect(ends(staged({ ...three, dynamics: 'relu', staged: published })).map(([r]) => r)).toEqual([
      99, 267,
    ]);
    expect(stage(staged({ ...three, dynamics: 'relu' }), 'forward')).toEqual([99, 42]);
    expect(ends(staged({ inputs: 2, rails: 'positive' }))).toEqual([
      [4, 8],
      [4, 10],
    ]);
    const iris = staged({ inputs: 5, outputs: 3, dynamics: 'relu', readout: 'trained' });
    expect(stage(iris, 'forward')).toEqual([245, 90]);
  });

  it('have their totals, and their reaction orders', () => {
    const cubic = staged({ ...three, dynamics: 'cubic', staged: published });
    expect([total(cubic), cubic.counts.maxMolecularity]).toEqual([226, 3]);
    expect(total(staged({ ...alpha, staged: published }))).toBe(205);
    expect(total(staged({ ...three, dynamics: 'relu', staged: published }))).toBe(439 + 12);
    const own = { ...three, dynamics: 'quadratic', wiring: 'diagonal', drift: 0.1 } as const;
    // Less the 24 reactions of unused gradients.
    expect(total(staged(own))).toBe(151 - 24);
    expect(total(staged({ ...own, adjoint: 'constant' }))).toBe(112 - 24);
    expect(staged(own).counts.maxMolecularity).toBe(2);
    expect(staged({ ...three, wiring: 'recurrent' }).counts.maxMolecularity).toBe(2);
    expect(staged({ ...three, dynamics: 'relu' }).counts.maxMolecularity).toBe(3);
    // Iris: published −z term included.
    const iris = staged({ inputs: 5, outputs: 3, dynamics: 'relu', readout: 'trained', staged: published });
    expect(stage(iris, 'backward')[0]).toBe(24 * 25 + 17 * 5);
  });
});
