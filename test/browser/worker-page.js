/** A simulator in a worker of a page: cancelling, progress, death. */
import { parseNetwork, simulate } from 'neural-crn';
import { createWorkerSimulator } from 'neural-crn/web';

const networkOf = (text) => parseNetwork(text).network;
const robertson = networkOf('init A = 1; A ->{0.04} B; 2 B ->{3e7} B + C; B + C ->{1e4} A + C');
const swing = networkOf('init A = 1; A -> B; B -> A');
const caught = (promise) =>
  promise.then(
    () => 'no error',
    ({ name, code, message, partial }) => ({ name, code, message, partial: partial?.times.length }),
  );
const fromPackage = () => new Worker('/worker-page/out/worker.js', { type: 'module' });

globalThis.report = async () => {
  const options = { to: 1e4, save: 7 };
  const simulator = await createWorkerSimulator(robertson, options, { createWorker: fromPackage });
  const told = [];
  const found = await simulator.run({ onProgress: ({ fraction }) => told.push(fraction) });
  const wanted = await simulate(robertson, options);
  const same = [3, 1e3, 9999.5].every(
    (time) => JSON.stringify(found.at(time)) === JSON.stringify(wanted.at(time)),
  );
  await simulator.dispose();

  const long = await createWorkerSimulator(
    swing,
    { to: 1e9, fixedStep: 1e-3, maxSteps: 1e12, save: 4 },
    { createWorker: fromPackage },
  );
  const stop = new AbortController();
  // The page goes on while the worker works.
  let turns = 0;
  const timer = setInterval(() => ++turns === 5 && stop.abort(), 1);
  const cancelled = await caught(long.run({ signal: stop.signal }));
  clearInterval(timer);
  const after = (await long.run({ to: 1 })).status;
  await long.dispose();

  const scripts = ["setTimeout(() => { throw new Error('out of the blue') })", undefined];
  const [thrown, missing] = await Promise.all(
    scripts.map(async (text) => {
      const url =
        text === undefined
          ? '/nowhere.js'
          : URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
      const lost = await createWorkerSimulator(
        swing,
        { to: 1 },
        { createWorker: () => new Worker(url, { type: 'module' }) },
      );
      const error = await caught(lost.run());
      await lost.dispose();
      return error;
    }),
  );
  return {
    same,
    table: JSON.stringify(found.toTable()) === JSON.stringify(wanted.toTable()),
    told: told.at(-1),
    cancelled,
    after,
    thrown,
    missing,
  };
};
