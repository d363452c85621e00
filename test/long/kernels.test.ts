import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { createSimulator, simulate } from '../../src/index.js';
import { networkOf } from '../tools/network.js';

const SOLVES = 1_000_000;
const SOLVES_A_NETWORK = 500;
/** Networks after which memory is taken to have settled, and how much it may then still differ. */
const SETTLED = 400;
const DRIFT_BYTES = 16 * 2 ** 20;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes held once garbage is gone; instances of modules are freed by finalisers, which need a turn. */
async function held(): Promise<number> {
  for (let turn = 0; turn < 4; turn++) {
    collect();
    await setTimeout(20);
  }
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + external + arrayBuffers;
}

/** A network whose structure is one of many: a ring of conversions with one annihilation somewhere. */
function ring(n: number) {
  const size = 2 + (n % 7);
  const lines = Array.from(
    { length: size },
    (_, i) => `init A${i} = ${1 + i / 7} \n A${i} -> A${(i + 1) % size}`,
  );
  lines.push(`A0 + A${1 + (n % (size - 1))} ->{${1 + (n % 13)}} A${n % size}`);
  return networkOf(lines.join('\n'));
}

describe('a million solves of networks made and freed', () => {
  it('leave memory flat', async () => {
    let settled = 0;
    let rss = 0;
    for (let n = 0; n * SOLVES_A_NETWORK < SOLVES; n++) {
      const simulator = await createSimulator(ring(n), {
        to: 0.1,
        saveAt: [0.1],
        rtol: 1e-3,
        kernels: 'generated',
      });
      for (let run = 0; run < SOLVES_A_NETWORK; run++) simulator.run();
      expect(simulator.kernels.kind).toBe('generated');
      simulator.dispose();
      if (n + 1 === SETTLED) {
        settled = await held();
        rss = process.memoryUsage.rss();
      }
    }
    expect((await held()) - settled).toBeLessThan(DRIFT_BYTES);
    // What compiled code takes is seen by the system alone.
    expect(process.memoryUsage.rss() - rss).toBeLessThan(4 * DRIFT_BYTES);
  });

  it('so do simulations of one run each', async () => {
    let settled = 0;
    for (let n = 0; n < 4 * SETTLED; n++) {
      await simulate(ring(n), { to: 0.1, saveAt: [0.1], kernels: 'generated' });
      if (n + 1 === SETTLED) settled = await held();
    }
    expect((await held()) - settled).toBeLessThan(DRIFT_BYTES);
  });
});
