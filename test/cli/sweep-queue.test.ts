import type { ChildProcess } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { describeWithRedis, RedisServer } from '../tools/redis.js';
import {
  brusselator,
  buildTime,
  bundle,
  type Ended,
  neuralCrn,
  type RunOptions,
  ready,
  until,
  Workplace,
} from './command.js';

const place = new Workplace();
const run = (args: string[], options: RunOptions = {}) => neuralCrn(args, { cwd: place.path, ...options });
const bytes = (out: string) => [
  readFileSync(place.at(`${out}/results.csv`), 'utf8'),
  readFileSync(place.at(`${out}/results.parquet`)).toString('base64'),
];
const store = (out: string) => place.at(`${out}/results.jsonl`);
const ids = (out: string): string[] =>
  existsSync(store(out))
    ? readFileSync(store(out), 'utf8')
        .split('\n')
        .slice(1, -1)
        .map((line) => JSON.parse(line).id)
    : [];

beforeAll(async () => {
  await ready();
  place.write(
    'b.crn',
    `param F = 3\n${brusselator.replace('const B = 3', 'const B = 1').replace('B + X ->', 'B + X ->{F}')}`,
  );
}, buildTime);
afterAll(() => place.remove());

test('without the packages of queues it is said what to install', async () => {
  // The command as it lies where nothing is installed beside it.
  copyFileSync(bundle, place.at('cli.mjs'));
  const script = place.at('cli.mjs');
  for (const words of [
    ['worker', '--queue', 'redis://127.0.0.1:1'],
    ['sweep', 'b.crn', '--option', 'to=1', '--queue', 'redis://127.0.0.1:1', '--out', 'none'],
  ]) {
    const { code, stderr, stdout } = await run(words, { script });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /^error: --queue: queues need the optional packages bullmq and ioredis; ioredis and bullmq could not be loaded\n {2}hint: install them with `npm install bullmq ioredis`/,
    );
  }
});

test('a worker needs a queue that is there', async () => {
  const none = await run(['worker']);
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('--queue is missing')]);
  const gone = await run(['worker', '--queue', 'redis://u:secret@127.0.0.1:1']);
  expect(gone.code).toBe(2);
  expect(gone.stderr).toMatch(/no Redis can be used at redis:\/\/u:…@127\.0\.0\.1:1: /);
});

describeWithRedis('a sweep on several machines', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await RedisServer.start();
  });
  // A worker waits for its Redis as long as it takes: none may be left behind by a test that has failed.
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });
  afterAll(() => redis?.remove());

  interface Running {
    child: ChildProcess;
    ended: Promise<Ended>;
    text: { stderr: string };
  }
  /** A worker process that is ready. */
  const worker = async (...flags: string[]): Promise<Running> => {
    const text = { stderr: '' };
    let child: ChildProcess | undefined;
    const ended = run(['worker', '--queue', redis.url, '--workers', '1', ...flags], {
      during: (one) => {
        child = one;
        children.push(one);
        one.stderr.on('data', (piece) => {
          text.stderr += piece;
        });
      },
    });
    await until(() => text.stderr.includes('ready: 1 place'));
    return { child: child as ChildProcess, ended, text };
  };
  const words = (out: string) => [
    ...['sweep', 'b.crn', '--range', 'F=1:4:20', '--grid', 'maxSteps=200,1000000', '--option', 'to=9000'],
    ...['--take', 'final', '--take', 'stats', '--no-figures', '--out', out],
  ];

  test('has the bytes of a local one, though a worker is killed and Redis goes away', async () => {
    const local = await run([...words('local'), '--workers', '2']);
    // Some of the cases fail: that is a result like others.
    expect(local.code).toBe(1);
    const name = ['--name', 'bytes'];
    const first = await worker(...name, '--lost-after', '1');
    const second = await worker(...name, '--lost-after', '1');
    const sweep = await run([...words('queued'), '--queue', redis.url, ...name], {
      during: async () => {
        await until(() => ids('queued').length >= 4);
        first.child.kill('SIGKILL');
        await until(() => ids('queued').length >= 12);
        await redis.end();
        await redis.begin();
      },
    });
    expect(sweep.code).toBe(1);
    expect(sweep.stderr).toMatch(/^40 cases to run; 2 workers with 2 places\n/);
    expect(sweep.stderr).toContain('Redis cannot be reached; waiting for it …\nRedis is back\n');
    expect(bytes('queued')).toEqual(bytes('local'));
    expect(ids('queued')).toHaveLength(40);
    expect(ids('queued').sort()).toEqual(ids('local').sort());
    second.child.kill('SIGINT');
    expect((await second.ended).code).toBe(130);
    expect(second.text.stderr).toMatch(/stopped after \d+ jobs\n$/);
  });

  test('goes on after kill -9 of the sweep itself, with what workers did meanwhile', async () => {
    const name = ['--name', 'going-on'];
    const one = await worker(...name);
    const flags = ['--queue', redis.url, ...name];
    const killed = await run([...words('resumed'), ...flags], {
      during: async (child) => {
        await until(() => ids('resumed').length >= 5);
        child.kill('SIGKILL');
      },
    });
    expect(killed.signal).toBe('SIGKILL');
    const kept = ids('resumed').length;
    const { code, stderr } = await run([...words('resumed'), ...flags]);
    expect(code).toBe(1);
    expect(stderr).toContain(`${40 - kept} cases to run, ${kept} are there; 1 worker with 1 place\n`);
    expect(bytes('resumed')).toEqual(bytes('local'));
    // Each was done once, whoever asked for it.
    one.child.kill('SIGTERM');
    expect((await one.ended).code).toBe(143);
    const done = Number(/stopped after (\d+) jobs/.exec(one.text.stderr)?.[1]);
    expect(done).toBeGreaterThanOrEqual(40);
    expect(done).toBeLessThanOrEqual(41);
  });

  test('two sweeps of the same cases at once, of which one is stopped: the other has all of its own', async () => {
    const name = ['--name', 'both'];
    await worker(...name);
    const flags = ['--queue', redis.url, ...name];
    const other = run([...words('second'), ...flags]);
    const first = await run([...words('first'), ...flags], {
      during: async (child) => {
        await until(() => ids('first').length >= 5 && ids('second').length >= 1);
        child.kill('SIGINT');
      },
    });
    expect(first.code).toBe(130);
    expect((await other).code).toBe(1);
    expect(bytes('second')).toEqual(bytes('local'));
    // And what is left of the first is run by whoever is there.
    expect((await run([...words('first'), ...flags])).code).toBe(1);
    expect(bytes('first')).toEqual(bytes('local'));
  });

  test('a worker ends at the first signal though Redis has gone', async () => {
    const away = await RedisServer.start();
    try {
      const { child, ended, text } = await worker('--queue', away.url);
      await away.end('SIGKILL');
      await until(() => text.stderr.includes('Redis cannot be reached; waiting for it …\n'));
      child.kill('SIGTERM');
      expect(await ended).toMatchObject({ code: 143, signal: null });
      expect(text.stderr).toMatch(/stopped after 0 jobs\n$/);
    } finally {
      await away.remove();
    }
  });

  test('Ctrl-C takes what is not begun out of the queue; a worker stops by itself when there is nothing', async () => {
    const name = ['--name', 'stopped'];
    const url = redis.url.replace('//', '//:hush@');
    const stopped = await run([...words('stopped'), '--queue', url, ...name], {
      during: async (child) => {
        const direct = redis.client();
        await until(() => existsSync(store('stopped')));
        while ((await direct.llen('neural-crn:stopped:wait')) < 40)
          await new Promise((r) => setTimeout(r, 20));
        direct.disconnect();
        child.kill('SIGINT');
      },
    });
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toMatch(
      /^40 cases to run; no worker yet: start some by `neural-crn worker --queue …`\n/,
    );
    expect(stopped.stderr).toContain('interrupted: 0 of 40 cases are kept in stopped\n');
    // The command to go on with is told, but not its password.
    expect(stopped.stderr).toMatch(/\ngo on with: .*--queue \S*redis:\/\/:…@127/);
    for (const text of [
      stopped.stdout,
      stopped.stderr,
      ...bytes('stopped'),
      readFileSync(store('stopped'), 'utf8'),
    ]) {
      expect(text).not.toContain('hush');
    }
    const idle = await worker(...name, '--idle', '1');
    expect(await idle.ended).toMatchObject({ code: 0 });
    expect(idle.text.stderr).toContain('stopped after 0 jobs\n');
  });
});
