/** What a page under a Content-Security-Policy finds: every attempt gives a number or the text of its error. */
import { createSimulator, parseNetwork, simulate } from 'neural-crn';
import * as slim from 'neural-crn/slim';
import { createWorkerSimulator } from 'neural-crn/web';

const { network } = parseNetwork('init A = 1; A -> B');
const attempt = async (work) => {
  try {
    return await work();
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
};

globalThis.report = async () => {
  const { pathname } = location;
  const byWorker = (engine) =>
    attempt(async () => {
      // The worker's script has the page's policy.
      const createWorker = () => new Worker(`/policy/out/worker.js?policy=${pathname}`, { type: 'module' });
      const simulator = await createWorkerSimulator(network, { to: 1, engine }, { createWorker });
      try {
        return (await simulator.run()).final.A;
      } finally {
        await simulator.dispose();
      }
    });
  return {
    wasm: await attempt(async () => (await simulate(network, { to: 1 })).final.A),
    js: await attempt(async () => (await simulate(network, { to: 1, engine: 'js' })).final.A),
    generated: await attempt(async () => {
      const simulator = await createSimulator(network, { to: 1, kernels: 'generated' });
      return simulator.run().final.A;
    }),
    bytes: await attempt(() => slim.init({ url: '/node_modules/neural-crn/dist/kernel.wasm' })),
    workerWasm: await byWorker('wasm'),
    workerJs: await byWorker('js'),
  };
};

/** With a kernel that a page without the policy has compiled. */
globalThis.withModule = async () => {
  const frame = document.querySelector('iframe');
  await slim.init({ module: await frame.contentWindow.compiled });
  return attempt(() => slim.simulate(network, { to: 1 }));
};

/** Where the policy comes when the kernel is there: that runs on, but nothing more is compiled. */
globalThis.withLatePolicy = async () => {
  await simulate(network, { to: 1 });
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = "script-src 'self'";
  document.head.append(policy);
  const options = { to: 1, saveAt: [1] };
  const simulator = await createSimulator(network, { ...options, kernels: 'auto' });
  let final = 0;
  for (let run = 0; run < 3000 && simulator.kernels.note === undefined; run++)
    final = simulator.run().final.A;
  return {
    final,
    kernels: simulator.kernels,
    generated: await attempt(() => createSimulator(network, { ...options, kernels: 'generated' })),
  };
};
