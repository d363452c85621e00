import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lab, labLines, labSummary, labTraining } from '../../src/lab/index.js';
import { taskCircuit, tasks } from '../../src/learning/index.js';
import { type Network, networkBuilder, parseNetwork } from '../../src/network/index.js';
import { simulate } from '../../src/simulate/inlined.js';

const read = (text: string): Network => {
  const { network, issues } = parseNetwork(text);
  if (network === null) throw new Error(JSON.stringify(issues));
  return network;
};

describe('lab', () => {
  it('a ring clock beside a gate of 50: the figures that others have worked out', () => {
    // An iteration of 197 units takes 33 min at 100 nM and 1e6 /M/s, where k = 1 is that fast …
    const ring = lab(read('A + B -> 2 B\nsimulate to 197'));
    expect(ring.timeUnit).toBeCloseTo(10, 9);
    expect((ring.run?.seconds ?? 0) / 60).toBeCloseTo(32.8, 1);
    expect(lab(read('A + B -> 2 B'), { concentration: '10 nM', rate: '1e5 /M/s' }).timeUnit).toBeCloseTo(
      1000,
      6,
    );
    // … and fifty times as long where something has to be fifty times as fast.
    const gated = lab(read('A + B -> 2 B\ngate: A + C ->{50} C\nsimulate to 197'));
    expect(gated.timeUnit).toBeCloseTo(500, 6);
    expect(gated.one).toBeCloseTo(2e4, 6);
    expect(gated.limit).toEqual({ label: 'gate', rate: 50 });
    expect(gated.ifOne.timeUnit).toBeCloseTo(10, 9);
    expect(gated.ifOne.largest).toBeCloseTo(5e7, 3);
  });

  it('a learner in one pot, from 0.02 to 200: 69 days', () => {
    const { run, range, orders } = lab(read('A + B ->{200} C; C ->{0.02} A\nsimulate to 3000'));
    expect((run?.seconds ?? 0) / 86_400).toBeCloseTo(69.4, 1);
    expect(range).toBeCloseTo(1e4, 8);
    // 0.02 in 2000 s is 1e-5 /s, the slowest that is feasible.
    expect(orders).toMatchObject([
      { order: 1, count: 1, unit: '/s', outside: 0 },
      { order: 2, count: 1, unit: '/M/s', outside: 0 },
    ]);
    expect(orders[0].least).toBeCloseTo(1e-5, 12);
  });

  it('flags what is not feasible, and says what has to be made otherwise', () => {
    const found = lab(
      read(
        'A ->{1e-3} B\nslow: A + B ->{1e-9} C\nfast: A ->{400} C\nA + B ->{2} 2 B\n-> A\n3 A -> B\nA + 2 B ->{0} C',
      ),
    );
    const flags = Object.fromEntries(found.constants.map(({ reaction, outside }) => [reaction, outside]));
    expect(flags).toEqual({ 0: undefined, 1: 'below', 2: 'above', 3: undefined, 4: undefined, 5: undefined });
    expect(found.constants.find(({ reaction }) => reaction === 2)).toMatchObject({
      label: 'fast',
      model: 400,
      unit: '/s',
    });
    expect(found.remarks).toEqual([
      '1 reaction without reactants: a fuel held in excess has to make them',
      '1 reaction of more than two molecules: two steps each',
    ]);
    expect(labSummary(found).notFeasible).toBe(2);
    expect(labLines(found).join('\n')).toMatch(/1 of 2 of order 1 are not feasible .*; 1 of 2 of order 2/);
  });

  it('says by which convention, and what the other would give', () => {
    const [first, second, third] = labLines(lab(read('k: A + B ->{50} C')));
    expect(first).toBe(
      '1 time unit is 8.3 min where 1 is 100 nM and the largest constant of the second order, 50 (k), is 1e6 /M/s; ' +
        'k = 1 is then 20000 /M/s',
    );
    expect(second).toBe('with k = 1 at 1e6 /M/s it would be 10 s, and the largest 5e7 /M/s');
    expect(third).toBe('constants span 1-fold; all of the first and second order are feasible');
    // Without a second order k = 1 is the given constant.
    const alone = lab(read('A ->{3} B'));
    expect(alone).toMatchObject({ limit: null, ifOne: { largest: null }, run: null });
    expect(alone.timeUnit).toBeCloseTo(10, 9);
    expect(labLines(alone)[0]).toContain('(there is none)');
  });

  it('knows how long a schedule is, and what is dosed', () => {
    const network = read(
      'param T = 2\nphase a T: *\nphase b 3*T: *\nA + B -> C\ndose A += 7 at b\ninit B = 0.5',
    );
    expect(lab(network).run).toEqual({ model: 8, seconds: 80 });
    expect(lab(network).largest).toMatchObject({ species: 'A', outside: true });
    expect(lab(network).largest?.value).toBeCloseTo(7e-7, 12);
    expect(lab(network, { parameters: { T: 3 }, to: 5 }).run).toEqual({ model: 5, seconds: 50 });
    expect(lab(read('const F = 50; F -> F + A')).largest).toMatchObject({ species: 'F', outside: false });
    expect(lab(read('A -> B')).largest).toBeNull();
  });

  it('a network in M and s runs as the model does in its own units', async () => {
    const constant = fc.double({ min: 0.1, max: 10, noNaN: true });
    await fc.assert(
      fc.asyncProperty(fc.tuple(constant, constant, constant, constant), async ([a, b, c, d]) => {
        const model = networkBuilder()
          .init('A', 1)
          .init('B', 0.5)
          .reaction({ reactants: { A: 1, B: 1 }, products: { C: 1 }, rate: a })
          .reaction({ reactants: { C: 1 }, products: { A: 1, B: 1 }, rate: b })
          .reaction({ reactants: { A: 2, C: 1 }, products: { B: 1 }, rate: c })
          .reaction({ reactants: {}, products: { A: 1 }, rate: d })
          .build();
        const { timeUnit, constants, concentration } = lab(model, {
          concentration: '20 nM',
          rate: '3e5 /M/s',
          to: 2,
        });
        const real = structuredClone(model);
        constants.forEach(({ reaction, value }) => {
          real.reactions[reaction].rate = { kind: 'number', value };
        });
        for (const species of real.species) {
          if (species.initial.kind === 'number') species.initial.value *= concentration;
        }
        const one = await simulate(model, { to: 2, rtol: 1e-9, atol: 1e-13 });
        const other = await simulate(real, { to: 2 * timeUnit, rtol: 1e-9, atol: 1e-13 * concentration });
        for (const name of one.species)
          expect(other.final[name] / concentration).toBeCloseTo(one.final[name], 7);
      }),
      { numRuns: 10, seed: 6 },
    );
  });

  it('a training run: all phases of all examples of all epochs, or turns of a clock', async () => {
    const task = tasks['linear-regression'].create();
    const { training, timeUnit } = labTraining(await taskCircuit(task), { examples: 41, epochs: 10 });
    expect(training.example.model).toBeCloseTo(10.5, 12);
    expect(training.run / timeUnit).toBeCloseTo(10.5 * 41 * 10, 6);
    const clocked = await taskCircuit({ ...task, clock: { kind: 'coop' } });
    expect(labTraining(clocked, { examples: 1, epochs: 1 }).training.example.model).toBeCloseTo(33.53, 1);
  });

  it.each([
    [{ concentration: '5' }, /concentration must be a concentration/],
    [{ rate: '5 nM' }, /rate must be a rate constant/],
    [{ parameters: { q: 1 } }, /unknown parameter `q`/],
  ])('refuses %j', (options, message) => {
    expect(() => lab(read('A -> B'), options)).toThrow(message);
  });
});
