import { expect, it } from 'vitest';
import { neuralCrn } from '../../src/circuits/index.js';
import { compileProblem } from '../../src/compile/compile.js';
import {
  type ExplainOptions,
  explainCompile,
  type MethodName,
  type Network,
  simulate,
} from '../../src/index.js';
import { e5, neuralForward, pollu, referenceProblems, robertson } from '../problems/index.js';
import { full } from '../tools/large-networks.js';
import { networkOf } from '../tools/network.js';

it('Robertson, in numbers that can be counted by hand', () => {
  const explained = explainCompile(networkOf(robertson.text));
  expect(explained.phases).toHaveLength(1);
  expect(explained.phases[0]).toMatchObject({
    phase: '',
    method: { name: 'rodas5p', why: expect.stringContaining('1e-6') },
    linearSolver: { name: 'lu' },
    unknowns: 3,
    accumulators: [],
    held: [],
    reactions: 3,
    dropped: [],
    merged: 3,
    sums: [{ coefficients: { A: 1, B: 1, C: 1 } }],
    blocks: { count: 1, largest: 3 },
    // No rate of C depends on A.
    entries: 8,
    fill: 8,
    // Three rates of two factors, six changes; eight entries of the Jacobian of one factor; three pivots with a shift,
    // then 2 multipliers with rows of 1 or 2, and one with a row of 1.
    operations: { derivative: 3 * 2 + 6 * 2, jacobian: 8 * 2, factorisation: 3 * 2 + 3 + 5, solve: 8 * 2 },
  });
  // It is plain data.
  expect(JSON.parse(JSON.stringify(explained))).toEqual(explained);
});

it('sizes are those of what is compiled', () => {
  const network = networkOf(pollu.text);
  const [{ bytes, workspace, fill, merged, unknowns, accumulators }] = explainCompile(network).phases;
  const problem = compileProblem(
    network,
    network.reactions.map((_, r) => r),
  );
  expect({ bytes, fill, merged, unknowns }).toEqual({
    bytes: problem.record.byteLength,
    fill: problem.fill,
    merged: problem.reactions,
    unknowns: problem.dynamic.length,
  });
  expect(workspace).toBeGreaterThan(8 * fill);
  expect(accumulators).toHaveLength(4);
});

it('what is dropped and why, unless a reactor is asked for', () => {
  const network = networkOf(
    'param k = 0 \n init A = 1 \n go: A -> B \n C + A -> D \n stop: A ->{k} E \n phase one 1: * \n phase two 2: go',
  );
  const { phases } = explainCompile(network);
  expect(phases.map(({ phase, dropped }) => [phase, dropped])).toEqual([
    [
      'one',
      [
        { reaction: 2, because: 'absent', species: 'C' },
        { reaction: 3, label: 'stop', because: 'constant' },
      ],
    ],
    ['two', [{ reaction: 2, because: 'absent', species: 'C' }]],
  ]);
  expect(phases[0].held.sort()).toEqual(['C', 'D', 'E']);
  const dropped = (options: object) => explainCompile(network, options).phases[0].dropped.length;
  expect(dropped({ reactor: true })).toBe(0);
  expect(dropped({ initial: { C: 1 } })).toBe(1);
  expect(dropped({ initial: { C: 1 }, parameters: { k: 1 } })).toBe(0);
});

it('what is eliminated: the one whose sign is its own, else the one that leaves the fewest entries', () => {
  const [{ sums, unknowns }] = explainCompile(networkOf(e5.text), { conservation: 'eliminate' }).phases;
  expect(unknowns).toBe(3);
  expect(sums).toEqual([{ coefficients: { y3: 1, y4: 1, y2: -1 }, eliminated: 'y2' }]);
  const eliminatedOf = (text: string) =>
    explainCompile(networkOf(text), { conservation: 'eliminate' }).phases[0].sums.map(
      ({ eliminated }) => eliminated,
    );
  // X = Y + Z, where many rates have X and none has Z.
  const apart = '-> X + Y \n -> X + Z \n X + Y -> ∅ \n X -> X + A \n X -> X + B \n A -> ∅ \n B -> ∅';
  expect(eliminatedOf(apart)).toEqual(['X']);
  // Each rate that has A would have both others instead.
  const read = 'init A = 1 \n A <-> P \n P <-> T \n A -> A + Q \n A -> A + R \n A -> A + V';
  expect(eliminatedOf(read)).toEqual(['P']);
});

it('the rest of a forward phase: a block for every node', () => {
  const [{ unknowns, held, blocks }] = explainCompile(networkOf(neuralForward(3).text)).phases;
  expect(blocks).toEqual({ count: 3, largest: 2 });
  expect(unknowns + held.length).toBe(32);
});

const phaseOf = (network: Network, options: ExplainOptions = {}) =>
  explainCompile(network, options).phases[0];

it('the method that tolerances choose, and the one that is asked for', () => {
  const network = networkOf(robertson.text);
  expect(phaseOf(network, { rtol: 1e-3 }).method.name).toBe('rodas4');
  const asked = { why: 'it was asked for' };
  expect(phaseOf(network, { method: 'rodas4' }).method).toEqual({ name: 'rodas4', ...asked });
  expect(phaseOf(network, { method: 'bdf' })).toMatchObject({ method: asked, linearSolver: { name: 'lu' } });
  expect(phaseOf(network, { method: 'bdf', linearSolver: 'gmres' }).linearSolver).toEqual({
    name: 'gmres',
    ...asked,
  });
  expect(phaseOf(network, { method: 'tsit5' }).linearSolver.name).toBe('none');
  expect(() => explainCompile(network, { to: 3 } as object)).toThrow(/to/);
});

it('a step of each method: six derivatives of an explicit one, stages of a Rosenbrock one', () => {
  const network = networkOf(robertson.text);
  const step = (options: ExplainOptions) => phaseOf(network, options).operations.step;
  expect(step({ rtol: 1e-3 })).toBeLessThan(step({}));
  // Three unknowns: 1 + 2 + … + 6 products of a stage's sum, 7 of the error, the norm.
  expect(step({ method: 'tsit5' })).toBe(6 * 18 + 3 * (2 * 21 + 2 * 7 + 6));
  expect(step({ method: 'bdf' })).toBeLessThan(step({}));
});

it('what runs is what is told', async () => {
  const texts = [
    robertson.text,
    pollu.text,
    neuralForward(3).text,
    ...referenceProblems.map(({ text }) => text),
  ];
  let changing = 0;
  for (const network of texts.map(networkOf)) {
    const { other, method } = phaseOf(network);
    const { stats } = await simulate(network, { to: 1e-3, save: 1 });
    const { stats: alone } = await simulate(network, {
      to: 1e-3,
      save: 1,
      method: method.name as MethodName,
    });
    if (other === undefined) expect(stats).toEqual(alone);
    else changing++;
  }
  expect(changing).toBeGreaterThan(0);
  expect(changing).toBeLessThan(texts.length);
});

it('a method that changes as it goes, and one without fill', () => {
  const n = 24;
  const names = Array.from({ length: n }, (_, i) => `A${i}`);
  const full = names.map((name, i) => `${name} + ${names[(i + 1) % n]} ->{0.1} ${names[(i * 7 + 3) % n]}`);
  const network = networkOf(`${full.join('\n')} \n init ${names.map((name) => `${name} = 1`).join(', ')}`);
  const { method, other } = phaseOf(network);
  expect(method.name).toBe('rodas5p');
  expect(other?.name).toBe('tsit5');
  expect(phaseOf(network, { fixedStep: 0.1 }).other).toBeUndefined();
});

it('kernels', () => {
  const network = networkOf(robertson.text);
  const kernels = (options: ExplainOptions) => phaseOf(network, options).kernels;
  expect(kernels({ kernels: 'auto' })).toEqual({
    name: 'auto',
    why: expect.stringMatching(/first [\d,]+ steps/),
  });
  expect(kernels({ kernels: 'interpreted' }).why).toMatch(/asked/);
  expect(kernels({ kernels: 'generated' }).name).toBe('generated');
  expect(kernels({ engine: 'js' }).name).toBe('interpreted');
  const large = networkOf(full(90).text);
  const choice = phaseOf(large, { method: 'rodas5p', kernels: 'auto' }).kernels;
  expect(choice).toEqual({ name: 'interpreted', why: expect.stringMatching(/no faster/) });
});

it('what a reactor folds', () => {
  const { network } = neuralCrn({
    inputs: 30,
    hidden: 8,
    outputs: 3,
    dynamics: 'relu',
    inputRails: 'single',
  });
  const { phases } = explainCompile(network, { reactor: true });
  for (const { folded, unknowns } of phases) {
    expect(folded!.changed).toBeGreaterThan(500);
    expect(unknowns).toBeLessThan(120);
  }
  const [, learn] = phases;
  // Sensitivities and inputs decay alike.
  expect(learn.folded!.decays.map((group) => group.length)).toContain(8 + 30);
  expect(learn.folded!.gains).toContain('P[8,30]+');
  // P, M.
  expect(learn.folded!.differences).toBe(8 * 30 + 3 * 8);
  expect(explainCompile(network, { reactor: true, fold: false }).phases[0].folded).toBeUndefined();
  expect(explainCompile(network).phases[0].folded).toBeUndefined();
});
