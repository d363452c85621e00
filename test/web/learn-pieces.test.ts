import { describe, expect, it } from 'vitest';
import { taskCircuit, tasks } from '../../src/learning/index.js';
import { ticks } from '../../web/design/ticks.js';
import { fluxes, phaseAt } from '../../web/learn/network/flux.js';
import { graphOf } from '../../web/learn/network/graph.js';
import { improve, ROUNDS, startLayout } from '../../web/learn/network/layout.js';
import { CSV, DEFAULT_SETUP } from '../../web/learn/setup.js';
import { roles } from '../../web/learn/species.js';
import { TASKS } from '../../web/learn/tasks.js';
import { describe as describeTask } from '../../web/learn/worker/describe.js';
import { taskOf } from '../../web/learn/worker/plan.js';
import { readTable } from '../../web/learn/worker/table.js';
import { Trail, thinned } from '../../web/learn/worker/trail.js';

async function described(part: Partial<typeof DEFAULT_SETUP>, text?: string) {
  const setup = { ...DEFAULT_SETUP, ...part };
  const task = taskOf(setup, text);
  return describeTask(task, await taskCircuit(task), setup);
}

describe('the Learn view', () => {
  it('lists every task that brings its data', () => {
    const own = Object.keys(tasks).filter((name) => !('apart' in tasks[name as keyof typeof tasks]));
    expect(TASKS.map(({ value }) => value).sort()).toEqual([...own, CSV].sort());
  });

  it('says of every option why it cannot be had', async () => {
    const { choices, fixed, counts, plane } = await described({ task: 'linear-regression' });
    expect(choices.wiring.find(({ value }) => value === 'diagonal')?.reason).toBeUndefined();
    expect(choices.adjoint.find(({ value }) => value === 'exact')?.reason).toMatch(
      /only the linear diagonal circuit/,
    );
    expect(fixed.hidden).toMatch(/one node for each input/);
    expect(counts).toMatchObject({ reactions: 24, species: 15, maxMolecularity: 2 });
    expect(plane).toBeNull();
    const cubic = await described({ task: 'xor', recipe: 'cubic-leaky', clock: null, gate: 'proxy' });
    expect(cubic.choices.clock.find(({ value }) => value === 'coop')?.reason).toMatch(/bimolecular gate/);
    expect(cubic.choices.adjoint.filter(({ reason }) => reason === undefined).length).toBe(4);
    expect(cubic.plane).not.toBeNull();
  });

  it('puts rails together, and every species but weights into a role', async () => {
    const { network } = await described({ task: 'xor', recipe: 'cubic-leaky' });
    const [inputs, nodes] = roles(network.species);
    expect(inputs.signals[0]).toMatchObject({ name: 'X[1]', rails: [{ sign: '+' }, { sign: '-' }] });
    expect(nodes.signals.map(({ name }) => name)).toContain('Z[1]');
    const shown = roles(network.species).flatMap(({ signals }) => signals.flatMap(({ rails }) => rails));
    const weights = network.species.filter((name) => /^[PWBH](\[|$|[+-])/.test(name));
    expect(shown.length + weights.length).toBe(network.species.length);
  });

  it('draws families and whole networks, the same every time, with no node off the plane', async () => {
    const { network } = await described({ task: 'linear-regression' });
    const whole = graphOf(network, true);
    expect(whole.species.length).toBe(15);
    expect(whole.reactions.length).toBe(24);
    const families = graphOf(network, false);
    expect(families.reactions.flatMap(({ members }) => members).length).toBe(24);
    expect(families.species.length).toBeLessThan(12);
    for (const graph of [whole, families]) {
      const layouts = [startLayout(graph), startLayout(graph)];
      for (const layout of layouts) while (layout.round < ROUNDS) improve(layout);
      expect(layouts[0].x).toEqual(layouts[1].x);
      expect([...layouts[0].x, ...layouts[0].y].every(Number.isFinite)).toBe(true);
    }
  });

  it('works out fluxes by the rate law, in the phase that runs', async () => {
    const { network } = await described({ task: 'linear-regression' });
    const values = new Float32Array(network.species.length * 4).fill(2);
    const phases = [
      { name: 'feed', from: 0, to: 1 },
      { name: 'learn', from: 1, to: 3 },
    ];
    const trace = { times: Float32Array.of(0, 1, 1, 3), values, phases, example: 0, prediction: 0 };
    expect([0, 1, 2, 3].map((row) => phaseAt(trace, row))).toEqual([0, 0, 1, 1]);
    const flux = fluxes(network, trace, 0);
    network.reactions.forEach(({ active, rate, orders }, r) => {
      const order = orders.reduce((sum, { count }) => sum + count, 0);
      expect(flux[r]).toBe(active[0] ? rate * 2 ** order : 0);
    });
  });

  it('keeps a trail of bounded length', () => {
    const trail = new Trail(1, 64);
    for (let step = 0; step < 100_000; step++) trail.add(step, [step]);
    const { steps, values } = trail.copy();
    expect(steps.length).toBeLessThan(64);
    expect(steps.length).toBeGreaterThan(16);
    expect([...values]).toEqual([...steps]);
  });

  it('thins what is drawn of a long list, and keeps its ends', () => {
    const list = Array.from({ length: 5000 }, (_, k) => k);
    const kept = thinned(list, 100);
    expect([kept.length, kept[0], kept[99]]).toEqual([100, 0, 4999]);
    expect(new Set(kept).size).toBe(100);
    expect(thinned([1, 2, 3])).toEqual([1, 2, 3]);
  });

  it('takes evenly spaced rows of a table that is too long', async () => {
    const rows = Array.from({ length: 20_000 }, (_, k) => `${k},"a,b"`);
    const read = await readTable(`x,name\n${rows.join('\n')}`);
    expect(read).toMatchObject({ columns: ['x', 'name'], rows: 20_000, used: 5000 });
    expect(read.text.split('\n').slice(0, 3)).toEqual(['x,name', '0,"a,b"', '4,"a,b"']);
    await expect(readTable('a,b\n1,2\n3\n')).rejects.toThrow(/line 3: 1 cell, but the table has 2 columns/);
  });

  it('marks axes with round numbers', () => {
    expect(ticks(0, 1)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(ticks(-0.35, 0.31)).toEqual([-0.2, 0, 0.2]);
    expect(ticks(3, 3)).toEqual([3]);
  });
});
