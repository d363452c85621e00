/**
 * Problems, trainings, ensembles and sweeps, each as a hash of every bit of what it gives: run in Node, in a page and in
 * a worker, by both engines, they must come out the same.
 */
import { type EngineKind, parseNetwork, type Solution, simulate, simulateMany } from 'neural-crn';
import { simulateMany as simulateManyOver } from 'neural-crn/batch';
import { tasks, train } from 'neural-crn/learning';
import { neuralForward, referenceProblems, robertson } from '../problems/index.js';

/** FNV-1a over bytes, as 64 bits in two halves. */
function hash(values: Iterable<Float64Array | string>): string {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (const value of values) {
    const bytes =
      typeof value === 'string'
        ? new TextEncoder().encode(value)
        : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    for (const byte of bytes) {
      a = Math.imul(a ^ byte, 0x01000193) >>> 0;
      b = Math.imul(b ^ byte ^ (a >>> 13), 0x85ebca6b) >>> 0;
    }
  }
  return `${a.toString(16).padStart(8, '0')}${b.toString(16).padStart(8, '0')}`;
}

const bitsOf = (solution: Solution) => [
  JSON.stringify(solution.stats),
  solution.times,
  ...solution.species.map((name) => solution.column(name)),
];

function networkOf(text: string) {
  const { network } = parseNetwork(text);
  if (network === null) throw new Error(text);
  return network;
}

const methods = ['auto', 'rodas5p', 'rodas4', 'bdf'] as const;

/** What each case has given, by name. The work of a case depends on its engine alone in who does it. */
export async function hashes(engine: EngineKind, withWorkers: boolean): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const { name, text, ends } of referenceProblems) {
    for (const method of methods) {
      const { to, atol = 1e-12 } = ends[0];
      const options = { to, save: 20, rtol: 1e-6, atol, method, engine };
      found[`${name}, ${method}`] = hash(bitsOf(await simulate(networkOf(text), options)));
    }
  }
  const forward = networkOf(neuralForward(3).text);
  found['forward, tsit5'] = hash(bitsOf(await simulate(forward, { to: 1, method: 'tsit5', engine })));
  const grid = { kind: 'log', from: 1e-6, to: 1e4, points: 40 } as const;
  const many = { to: 1e4, save: grid, engine };
  const ensemble = Array.from({ length: 9 }, (_, k) => ({ initial: { A: 1 + k / 7, B: 0, C: k / 11 } }));
  const network = networkOf(robertson.text);
  found.ensemble = hash((await simulateMany(network, ensemble, many)).flatMap(bitsOf));
  const sweep = Array.from({ length: 12 }, (_, k) => ({ parameters: { k: (k + 1) / 7 } }));
  const swept = networkOf(
    'param k = 1; init A = 1; A ->{k} B; 2 B ->{3} C; C ->{k^0.37 + exp(-k) + ln(1 + k)} A; C -> ∅ [rate 0.2*C^1.5]',
  );
  found.sweep = hash((await simulateMany(swept, sweep, { to: 5, engine })).flatMap(bitsOf));
  if (withWorkers) {
    const over = { ...many, workers: 2 };
    found['ensemble over workers'] = hash((await simulateManyOver(network, ensemble, over)).flatMap(bitsOf));
  }
  const trainings = {
    'E1 linear regression': tasks['linear-regression'].create({ seed: 3 }),
    'E3 product regression': tasks['product-regression'].create({ seed: 3 }),
    'E4 sine regression': tasks['sine-regression'].create({ seed: 3 }),
    XOR: tasks.xor.create({ seed: 3 }),
  };
  for (const [name, task] of Object.entries(trainings)) {
    const result = await train(task, { epochs: 2, engine, ideal: false }).result;
    const { history, weights, predictions, parameters } = result;
    found[`training: ${name}`] = hash([JSON.stringify({ history, weights, predictions, parameters })]);
  }
  return found;
}
