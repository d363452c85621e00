import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { L_CODE } from '../../assembly/lanes/layout';
import * as L from '../../assembly/layout';
import { compileProblem } from '../../src/compile/compile.js';
import { createEngine } from '../../src/engine/engine.js';
import type { Engine, LaneKernel } from '../../src/engine/types.js';
import type { Network } from '../../src/network/model.js';
import { resolveSettings } from '../../src/simulate/settings.js';
import { Vessel } from '../../src/simulate/vessel.js';
import { placeOfPairs } from '../tools/kernel-at.js';
import { kernelProblems } from '../tools/kernel-problems.js';
import { networkOf } from '../tools/network.js';
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

const shown = (value: number) => (Object.is(value, -0) ? '-0' : String(value));

/** One attempt of two runs of a network, side by side and each by itself: the first few places where they differ. */
async function differences(
  engine: Engine,
  network: Network,
  starts: readonly ArrayLike<number>[],
  kernels: 'interpreted' | 'generated',
): Promise<string[]> {
  const all = network.reactions.map((_, r) => r);
  const problem = compileProblem(network, all);
  const names = network.species.map(({ name }) => name);
  const settings = resolveSettings(network, { method: 'rodas5p', kernels: 'interpreted' });
  const begun = (lane: number) => {
    const vessel = new Vessel(engine, names, { problems: [problem], complete: () => problem }, settings);
    vessel.state.set(Array.from(starts[lane]).slice(0, names.length));
    const to = [1, 0.3][lane];
    const saveAt = new Float64Array(0);
    vessel.begin({ phase: 0, from: 0, to, saveAt, sink: () => {}, stepsBefore: 0, events: [] });
    return vessel;
  };
  const runs = [begun(0), begun(1)];
  const header = new Int32Array(problem.record, 0, L.P_HEADER_WORDS);
  const pair = engine.kernel.allocate(2 * header[L.P_WORK_BYTES]);
  engine.bytes(pair, 2 * header[L.P_WORK_BYTES]).fill(0);
  engine.code!.clear();
  const code = kernels === 'generated' ? await placeOfPairs(problem, engine) : 0;
  engine.words(pair, L_CODE + 1)[L_CODE] = code;
  const lanes = engine.lanes as LaneKernel;
  runs.forEach((vessel, lane) => {
    lanes.joinLane(pair, lane, vessel.berth.work);
  });
  lanes.advanceLanes(pair, 1);
  const list: string[] = [];
  for (const lane of [0, 1]) {
    const alone = begun(lane);
    alone.advance(1);
    // What a failed factorisation leaves means nothing.
    if (engine.words(alone.berth.work, L.R_BYTES / 4)[L.R_CAUSE] === L.CAUSE_SINGULAR) continue;
    for (const [name, word, length] of regions(problem.dynamic.length, problem.fill)) {
      const both = engine.doubles(pair + 2 * header[word], 2 * length);
      engine.doubles(alone.berth.work + header[word], length).forEach((value, i) => {
        const found = both[2 * i + lane];
        if (!Object.is(found, value) && list.length < 5) {
          list.push(`${name}[${i}] of run ${lane}: ${shown(found)}, not ${shown(value)}`);
        }
      });
    }
  }
  return list;
}

describe.each(['interpreted', 'generated'] as const)(
  'one attempt of two runs by %s kernels leaves in each lane what one run leaves, to the bit',
  (kernels) => {
    it('on random networks, signs of zeros included', async () => {
      const engine = await createEngine('wasm');
      const bottom = engine.kernel.mark();
      // Zeros in one run alone leave rows out of one factorisation that are in the other.
      const level = fc.constantFrom(0, 0, 0.5, 2);
      const levels = fc.array(level, { minLength: 8, maxLength: 8 });
      await fc.assert(
        fc.asyncProperty(randomNetwork(), levels, levels, async ({ network }, first, second) => {
          engine.kernel.release(bottom);
          expect(await differences(engine, network, [first, second], kernels)).toEqual([]);
        }),
        { numRuns: 400 },
      );
    });

    it.each(kernelProblems)('on $name', async ({ text }) => {
      const network = networkOf(text);
      const starts = [1, 2].map((k) => network.species.map((_, s) => Math.abs(Math.sin(s + k))));
      expect(await differences(await createEngine('wasm'), network, starts, kernels)).toEqual([]);
    });
  },
);
