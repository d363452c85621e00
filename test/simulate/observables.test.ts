import { describe, expect, it } from 'vitest';
import { createPool, simulateOver, startWorker } from '../../src/batch/node.js';
import { createSimulator, type Solution, simulate, simulateMany } from '../../src/index.js';
import { createWorkerSimulator } from '../../src/web/node.js';
import { Scripts } from '../batch/bundled.js';
import { networkOf } from '../tools/network.js';

const network = networkOf(`init A = 1; init Z+ = 2; init Z- = 0.5
  A -> B
  observable Total = A + B, Net = Z+ - Z-, Weighted = 2 A - 3 B, None = 0
  simulate to 1 save 4`);

/** Observables as they follow from the columns of species. */
function expectObservables(solution: Solution): void {
  const { times } = solution;
  expect(solution.observables).toEqual(['Total', 'Net', 'Weighted', 'None']);
  const [A, B] = [solution.column('A'), solution.column('B')];
  expect([...solution.column('Total')]).toEqual([...times].map((_, i) => A[i] + B[i]));
  expect([...solution.column('Weighted')]).toEqual([...times].map((_, i) => 2 * A[i] + -3 * B[i]));
  expect([...solution.column('Net')]).toEqual([...times].map(() => 1.5));
  expect([...solution.column('None')]).toEqual([...times].map(() => 0));
}

describe('observables of a run', () => {
  it('are columns beside the species', async () => {
    const solution = await simulate(network);
    expectObservables(solution);
    expect([...solution.observed(0)]).toEqual([1, 1.5, 2, 0]);
    expect(solution.finalObserved.Weighted).toBe(2 * solution.final.A - 3 * solution.final.B);
    expect(solution.column('Total')).toBe(solution.column('Total'));
  });

  it('are in tables and in CSV, after the species', async () => {
    const solution = await simulate(network);
    expect(Object.keys(solution.toTable()[0])).toEqual([
      ...['time', 'A', 'Z+', 'Z-', 'B', 'Total', 'Net', 'Weighted', 'None'],
    ]);
    expect(solution.toTable()[4]).toMatchObject({ time: 1, ...solution.final, ...solution.finalObserved });
    const [head, first] = solution.toCSV().split('\n');
    expect(head).toBe('time,A,Z+,Z-,B,Total,Net,Weighted,None');
    expect(first).toBe('0,1,2,0.5,0,1,1.5,2,0');
  });

  it('are no species', async () => {
    const solution = await simulate(network);
    expect(solution.species).not.toContain('Total');
    expect(Object.keys(solution.final)).toEqual(solution.species);
    expect(Object.keys(solution.at(0.3))).toEqual(solution.species);
    expect(solution.row(0)).toHaveLength(4);
    // What a run ended with is what another begins with.
    await simulate(network, { initial: solution.final });
  });

  it('are none where the network names none', async () => {
    const solution = await simulate(networkOf('init A = 1; A -> B; simulate to 1'));
    expect(solution.observables).toEqual([]);
    expect(solution.observed(0)).toHaveLength(0);
    expect(solution.finalObserved).toEqual({});
    expect(solution.toCSV()).toMatch(/^time,A,B\n/);
    expect(() => solution.column('Total')).toThrow(
      new RangeError('the solution has no species or observable "Total"'),
    );
    expect(() => solution.observed(201)).toThrow('the solution has rows 0 to 200, not 201');
  });

  it('of a simulator, of ensembles and of workers are the same', async () => {
    const simulator = await createSimulator(network);
    expectObservables(simulator.run());
    simulator.dispose();
    const cases = [{}, { initial: { A: 3 } }];
    for (const solution of await simulateMany(network, cases)) expectObservables(solution);
    const scripts = new Scripts();
    const script = await scripts.bundle('../../src/batch/worker.ts');
    const createWorker = () => startWorker(script);
    const pool = createPool({ size: 1, createWorker });
    for (const solution of await simulateOver(pool, network, cases)) expectObservables(solution);
    await pool.dispose();
    const remote = await createWorkerSimulator(network, {}, { createWorker });
    expectObservables(await remote.run());
    await remote.dispose();
    scripts.remove();
  });
});
