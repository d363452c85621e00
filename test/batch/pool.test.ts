import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { postedKernels } from '../../src/batch/kernel-for.js';
import type { FromWorker } from '../../src/batch/messages.js';
import { createPool, defaultSize, PoolError, startWorker } from '../../src/batch/node.js';
import { makePool, type Pool } from '../../src/batch/pool.js';
import { Scripts } from './bundled.js';

const scripts = new Scripts();
let script: URL;
let started = 0;
const open: Pool[] = [];

beforeAll(async () => {
  script = await scripts.bundle('./worker.ts');
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((pool) => pool.dispose()));
});
afterAll(() => scripts.remove());

function pool(size: number): Pool {
  started = 0;
  const made = createPool({
    size,
    createWorker: () => {
      started++;
      return startWorker(script);
    },
  });
  open.push(made);
  return made;
}

/** What a promise is rejected with. */
const failure = (promise: Promise<unknown>): Promise<Error & Record<string, unknown>> =>
  promise.then(
    () => {
      throw new Error('this should have failed');
    },
    (error) => error,
  );

describe('jobs', () => {
  test('results come in the order of the inputs, though the first takes longest', async () => {
    const ended: number[] = [];
    const told: [number, unknown][] = [];
    const inputs = [3, 1, 2, 5, 4].map((value, k) => ({ value, wait: k === 0 ? 200 : 5 }));
    const results = await pool(3).map<number>('square', inputs, {
      onResult: (index) => ended.push(index),
      onProgress: (index, value) => told.push([index, value]),
    });
    expect(results).toEqual([9, 1, 4, 25, 16]);
    expect(ended).toHaveLength(5);
    expect(ended[4]).toBe(0);
    expect(told).toContainEqual([3, 'begun 5']);
    expect(started).toBe(3);
  });

  test('workers are started when there is work, and used again', async () => {
    const workers = pool(4);
    expect(started).toBe(0);
    for (let k = 0; k < 5; k++) expect(await workers.run('square', { value: k })).toBe(k * k);
    expect(started).toBe(1);
    expect(await workers.map('square', [])).toEqual([]);
  });

  test('one worker takes jobs up in the order in which they were asked for', async () => {
    const workers = pool(1);
    const order: number[] = [];
    await Promise.all(
      [2, 0, 1].map((value) =>
        workers.run('square', { value, wait: 5 }, { onStart: () => order.push(value) }),
      ),
    );
    expect(order).toEqual([2, 0, 1]);
  });

  test('the default size is what the machine can do', () => {
    expect(createPool({ createWorker: () => startWorker(script) }).size).toBe(defaultSize());
    for (const size of [0, -1, 1.5, Number.NaN]) {
      expect(() => createPool({ size }), String(size)).toThrow(/^size must be an integer ≥ 1/);
    }
  });
});

describe('the compiled kernel', () => {
  test('is posted: workers compile nothing', async () => {
    expect(await pool(1).run('posted', undefined)).toEqual({
      A: expect.closeTo(Math.exp(-1)),
      B: expect.anything(),
    });
  });

  test('is the one that the job needs', async () => {
    const posted: string[] = [];
    const workers = makePool({
      size: 1,
      kernels: postedKernels,
      createWorker: () => {
        let hear: (message: FromWorker) => void = () => {};
        return {
          listen: ({ message }) => {
            hear = message;
          },
          post: (message) => {
            if (message.type !== 'run') return;
            const isModule = message.kernel?.code instanceof WebAssembly.Module;
            posted.push(`${message.job}: ${message.kernel?.build} ${isModule}`);
            queueMicrotask(() => hear({ type: 'result', id: message.id, value: 0 }));
          },
          hold: () => {},
          terminate: () => {},
        };
      },
    });
    open.push(workers);
    const molecules = { options: { stochastic: { volume: 100 } } };
    await Promise.all(['simulate', 'stochastic', 'train', 'stochastic'].map((job) => workers.run(job, {})));
    await workers.run('train', molecules);
    expect(posted).toEqual([
      'simulate: core true',
      'stochastic: full true',
      'train: core true',
      'stochastic: full true',
      'train: full true',
    ]);
  });

  test('goes as bytes where this thread may not compile it', async () => {
    vi.resetModules();
    vi.spyOn(WebAssembly, 'compile').mockRejectedValue(new WebAssembly.CompileError('policy'));
    const { postedKernels: fresh } = await import('../../src/batch/kernel-for.js');
    const kernels = [await fresh.post('core'), await fresh.post('full')];
    vi.restoreAllMocks();
    expect(kernels.map(({ build }) => build)).toEqual(['core', 'full']);
    vi.resetModules();
    const there = await import('../../src/engine/posted.js');
    const { createEngine } = await import('../../src/engine/engine.js');
    await expect(createEngine('wasm', 'full')).rejects.toThrow('no WebAssembly kernel yet');
    for (const kernel of kernels) there.usePosted(kernel);
    expect((await createEngine('wasm')).build).toBe('core');
    expect((await createEngine('wasm', 'full')).build).toBe('full');
  });

  test('that cannot be compiled keeps no job from running', async () => {
    const post = () => Promise.reject(new Error('no WebAssembly here'));
    const kernels = { ...postedKernels, post };
    const workers = makePool({ size: 1, kernels, createWorker: () => startWorker(script) });
    open.push(workers);
    expect(await workers.map('square', [{ value: 3 }, { value: 4 }])).toEqual([9, 16]);
  });
});

describe('errors', () => {
  test('come with class, name, message, code and cause, and the worker goes on', async () => {
    const workers = pool(1);
    const refused = await failure(workers.run('refuse', undefined));
    expect(refused).toBeInstanceOf(RangeError);
    expect(refused).toMatchObject({ message: 'rate must be > 0', code: 'badRate', hint: 'raise it' });
    expect(refused.cause).toBeInstanceOf(TypeError);
    expect(refused).not.toHaveProperty('partial');
    const failed = await failure(workers.run('fail', undefined));
    expect(failed).toMatchObject({ name: 'CircuitFailure', code: 'diverged', epoch: 3 });
    expect(await workers.run('square', { value: 4 })).toBe(16);
    expect(started).toBe(1);
  });

  test('what cannot be cloned, there or back, fails its job alone', async () => {
    const workers = pool(1);
    expect((await failure(workers.run('square', { value: () => {} }))).name).toBe('DataCloneError');
    expect((await failure(workers.run('unclonable', undefined))).name).toBe('DataCloneError');
    expect(await workers.run('square', { value: 2 })).toBe(4);
    expect(started).toBe(1);
  });

  test('an unknown job is refused with the names of those there are', async () => {
    const error = await failure(pool(1).run('sqare', undefined));
    expect(error).toBeInstanceOf(PoolError);
    expect(error.code).toBe('unknownJob');
    expect(error.message).toMatch(/no job "sqare"; it has square, refuse/);
  });

  test('the first failure of a list cancels the rest', async () => {
    const workers = pool(2);
    const taken: number[] = [];
    const error = await failure(
      workers.map('fail', Array(50).fill(undefined), { onResult: (k) => taken.push(k) }),
    );
    expect(error.code).toBe('diverged');
    expect(taken).toEqual([]);
    expect(await workers.run('square', { value: 3 })).toBe(9);
  });
});

describe('a worker that dies', () => {
  test.each([
    ['exit', 'it exited with code 7'],
    ['crash', 'RangeError: out of the blue'],
  ])('by %s fails its job and is replaced', async (job, reason) => {
    const workers = pool(1);
    const dead = failure(workers.run(job, undefined));
    const next = workers.run('square', { value: 6 });
    const error = await dead;
    expect(error).toBeInstanceOf(PoolError);
    expect(error.code).toBe('workerDied');
    expect(error.message).toBe(`the worker that ran job "${job}" ended before it was done: ${reason}`);
    expect(await next).toBe(36);
    expect(started).toBe(2);
  });

  test('of a list: the job is run once more, and named when that one dies too', async () => {
    const mortal = await scripts.bundle('./mortal.ts');
    let count = 0;
    const workers = createPool({ size: 1, createWorker: () => startWorker(count++ === 0 ? mortal : script) });
    open.push(workers);
    const again: unknown[] = [];
    const inputs = [{ value: 1 }, { value: 2 }, { value: 3 }];
    const squares = await workers.map('square', inputs, {
      onRetry: (index, { code, message }) => again.push([index, code, message]),
    });
    expect(squares).toEqual([1, 4, 9]);
    const reason = 'the worker that ran job "square" ended before it was done: it exited with code 5';
    expect(again).toEqual([[1, 'workerDied', reason]]);
    const error = await failure(workers.map('exit', [undefined]));
    expect(error).toBeInstanceOf(PoolError);
    expect(error).toMatchObject({ code: 'workerDied', index: 0 });
    expect(error.message).toMatch(/^number 0 of the list, run twice: .* it exited with code 7$/);
  });

  test('a script that does not exist, and a worker that cannot be started, fail every job and hang none', async () => {
    const missing = createPool({ size: 2, createWorker: () => startWorker(new URL('./none.mjs', script)) });
    open.push(missing);
    const errors = await Promise.all([1, 2, 3].map((value) => failure(missing.run('square', { value }))));
    for (const error of errors) expect(error.message).toMatch(/ended before it was done: .*none\.mjs/);
    const none = makePool({
      size: 1,
      createWorker: () => {
        throw new Error('no threads here');
      },
    });
    expect((await failure(none.run('square', { value: 1 }))).message).toBe('no threads here');
  });
});

describe('cancelling', () => {
  test('a running job ends at once for the caller; its worker is told, and used again', async () => {
    const workers = pool(1);
    const controller = new AbortController();
    const reason = new Error('enough');
    const endless = failure(
      workers.run('endless', undefined, {
        signal: controller.signal,
        onProgress: () => controller.abort(reason),
      }),
    );
    const waiting = workers.run('square', { value: 5 });
    expect(await endless).toBe(reason);
    expect(await waiting).toBe(25);
    expect(started).toBe(1);
  });

  test('a worker that does not hear it is ended and replaced', async () => {
    started = 0;
    const createWorker = () => {
      started++;
      return startWorker(script);
    };
    const workers = makePool({ size: 1, grace: 50, createWorker });
    open.push(workers);
    const controller = new AbortController();
    const deaf = failure(
      workers.run('deaf', undefined, { signal: controller.signal, onProgress: () => controller.abort() }),
    );
    const waiting = workers.run('square', { value: 7 });
    expect((await deaf).name).toBe('AbortError');
    expect(await waiting).toBe(49);
    expect(started).toBe(2);
  });

  test('a waiting job never starts', async () => {
    const workers = pool(1);
    const controller = new AbortController();
    let began = false;
    const first = workers.run('square', { value: 2, wait: 50 });
    const waiting = failure(
      workers.run('square', { value: 3 }, { signal: controller.signal, onStart: () => (began = true) }),
    );
    controller.abort();
    expect((await waiting).name).toBe('AbortError');
    expect((await failure(workers.run('square', { value: 1 }, { signal: controller.signal }))).name).toBe(
      'AbortError',
    );
    expect(await first).toBe(4);
    expect(began).toBe(false);
  });
});

describe('the end', () => {
  test('dispose fails what is not done, and the pool does no more', async () => {
    const workers = pool(1);
    const running = failure(workers.run('endless', undefined));
    const waiting = failure(workers.run('square', { value: 1 }));
    await workers.dispose();
    expect((await running).code).toBe('disposed');
    expect((await waiting).message).toMatch(/disposed of before job "square" was done/);
    expect((await failure(workers.run('square', { value: 1 }))).code).toBe('disposed');
    await workers.dispose();
  });

  test('a worker that answers while it is being ended is not let go: its end would not be waited for', async () => {
    const acts: string[] = [];
    let answer = (_: FromWorker) => {};
    let end = () => {};
    const workers = makePool({
      size: 1,
      createWorker: () => ({
        post: ({ type, id }) => acts.push(`${type} ${id}`),
        listen: ({ message }) => {
          answer = message;
        },
        hold: (busy) => acts.push(busy ? 'hold' : 'let go'),
        terminate: () =>
          new Promise<void>((resolve) => {
            acts.push('terminate');
            end = resolve;
          }),
      }),
    });
    const controller = new AbortController();
    const running = failure(workers.run('any', undefined, { signal: controller.signal }));
    controller.abort(new Error('enough'));
    expect((await running).message).toBe('enough');
    const over = workers.dispose();
    answer({ type: 'result', id: 1, value: 'late' });
    end();
    await over;
    expect(acts).toEqual(['hold', 'run 1', 'cancel 1', 'terminate']);
  });

  test.each([
    ['dispose', '1 4 9 disposed'],
    ['forget', '1 4 9'],
  ])('a program that does %s its pool exits by itself', async (how, printed) => {
    const program = await scripts.bundle('./idle.ts');
    const child = spawn(process.execPath, [fileURLToPath(program), script.href, how]);
    let text = '';
    child.stdout.on('data', (piece) => {
      text += piece;
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(text).toBe(printed);
    expect(code).toBe(0);
  });
});
