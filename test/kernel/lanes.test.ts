import fc from 'fast-check';
import { expect, it } from 'vitest';
import { L_CODE } from '../../assembly/lanes/layout';
import * as L from '../../assembly/layout';
import { compileProblem } from '../../src/compile/compile.js';
import { createEngine } from '../../src/engine/engine.js';
import type { LaneKernel } from '../../src/engine/types.js';
import { resolveSettings } from '../../src/simulate/settings.js';
import { Vessel } from '../../src/simulate/vessel.js';
import { placeOfPairs } from '../tools/kernel-at.js';
import { randomNetwork } from '../tools/random-network.js';

/** Numbers of a region of the workspace. */
const regions = (count: number, fill: number): [name: string, word: number, length: number][] => [
  ['derivative', L.P_W_DERIVATIVE, count],
  ['Jacobian', L.P_W_JACOBIAN, fill],
  ['L + U', L.P_W_LU, fill],
  ['pivots', L.P_W_PIVOTS, count],
  ['increments', L.P_W_INCREMENTS, count * L.MAX_STAGES],
  ['stage', L.P_W_STAGE, count],
];

it.each(['interpreted', 'generated'])(
  'one attempt of two runs leaves in each lane what one run leaves, signs of zeros included: %s',
  async (kernels) => {
    const engine = await createEngine('wasm');
    const bottom = engine.kernel.mark();
    // Zeros in one run alone leave rows out of one factorisation that are in the other.
    const level = fc.constantFrom(0, 0, 0.5, 2);
    const levels = fc.array(level, { minLength: 8, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(randomNetwork(), levels, levels, async ({ network }, first, second) => {
        engine.kernel.release(bottom);
        const all = network.reactions.map((_, r) => r);
        const problem = compileProblem(network, all);
        const names = network.species.map(({ name }) => name);
        const settings = resolveSettings(network, { method: 'rodas5p', kernels: 'interpreted' });
        const begun = (start: readonly number[], to: number) => {
          const vessel = new Vessel(engine, names, [problem], settings);
          vessel.state.set(start.slice(0, names.length));
          const saveAt = new Float64Array(0);
          vessel.begin({ phase: 0, from: 0, to, saveAt, sink: () => {}, stepsBefore: 0, events: [] });
          return vessel;
        };
        const runs = [begun(first, 1), begun(second, 0.3)];
        const header = new Int32Array(problem.record, 0, L.P_HEADER_WORDS);
        const pair = engine.kernel.allocate(2 * header[L.P_WORK_BYTES]);
        engine.bytes(pair, 2 * header[L.P_WORK_BYTES]).fill(0);
        engine.code?.clear();
        const code = kernels === 'generated' ? await placeOfPairs(problem, engine) : 0;
        engine.words(pair, 2 * L.R_BYTES)[L_CODE] = code;
        const lanes = engine.lanes as LaneKernel;
        runs.forEach((vessel, lane) => {
          lanes.joinLane(pair, lane, vessel.berth.work);
        });
        lanes.advanceLanes(pair, 1);
        [begun(first, 1), begun(second, 0.3)].forEach((alone, lane) => {
          alone.advance(1);
          // What a failed factorisation leaves means nothing.
          if (engine.words(alone.berth.work, L.R_BYTES / 4)[L.R_CAUSE] === L.CAUSE_SINGULAR) return;
          for (const [name, word, length] of regions(problem.dynamic.length, problem.fill)) {
            const both = engine.doubles(pair + 2 * header[word], 2 * length);
            const own = [...engine.doubles(alone.berth.work + header[word], length)];
            expect(
              own.map((_, i) => both[2 * i + lane]),
              `${name} of run ${lane}`,
            ).toEqual(own);
          }
        });
      }),
      { numRuns: 400 },
    );
  },
);
