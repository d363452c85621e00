/** An application of the package, as each bundler and a page without one get it: `report()` gives what it found. */
import { createSimulator, parseNetwork, simulate } from 'neural-crn';
import { linearCrn } from 'neural-crn/circuits';
import { linearRegressionTask, train } from 'neural-crn/learning';
import { renderSvg, timeCourseFigure } from 'neural-crn/plot';
import { createWorkerSimulator } from 'neural-crn/web';

/** What a simulator in a worker of the package gives. */
async function byPackageWorker(network, createWorker) {
  const simulator = await createWorkerSimulator(network, { to: 1 }, { createWorker });
  try {
    return (await simulator.run()).final.A;
  } finally {
    await simulator.dispose();
  }
}

export async function findings({ createWorker } = {}) {
  const { network } = parseNetwork('init A = 1; A -> B');
  const wasm = await simulate(network, { to: 1 });
  const generated = await createSimulator(network, { to: 1, kernels: 'generated' });
  const training = await train(linearRegressionTask(), { epochs: 1 }).result;
  const js = await simulate(network, { to: 1, engine: 'js' });
  return {
    wasm: wasm.final.A,
    js: js.final.A,
    generated: [generated.run().final.A, generated.kernels.kind],
    worker: await byPackageWorker(network, createWorker),
    theta: training.parameters.theta,
    species: linearCrn({ inputs: 1 }).network.species.length,
    drawn: typeof renderSvg === 'function' && typeof timeCourseFigure === 'function',
  };
}
