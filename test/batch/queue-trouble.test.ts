import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { shown } from '../../src/batch/queue/address.js';
import { createQueuePool, QueueError, startQueueWorker } from '../../src/batch/queue/index.js';
import { describeWithRedis, RedisServer } from '../tools/redis.js';

/** What becomes of a queue and of a worker there. */
const refusals = async (url: string): Promise<string[]> => {
  const attempts = [createQueuePool({ url }), startQueueWorker({ url, size: 1 })];
  const outcomes = await Promise.allSettled(attempts);
  return outcomes.map((one) => {
    if (one.status === 'fulfilled') return 'connected';
    expect(one.reason).toBeInstanceOf(QueueError);
    return `${one.reason.code}: ${one.reason.message}`;
  });
};

test('an address is shown without what may be a password', () => {
  expect(
    [
      'redis://host:6379/3',
      'redis://:hush@host',
      'rediss://me:a/b@c@host:1/2',
      'redis://host?password=hush&db=3',
      'redis://me@host',
    ].map(shown),
  ).toEqual([
    'redis://host:6379/3',
    'redis://:…@host',
    'rediss://me:…@host:1/2',
    'redis://host?password=…&db=…',
    'redis://me@host',
  ]);
});

describe('what is no Redis to be used', () => {
  const sockets: Socket[] = [];
  let close = () => {};
  afterEach(() => {
    vi.useRealTimers();
    for (const socket of sockets.splice(0)) socket.destroy();
    close();
  });

  /** A server that answers every command by its name. */
  const serverOf = async (answer: (command: string, socket: Socket) => string | undefined) => {
    const server = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => {});
      socket.on('data', (data) => {
        for (const [, name] of data.toString().matchAll(/\*\d+\r\n\$\d+\r\n(\w+)/g)) {
          const text = answer(name.toLowerCase(), socket);
          if (text !== undefined) socket.write(text);
        }
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    close = () => server.close();
    return { server, url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}` };
  };

  test('something else is told', async () => {
    const { url } = await serverOf(() => 'HTTP/1.1 400 Bad Request\r\n\r\n');
    expect(await refusals(url)).toEqual(
      Array(2).fill(`unreachable: no Redis can be used at ${url}: what answers there is something else`),
    );
  });

  test('an old version is told', async () => {
    const info = 'redis_version:4.0.9\r\nloading:0\r\n';
    const { url } = await serverOf((command) => {
      if (command === 'hello') return "-ERR unknown command 'HELLO'\r\n";
      return command === 'info' ? `$${info.length}\r\n${info}\r\n` : '+OK\r\n';
    });
    expect(await refusals(url)).toEqual(
      Array(2).fill(
        `unreachable: no Redis can be used at ${url}: it is of version 4.0.9, and 5 or newer is needed`,
      ),
    );
  });

  test('what never says a word is not waited for', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { server, url } = await serverOf(() => undefined);
    const connected = once(server, 'connection');
    const refused = expect(createQueuePool({ url })).rejects.toThrow(
      `no Redis can be used at ${url}: nothing was answered within 10 s`,
    );
    await connected;
    await once(sockets[0], 'data');
    await vi.advanceTimersByTimeAsync(10_000);
    await refused;
  });
});

describeWithRedis('a Redis that', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await RedisServer.start();
    return () => redis.remove();
  });

  test('does not have the database', async () => {
    expect(await refusals(`${redis.url}/99`)).toEqual(
      Array(2).fill(`unreachable: no Redis can be used at ${redis.url}/99: ERR DB index is out of range`),
    );
  });

  test('may only be read', async () => {
    const direct = redis.client();
    await direct.replicaof('127.0.0.1', '1');
    try {
      for (const words of await refusals(redis.url)) expect(words).toMatch(/^unreachable: .*: READONLY /);
    } finally {
      await direct.replicaof('NO', 'ONE');
      direct.disconnect();
    }
  });

  test('needs a password, which is never shown', async () => {
    const direct = redis.client();
    await direct.config('SET', 'requirepass', 'hush');
    try {
      const wrong = redis.url.replace('//', '//:guess@');
      for (const words of await refusals(redis.url)) expect(words).toMatch(/^unreachable: .*: NOAUTH /);
      for (const url of [wrong, `${redis.url}?password=guess`]) {
        for (const words of await refusals(url)) {
          expect(words).toMatch(/^unreachable: .*….*: WRONGPASS /);
          expect(words).not.toContain('guess');
        }
      }
      const pool = await createQueuePool({ url: redis.url.replace('//', '//:hush@') });
      await pool.dispose();
      for (const key of await direct.keys('*')) {
        const kind = await direct.type(key);
        const kept =
          kind === 'string' ? await direct.get(key) : kind === 'hash' ? await direct.hgetall(key) : '';
        expect(JSON.stringify([key, kept])).not.toContain('hush');
      }
    } finally {
      await direct.config('SET', 'requirepass', '');
      direct.disconnect();
    }
  });

  test('has gone keeps neither a queue nor an idle worker from ending', async () => {
    const pool = await createQueuePool({ url: redis.url, name: 'gone' });
    const lost = expect(pool.run('slow', {})).rejects.toMatchObject({ code: 'disposed' });
    const worker = await startQueueWorker({ url: redis.url, name: 'gone-too', size: 1 });
    await redis.end('SIGKILL');
    try {
      await Promise.all([pool.dispose(), worker.stop(), worker.ended, lost]);
    } finally {
      await redis.begin();
    }
  });
});
