import { describe, expect, it } from 'vitest';
import * as L from '../../assembly/layout.js';
import { borrowEngine, returnEngine } from '../../src/engine/pool.js';
import { createRandom } from '../../src/learning/index.js';

const SLOTS = 40;
const engines = ['wasm', 'js'] as const;

/** Random gains, several of one species, and a state. */
function programOf(gains: number) {
  const random = createRandom(gains, 'unfold');
  const held = () => 20 + random.integer(SLOTS - 20);
  return {
    factors: Array.from({ length: gains }, () => random.normal()),
    gains: Array.from({ length: gains }, () => [random.integer(6), held(), held(), held()]),
    state: Array.from({ length: SLOTS }, () => random.normal()),
  };
}

describe.each(engines)(
  'what species gain that were folded out of a phase, found by the kernel (%s)',
  (kind) => {
    it.each([0, 2, 6, 64])('%i gains', async (gains) => {
      const program = programOf(gains);
      const expected = program.state.slice();
      program.gains.forEach(([to, a, b, integral], g) => {
        expected[to] += program.factors[g] * expected[a] * expected[b] * expected[integral];
      });
      const engine = await borrowEngine(kind);
      const { kernel } = engine;
      const bottom = kernel.mark();
      const full = kernel.allocate(8 * SLOTS);
      const at = kernel.allocate(L.U_BYTES + 24 * gains);
      engine.doubles(full, SLOTS).set(program.state);
      engine.words(at, 1)[0] = gains;
      engine.doubles(at + L.U_BYTES, gains).set(program.factors);
      engine.words(at + L.U_BYTES + 8 * gains, 4 * gains).set(program.gains.flat());
      kernel.unfold(at, full);
      // To the last bit: lanes multiply in the same order, and add one after the other.
      expect(Array.from(engine.doubles(full, SLOTS))).toEqual(expected);
      kernel.release(bottom);
      returnEngine(engine);
    });
  },
);
