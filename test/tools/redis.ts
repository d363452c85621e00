/** A Redis of the system, started for a test file on a port of its own. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { describe } from 'vitest';

const command = process.env.REDIS_SERVER ?? 'redis-server';
const isThere = spawnSync(command, ['--version']).status === 0;

/** Whether tests with Redis are left out, and why; never where `NEURAL_CRN_REDIS=required`, as in CI. */
export const noRedis = !isThere && process.env.NEURAL_CRN_REDIS !== 'required';

if (noRedis) {
  console.warn(
    'QUEUE TESTS SKIPPED: no redis-server was found (Debian: apt-get install redis-server; or set REDIS_SERVER)',
  );
}

/** Tests that need Redis: left out on a machine without one, which the line above tells whoever runs them. */
export const describeWithRedis = describe.skipIf(noRedis);

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A server whose data outlive it. */
export class RedisServer {
  private constructor(
    private readonly folder: string,
    readonly port: number,
  ) {}

  private child: ChildProcess | undefined;

  static async start(): Promise<RedisServer> {
    if (!isThere) throw new Error('no redis-server was found, and tests of queues are required');
    const server = new RedisServer(mkdtempSync(join(tmpdir(), 'neural-crn-redis-')), await freePort());
    await server.begin();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts it with the data that it had. */
  async begin(): Promise<void> {
    const options = {
      port: this.port,
      bind: '127.0.0.1',
      dir: this.folder,
      appendonly: 'yes',
      save: '',
      'maxmemory-policy': 'noeviction',
    };
    const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const child = spawn(command, flags, { stdio: 'ignore' });
    this.child = child;
    // Also where the tests are ended before they could.
    const kill = () => child.kill('SIGKILL');
    process.once('exit', kill);
    child.once('exit', () => process.off('exit', kill));
    const client = this.client();
    await client.ping();
    // It answers while it still loads.
    while ((await client.info('persistence')).includes('loading:1'))
      await new Promise((r) => setTimeout(r, 20));
    client.disconnect();
  }

  /** Ends it, with SIGTERM or otherwise. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const { child } = this;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.on('exit', resolve));
    child.kill(signal);
    await ended;
  }

  client(): Redis {
    const client = new Redis(this.url, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
    client.on('error', () => {});
    return client;
  }

  async remove(): Promise<void> {
    await this.end('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}
