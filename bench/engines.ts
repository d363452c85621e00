import { doses, linearCrn } from '../src/circuits/index.js';
import { createReactor, createSimulator, type EngineKind, parseNetwork, simulate } from '../src/index.js';
import { neuralForward, pollu, robertson, type TestProblem } from '../test/problems/index.js';
import { geometricMean, race } from './measure.js';

const rtol = 1e-6;
const atol = 1e-9;
const engines: EngineKind[] = ['wasm', 'js'];

interface Contest {
  name: string;
  runs: Record<EngineKind, () => void>;
  digits: number;
  dispose: () => void;
}

/** One stiff problem from its initial state to its end. */
async function solving(problem: TestProblem): Promise<Contest> {
  const { network } = parseNetwork(problem.text);
  if (network === null) throw new Error(`${problem.name} does not parse`);
  const { to } = problem.ends[0];
  const options = { to, rtol, atol, saveAt: [to] };
  const tight = (await simulate(network, { ...options, rtol: 1e-12, atol: 1e-15 })).final;
  const simulators = await Promise.all(
    engines.map((engine) => createSimulator(network, { ...options, engine })),
  );
  const { final } = simulators[0].run();
  const largest = Math.max(...Object.values(tight).map(Math.abs));
  const digits = Math.min(
    ...Object.entries(tight)
      .filter(([, value]) => Math.abs(value) > 1e-9 * largest)
      .map(([name, value]) => -Math.log10(Math.abs(final[name] - value) / Math.abs(value) || 1e-17)),
  );
  return {
    name: problem.name,
    runs: { wasm: () => void simulators[0].run(), js: () => void simulators[1].run() },
    digits,
    dispose: () => {
      for (const simulator of simulators) simulator.dispose();
    },
  };
}

/** One example of linear regression with three inputs: feed forward, then learn, in dual rails. */
async function twoPhaseExample(): Promise<Contest> {
  const circuit = linearCrn({ inputs: 3, rails: 'dual' });
  const reactors = await Promise.all(
    engines.map((engine) => createReactor(circuit.network, { rtol, atol, engine })),
  );
  const start = Float64Array.from(reactors[0].state);
  const example = (reactor: (typeof reactors)[number]) => () => {
    reactor.state.set(start);
    for (const { species, amount } of doses(circuit, [1, 2, 3], 12))
      reactor.state[reactor.index(species)] += amount;
    reactor.run('feed');
    reactor.run('learn');
  };
  return {
    name: 'two-phase example, n = 3',
    runs: { wasm: example(reactors[0]), js: example(reactors[1]) },
    digits: Number.NaN,
    dispose: () => {
      for (const reactor of reactors) reactor.dispose();
    },
  };
}

/** WebAssembly against the same sources as plain JavaScript. */
export async function benchEngines(): Promise<void> {
  console.log(`WebAssembly against the JavaScript engine, Rodas5P, rtol ${rtol}, atol ${atol}\n`);
  console.log('problem                      wasm µs      js µs   js/wasm   solves/s   digits');
  const ratios: number[] = [];
  const contests = [
    () => solving(robertson),
    () => solving(pollu),
    () => solving(neuralForward(3)),
    () => twoPhaseExample(),
  ];
  for (const contest of contests) {
    const { name, runs, digits, dispose } = await contest();
    const { wasm, js } = await race(runs);
    dispose();
    ratios.push(js / wasm);
    const cells = [
      name.padEnd(26),
      wasm.toFixed(1).padStart(9),
      js.toFixed(1).padStart(10),
      (js / wasm).toFixed(2).padStart(9),
      Math.round(1e6 / wasm)
        .toString()
        .padStart(10),
      (Number.isNaN(digits) ? '–' : digits.toFixed(1)).padStart(8),
    ];
    console.log(cells.join(' '));
  }
  console.log(`\ngeometric mean js/wasm ${geometricMean(ratios).toFixed(2)}\n`);
}
