import { describe, expect, it } from 'vitest';
import { HEAP_ROOT, SELECT_NEXT } from '../../assembly/stochastic/layout';
import { networkOf } from '../tools/network.js';
import { stochasticKernel } from '../tools/stochastic-kernel.js';

/** Molecules that go round and meet, so that waits become shorter and longer, end and begin again. */
const text = Array.from({ length: 30 }, (_, i) => {
  const next = (i + 1) % 30;
  return `init A${i} = ${i % 4}; A${i} ->{${1 + (i % 3)}} A${next}; A${i} + A${next} ->{2} 2 A${i}`;
}).join('\n');

describe.each(['wasm', 'js'] as const)('the heap of waiting channels, engine %s', (kind) => {
  it('has no channel before the one above it, and every channel once, after every event', async () => {
    const network = networkOf(text);
    const count = network.reactions.length;
    const given = {
      constants: network.reactions.map(({ rate }) => (rate.kind === 'number' ? rate.value : Number.NaN)),
      volumes: network.species.map(() => 1),
      state: network.species.map(() => 0),
    };
    const start = network.species.map((_, i) => i % 4);
    const kernel = await stochasticKernel(network, given, start, { kind, selection: SELECT_NEXT });
    const waited = new Set<boolean>();
    for (let event = 0; event < 300; event++) {
      const { times, channels, nodes } = kernel.heap();
      const propensities = kernel.propensities();
      expect([...channels].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, c) => c));
      channels.forEach((channel, place) => {
        expect(nodes[channel]).toBe(HEAP_ROOT + place);
        const above = Math.floor((place - 1) / 4);
        if (place > 0) expect(times[above]).toBeLessThanOrEqual(times[place]);
        // Whoever has no propensity never fires, and nobody else.
        const waits = propensities[channel] > 0;
        // The first has fired, and draws its wait when the next event is looked for.
        if (place > 0 || event === 0) expect(times[place] < Infinity).toBe(waits);
        waited.add(waits);
      });
      kernel.advance(1);
    }
    expect(waited.size).toBe(2);
  });
});
