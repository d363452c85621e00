import { expect, it } from 'vitest';
import { runMany } from '../../src/simulate/run-many.js';
import { NetworkSimulator } from '../../src/simulate/simulator.js';
import { robertson } from '../problems/index.js';
import { networkOf } from '../tools/network.js';

it('half a million runs, two to a vector, leave nothing behind', async () => {
  const network = networkOf(robertson.text);
  const megabytes = [];
  for (let round = 0; round < 10; round++) {
    const simulator = await NetworkSimulator.create(network, { to: 1, save: 5 });
    const runs = Array.from({ length: 50_000 }, (_, k) => ({ rtol: 1e-3 / (1 + (k % 9)), to: 1 + (k % 5) }));
    let ended = 0;
    for (const _ of runMany(simulator, runs, () => ended++));
    expect(ended).toBe(runs.length);
    simulator.dispose();
    megabytes.push(process.memoryUsage().rss / 2 ** 20);
  }
  expect(megabytes[9] - megabytes[2]).toBeLessThan(60);
});
