import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { PoolError, startWorker } from '../../src/batch/node.js';
import { makePool } from '../../src/batch/pool.js';
import { createSimulator, type SimulateOptions, SolveFailure, simulate } from '../../src/index.js';
import { createWorkerSimulator } from '../../src/web/node.js';
import { type WorkerSimulator, workerSimulator } from '../../src/web/worker-simulator.js';
import { Scripts } from '../batch/bundled.js';
import { hires, robertson } from '../problems/index.js';
import { networkOf } from '../tools/network.js';

const scripts = new Scripts();
let script: URL;
let started = 0;
const open: WorkerSimulator[] = [];

beforeAll(async () => {
  script = await scripts.bundle('../../src/batch/worker.ts');
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((simulator) => simulator.dispose()));
});
afterAll(() => scripts.remove());

const createWorker = () => {
  started++;
  return startWorker(script);
};

async function make(text: string, options: SimulateOptions): Promise<WorkerSimulator> {
  started = 0;
  const simulator = await createWorkerSimulator(networkOf(text), options, { createWorker });
  open.push(simulator);
  return simulator;
}

/** What a promise is rejected with. */
const failure = (promise: Promise<unknown>): Promise<SolveFailure> =>
  promise.then(
    () => {
      throw new Error('this should have failed');
    },
    (error) => error,
  );

/** A run of many small steps, which takes long enough to be cancelled. */
const endless = {
  text: 'init A = 1; A ->{1} B; B ->{1} A',
  options: { to: 1e9, fixedStep: 1e-3, save: 4, maxSteps: 1e12 },
};

describe('a simulator in a worker', () => {
  test.each(['wasm', 'js'] as const)(
    'gives real solutions with the bits of this thread, by engine %s',
    async (engine) => {
      const options: SimulateOptions = { to: 300, save: 10, engine };
      const there = await make(hires.text, options);
      const here = await createSimulator(networkOf(hires.text), options);
      expect(there.species).toEqual(here.species);
      for (const overrides of [
        {},
        { initial: { [here.species[0]]: 2 } },
        { to: 20, saveAt: [1, 7.5], rtol: 1e-9 },
        {},
      ]) {
        const found = await there.run(overrides);
        const wanted = here.run(overrides);
        expect(found.toTable()).toEqual(wanted.toTable());
        expect({ ...found.final, ...found.stats, status: found.status }).toEqual({
          ...wanted.final,
          ...wanted.stats,
          status: 'done',
        });
        // Between rows, before the first one and at the ends.
        for (const time of [0, 0.3, 3.21, 19.9, 20]) expect(found.at(time)).toEqual(wanted.at(time));
        expect(() => found.at(301)).toThrow(RangeError);
      }
      expect(started).toBe(1);
      here.dispose();
    },
  );

  test('knows schedules whose edges move, between their rows too', async () => {
    const text = `init A = 3; make: A -> B; fade: B ->{2} C
      phase one 5: make; phase two 2 when B rises 1: make, fade; dose A += 0.5 at two`;
    const options = { to: 9, save: 3 };
    const found = await (await make(text, options)).run();
    const wanted = await simulate(networkOf(text), options);
    expect(found.stats.events).toBeGreaterThan(0);
    for (const time of [0.2, 1, 2.6, 4.4, 8.9]) expect(found.at(time)).toEqual(wanted.at(time));
  });

  test('says which kernels the last run ended with', async () => {
    const simulator = await make(robertson.text, { to: 1, kernels: 'generated' });
    expect(simulator.kernels.kind).toBe('interpreted');
    await simulator.run();
    expect(simulator.kernels).toEqual({ kind: 'generated', note: undefined });
  });

  test('runs one after the other, in the order in which they are asked for', async () => {
    const simulator = await make(robertson.text, { to: 100 });
    const ended: number[] = [];
    const runs = [1e4, 1, 10].map((to, k) => simulator.run({ to }).finally(() => ended.push(k)));
    await Promise.all(runs);
    expect(ended).toEqual([0, 1, 2]);
    expect(started).toBe(1);
  });

  test('tells its progress, by the option of the simulator or of the run', async () => {
    const told: string[] = [];
    let last = 0;
    const simulator = await make(robertson.text, { to: 40, onProgress: () => told.push('simulator') });
    await simulator.run();
    await simulator.run({
      onProgress: ({ fraction }) => {
        told.push('run');
        last = fraction;
      },
    });
    expect(new Set(told)).toEqual(new Set(['simulator', 'run']));
    expect(told.indexOf('run')).toBe(told.lastIndexOf('simulator') + 1);
    expect(last).toBe(1);
  });
});

describe('what goes wrong', () => {
  test('bad options and overrides are refused here, before any worker', async () => {
    await expect(make(robertson.text, { to: -1 })).rejects.toThrow(/^to must be greater/);
    const simulator = await make(robertson.text, { to: 1 });
    await expect(simulator.run({ rtol: 2 })).rejects.toThrow(/^rtol must be/);
    await expect(simulator.run({ engine: 'js' } as object)).rejects.toThrow(/^engine is fixed/);
    expect(started).toBe(0);
  });

  test('a run that fails rejects with SolveFailure and what there is of it; the next one runs', async () => {
    const options = { to: 2, save: 20 };
    const text = 'init A = 1; 2 A ->{1} 3 A';
    const simulator = await make(text, options);
    const error = await failure(simulator.run());
    expect(error).toBeInstanceOf(SolveFailure);
    const wanted = await failure(simulate(networkOf(text), options));
    expect({ ...error, partial: error.partial?.toTable() }).toEqual({
      ...wanted,
      partial: wanted.partial?.toTable(),
    });
    expect(error.message).toBe(wanted.message);
    expect(error.partial?.at(0.33)).toEqual(wanted.partial?.at(0.33));
    expect((await simulator.run({ to: 0.5 })).status).toBe('done');
    expect(started).toBe(1);
  });

  test('cancelling ends the run where it is, with what there is', async () => {
    const simulator = await make(endless.text, endless.options);
    const stop = new AbortController();
    const running = simulator.run({ signal: stop.signal, onProgress: () => stop.abort() });
    const error = await failure(running);
    expect(error).toBeInstanceOf(SolveFailure);
    expect(error.code).toBe('cancelled');
    expect(error.time).toBeGreaterThan(0);
    expect(error.partial?.times).toEqual(Float64Array.of(0));
    expect((await simulator.run({ to: 1 })).status).toBe('done');
    expect(started).toBe(1);
  });

  test('cancelling before a run has begun', async () => {
    const simulator = await make(endless.text, endless.options);
    const stop = new AbortController();
    const first = failure(simulator.run({ signal: stop.signal }));
    const second = failure(simulator.run({ signal: stop.signal }));
    stop.abort();
    for (const error of [await first, await second, await failure(simulator.run({ signal: stop.signal }))]) {
      expect(error).toBeInstanceOf(SolveFailure);
      expect(error.code).toBe('cancelled');
    }
    // The network is sent again where the first run did not reach the worker.
    expect((await simulator.run({ to: 1 })).status).toBe('done');
  });

  test('a worker that does not hear of it is ended, and says how far it told it was', async () => {
    const deaf = await scripts.bundle('../web/deaf.ts');
    const simulator = await workerSimulator(networkOf(endless.text), endless.options, () =>
      makePool({ size: 1, grace: 50, createWorker: () => startWorker(deaf) }),
    );
    const stop = new AbortController();
    const error = await failure(simulator.run({ signal: stop.signal, onProgress: () => stop.abort() }));
    expect(error).toMatchObject({
      name: 'SolveFailure',
      code: 'cancelled',
      time: 3,
      step: 7,
      partial: undefined,
    });
    await simulator.dispose();
  });

  test('a worker that dies fails its run; the next gets a new one and the network again', async () => {
    const crashing = await scripts.bundle('../web/crashing.ts');
    let count = 0;
    const simulator = await createWorkerSimulator(
      networkOf(robertson.text),
      { to: 1 },
      { createWorker: () => startWorker(count++ === 0 ? crashing : script) },
    );
    open.push(simulator);
    const error: Error = await failure(simulator.run());
    expect(error).toBeInstanceOf(PoolError);
    expect(error).toMatchObject({
      code: 'workerDied',
      message: expect.stringContaining('out of memory, say'),
    });
    expect((await simulator.run()).status).toBe('done');
    expect(count).toBe(2);
  });

  test('dispose ends what runs, and what comes after is refused', async () => {
    const simulator = await make(endless.text, endless.options);
    const running = failure(simulator.run());
    await simulator.dispose();
    expect(await running).toMatchObject({ name: 'PoolError', code: 'disposed' });
    expect(await failure(simulator.run())).toMatchObject({ name: 'PoolError', code: 'disposed' });
  });
});
