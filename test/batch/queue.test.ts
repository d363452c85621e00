import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { PoolError, simulateOver } from '../../src/batch/node.js';
import {
  createQueuePool,
  QueueError,
  type QueuePool,
  startQueueWorker,
} from '../../src/batch/queue/index.js';
import { RESULTS_VERSION } from '../../src/batch/store/identity.js';
import { simulateMany } from '../../src/index.js';
import { robertson } from '../problems/index.js';
import { networkOf } from '../tools/network.js';
import { describeWithRedis, RedisServer } from '../tools/redis.js';
import { Scripts } from './bundled.js';

describeWithRedis('a queue on Redis', () => {
  const scripts = new Scripts();
  const folder = mkdtempSync(join(tmpdir(), 'neural-crn-queue-'));
  let redis: RedisServer;
  let helper: string;
  let askerScript: string;
  let threads: string;
  const pools: QueuePool[] = [];
  const children: ChildProcess[] = [];
  let queues = 0;
  let name = '';

  beforeAll(async () => {
    redis = await RedisServer.start();
    threads = fileURLToPath(await scripts.bundle('./queue-threads.ts'));
    // Where the scripts lie there are no packages.
    symlinkSync(
      fileURLToPath(new URL('../../node_modules', import.meta.url)),
      join(scripts.path, 'node_modules'),
    );
    const packages = ['bullmq', 'ioredis'];
    helper = fileURLToPath(await scripts.bundle('./queue-helper.ts', 'queue-helper.ts', 'esm', packages));
    askerScript = fileURLToPath(await scripts.bundle('./queue-asker.ts', 'queue-asker.ts', 'esm', packages));
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await Promise.all(pools.splice(0).map((pool) => pool.dispose()));
  });
  afterAll(async () => {
    await redis?.remove();
    scripts.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Another queue for every test. */
  const fresh = () => {
    name = `queue-${++queues}`;
    return { log: join(folder, name) };
  };
  const client = async () => {
    const pool = await createQueuePool({ url: redis.url, name });
    pools.push(pool);
    return pool;
  };

  interface Told {
    event: string;
    job?: string;
    message?: string;
    code?: string;
  }
  /** A worker process, with what it tells. */
  const worker = async (size = 1, lostAfter = 1) => {
    const child = fork(helper, [redis.url, name, threads, String(size), String(lostAfter)]);
    children.push(child);
    const told: Told[] = [];
    child.on('message', (message: Told) => told.push(message));
    const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()));
    await until(() => told.length > 0 || child.exitCode !== null);
    expect(told[0]).toEqual({ event: 'ready' });
    return { child, told, ended };
  };
  const until = async (condition: () => boolean | Promise<boolean>) => {
    while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  const lines = (log: string) => (existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : []);
  const begun = (log: string) => lines(log).filter((line) => line.startsWith('begun'));

  test('is a pool: results, errors and progress as those of threads', async () => {
    const { log } = fresh();
    await worker(2);
    const pool = await client();
    expect([pool.workers, pool.size]).toEqual([1, 2]);
    const told: unknown[] = [];
    let starts = 0;
    const value = await pool.run(
      'slow',
      { log, wait: 50, value: { at: Float64Array.of(-0, Number.NaN), none: undefined } },
      { onProgress: (progress) => told.push(progress), onStart: () => starts++ },
    );
    expect(value).toEqual({ at: Float64Array.of(-0, Number.NaN), none: undefined });
    expect(told).toEqual([{ part: 0.5 }]);
    expect(starts).toBe(1);
    const wrong = await pool.run('wrong', {}).catch((error) => error);
    expect(wrong).toBeInstanceOf(RangeError);
    expect(wrong).toMatchObject({ message: 'out of range', code: 'tooFar' });
    await expect(pool.run('nonsense', {})).rejects.toMatchObject({ name: 'PoolError', code: 'unknownJob' });
    const wait = 5;
    const results = await pool.map(
      'slow',
      [3, 1, 2].map((value) => ({ log, wait, value })),
    );
    expect(results).toEqual([3, 1, 2]);
  });

  test('an ensemble over it has the bits of one thread', async () => {
    fresh();
    await Promise.all([worker(), worker()]);
    const network = networkOf(robertson.text);
    const runs = Array.from({ length: 12 }, (_, k) => ({ to: 10 ** (1 + (k % 5)), rtol: 1e-6 / (1 + k) }));
    const told = (solutions: Awaited<ReturnType<typeof simulateMany>>) =>
      solutions.map((one) => JSON.stringify([one.toCSV(), one.final, one.stats, one.at(0.37)]));
    const here = told(await simulateMany(network, runs, { to: 1, save: 20 }));
    expect(told(await simulateOver(await client(), network, runs, { to: 1, save: 20 }))).toEqual(here);
  });

  test('a job that is asked for twice is done once, by one process or after another', async () => {
    const { log } = fresh();
    const job = { log, wait: 300, value: 7 };
    const { child } = await worker();
    const asker = fork(askerScript, [redis.url, name, JSON.stringify(job)]);
    children.push(asker);
    await until(() => begun(log).length === 1);
    asker.kill('SIGKILL');
    await until(() => lines(log).length === 2);
    const second = await client();
    expect(await Promise.all([second.run('slow', job), second.run('slow', { ...job })])).toEqual([7, 7]);
    expect(begun(log)).toHaveLength(1);
    // While it is under way, likewise.
    const other = { ...job, value: 8 };
    const [one, two] = [await client(), await client()];
    const first = one.run('slow', other);
    await until(() => begun(log).length === 2);
    expect(await Promise.all([first, two.run('slow', other)])).toEqual([8, 8]);
    expect(begun(log)).toHaveLength(2);
    child.kill('SIGKILL');
  });

  test('the jobs of a worker that is killed are begun again by another', async () => {
    const { log } = fresh();
    const killed = await worker();
    const pool = await client();
    const result = pool.run('slow', { log, wait: 1500, value: 'there' });
    await until(() => begun(log).length === 1);
    killed.child.kill('SIGKILL');
    await worker();
    expect(await result).toBe('there');
    const pids = begun(log);
    expect(pids).toHaveLength(2);
    expect(pids[0]).toContain(String(killed.child.pid));
  });

  test('a job whose thread dies is tried again, and then is lost', async () => {
    fresh();
    const { told } = await worker();
    const error = await (await client()).run('dies', {}).catch((error) => error);
    expect(error).toBeInstanceOf(PoolError);
    expect(error).toMatchObject({
      code: 'workerDied',
      message: expect.stringContaining('exited with code 7'),
    });
    expect(told.filter(({ event }) => event === 'lost')).toHaveLength(3);
  });

  test('a cancelled job leaves the queue, or is stopped where it runs', async () => {
    const { log } = fresh();
    const { told } = await worker();
    const pool = await client();
    const stop = new AbortController();
    const jobs = [1, 2, 3].map((value) =>
      pool.run('slow', { log, wait: 60_000, value }, { signal: stop.signal }),
    );
    await until(() => begun(log).length === 1);
    stop.abort(new Error('enough'));
    for (const job of jobs) await expect(job).rejects.toThrow('enough');
    await until(() => told.some(({ event }) => event === 'cancelled'));
    // The place is free at once, and what was cancelled can be asked for again.
    expect(await pool.run('slow', { log: `${log}-more`, wait: 1, value: 4 })).toBe(4);
    const again = pool.run('slow', { log, wait: 60_000, value: 1 }, { signal: new AbortController().signal });
    again.catch(() => {});
    await until(() => begun(log).length === 2);
  });

  test('what one process cancels, another that waits for it still gets', async () => {
    const { log } = fresh();
    await worker();
    const [one, other] = [await client(), await client()];
    const stop = new AbortController();
    const [running, waiting] = [1, 2].map((value) => ({ log, wait: 700, value }));
    const cancelled = [running, waiting].map((job) => one.run('slow', job, { signal: stop.signal }));
    const wanted = [running, waiting].map((job) => other.run('slow', job));
    await until(() => begun(log).length === 1);
    stop.abort(new Error('enough'));
    for (const job of cancelled) await expect(job).rejects.toThrow('enough');
    expect(await Promise.all(wanted)).toEqual([1, 2]);
  });

  test('a job that costs every worker its life is lost, and not begun for ever', async () => {
    const { log } = fresh();
    const pool = await client();
    const lost = pool.run('slow', { log, wait: 60_000, value: 1 }).catch((error) => error);
    for (let killed = 1; killed <= 4; killed++) {
      const { child } = await worker();
      await until(() => begun(log).length === killed);
      child.kill('SIGKILL');
    }
    await worker();
    expect(await lost).toMatchObject({
      name: 'PoolError',
      code: 'workerDied',
      message: expect.stringContaining('job "slow" could not be finished by any worker'),
    });
    expect(begun(log)).toHaveLength(4);
  });

  test('a result of many megabytes comes whole', async () => {
    const { log } = fresh();
    await worker();
    const value = Float64Array.from({ length: 1_000_000 }, (_, k) => Math.sin(k));
    const pool = await client();
    const got = await pool.run<Float64Array>('slow', { log, wait: 1, value });
    expect(Buffer.compare(Buffer.from(got.buffer), Buffer.from(value.buffer))).toBe(0);
  });

  test('a worker that is stopped finishes what it has, or gives it back', async () => {
    const { log } = fresh();
    const pool = await client();
    const one = await worker();
    const finished = pool.run('slow', { log, wait: 600, value: 1 });
    await until(() => begun(log).length === 1);
    const later = pool.run('slow', { log, wait: 600, value: 2 });
    one.child.send('finish');
    expect(await finished).toBe(1);
    await one.ended;
    expect(begun(log)).toHaveLength(1);
    const two = await worker();
    await until(() => begun(log).length === 2);
    two.child.send('return');
    await two.ended;
    expect(two.told.map(({ event }) => event)).toContain('returned');
    // At once, not when its lock has run out.
    const three = await worker(1, 60);
    expect(await later).toBe(2);
    expect(begun(log).map((line) => line.slice(6))).toEqual(
      [one, two, three].map(({ child }) => String(child.pid)),
    );
  });

  test('Redis may go away and come back', async () => {
    const { log } = fresh();
    const links: string[] = [];
    const pool = await createQueuePool({ url: redis.url, name, onLink: (state) => links.push(state) });
    pools.push(pool);
    await worker();
    const results = [1, 2, 3].map((value) => pool.run('slow', { log, wait: 400, value }));
    await until(() => begun(log).length === 1);
    await redis.end();
    await until(() => links.includes('away'));
    await until(() => lines(log).includes(lines(log)[0].replace('begun', 'ended')));
    await redis.begin();
    expect(await Promise.all(results)).toEqual([1, 2, 3]);
    expect(links).toEqual(['away', 'back']);
  });

  test('a Redis that has forgotten everything is given the jobs again', async () => {
    const { log } = fresh();
    const pool = await client();
    const result = pool.run('slow', { log, wait: 5, value: 'x'.repeat(9000) });
    await until(() => pool.workers === 0);
    const direct = redis.client();
    await until(async () => (await direct.keys(`neural-crn:${name}:job-*`)).length === 1);
    await direct.flushall();
    direct.disconnect();
    await worker();
    expect(await result).toBe('x'.repeat(9000));
  });

  test('another version is refused by whoever comes second', async () => {
    const { log } = fresh();
    const direct = redis.client();
    // Jobs of another version are there: neither a sweep nor a worker of this one may come.
    await direct.set(`neural-crn/${name}/version`, '0.0.1-old');
    await direct.lpush(`neural-crn:${name}:wait`, 'job-1');
    const refused = { name: 'QueueError', code: 'otherVersion' };
    await expect(createQueuePool({ url: redis.url, name })).rejects.toMatchObject(refused);
    await expect(startQueueWorker({ url: redis.url, name, size: 1 })).rejects.toMatchObject(refused);
    await expect(createQueuePool({ url: redis.url, name })).rejects.toThrow(
      `the 1 jobs in queue ${name} are of version 0.0.1-old, this is ${RESULTS_VERSION}`,
    );
    // All workers are of another version.
    fresh();
    const member = JSON.stringify({ id: 'a', host: 'far', pid: 1, size: 4, version: '9.9.9-new' });
    await direct.zadd(`neural-crn/${name}/workers`, Math.floor(Date.now() / 1000) + 60, member);
    await expect(createQueuePool({ url: redis.url, name })).rejects.toThrow(
      `the workers of queue ${name} are of version 9.9.9-new (far)`,
    );
    // A worker that was there before is handed a job of another version: it gives it back, and stops.
    fresh();
    const there = await worker();
    const { Queue } = await import('bullmq');
    const queue = new Queue(name, { connection: direct, prefix: 'neural-crn' });
    await queue.add('slow', { version: '9.9.9-new', input: '{}', parts: {} }, { jobId: 'job-other' });
    await there.ended;
    expect(there.told.at(-1)).toMatchObject({ event: 'refused', code: 'otherVersion' });
    expect(await (await queue.getJob('job-other'))?.getState()).toMatch(/waiting|delayed/);
    expect(lines(log)).toEqual([]);
    await queue.close();
    direct.disconnect();
  });

  test('an address that is none, nobody there, a name that cannot be', async () => {
    const code = (options: { url: string; name?: string }) =>
      createQueuePool(options).then(
        () => 'connected',
        (error) => [error instanceof QueueError, error.code, error.message],
      );
    expect(await code({ url: 'http://host' })).toEqual([
      true,
      'badAddress',
      expect.stringContaining('"http://host"'),
    ]);
    expect(await code({ url: redis.url, name: 'a:b' })).toEqual([
      true,
      'badAddress',
      expect.stringContaining('"a:b"'),
    ]);
    expect(await code({ url: 'redis://:secret@127.0.0.1:1' })).toEqual([
      ...[
        true,
        'unreachable',
        expect.stringMatching(/^no Redis can be used at redis:\/\/:…@127\.0\.0\.1:1: .*ECONNREFUSED/),
      ],
    ]);
  });
});
