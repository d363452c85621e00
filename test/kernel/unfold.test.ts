import { describe, expect, it } from 'vitest';
import * as L from '../../assembly/layout.js';
import { borrowEngine, returnEngine } from '../../src/engine/pool.js';
import { createRandom } from '../../src/learning/index.js';

const SLOTS = 40;
const engines = ['wasm', 'js'] as const;

/** A program of random gains, pairs and decays, none of which meet. */
function programOf(gains: number, pairs: number, members: number) {
  const random = createRandom(gains, 'unfold');
  const held = () => 20 + random.integer(SLOTS - 20);
  return {
    factors: Array.from({ length: gains }, () => random.normal()),
    // Several gains of one species.
    gains: Array.from({ length: gains }, () => [random.integer(6), held(), held(), held()]),
    pairs: Array.from({ length: pairs }, (_, k) => [6 + 2 * k, 7 + 2 * k]),
    members: Array.from({ length: members }, (_, k) => [14 + k, held()]),
    state: Array.from({ length: SLOTS }, () => random.normal()),
  };
}

describe.each(engines)('what was folded out of a phase, found by the kernel (%s)', (kind) => {
  it.each([
    [0, 0, 0],
    [1, 0, 0],
    [2, 3, 0],
    [7, 0, 5],
    [64, 4, 6],
    [65, 4, 6],
  ])('%i gains, %i differences, %i decays', async (gains, pairs, members) => {
    const program = programOf(gains, pairs, members);
    const expected = program.state.slice();
    program.gains.forEach(([to, a, b, integral], g) => {
      expected[to] += program.factors[g] * expected[a] * expected[b] * expected[integral];
    });
    for (const [one, other] of program.pairs) {
      const difference = expected[one] - expected[other];
      [expected[one], expected[other]] = difference > 0 ? [difference, 0] : [0, -difference];
    }
    for (const [species, shape] of program.members) expected[species] *= expected[shape];

    const engine = await borrowEngine(kind);
    const { kernel } = engine;
    const bottom = kernel.mark();
    const full = kernel.allocate(8 * SLOTS);
    const indices = [program.gains, program.pairs, program.members].flat(2);
    const at = kernel.allocate(L.U_BYTES + 8 * gains + 4 * indices.length);
    engine.doubles(full, SLOTS).set(program.state);
    engine.words(at, 3).set([gains, pairs, members]);
    engine.doubles(at + L.U_BYTES, gains).set(program.factors);
    engine.words(at + L.U_BYTES + 8 * gains, indices.length).set(indices);
    kernel.unfold(at, full);
    // To the last bit: lanes multiply in the same order, and add one after the other.
    expect(Array.from(engine.doubles(full, SLOTS))).toEqual(expected);
    kernel.release(bottom);
    returnEngine(engine);
  });
});
