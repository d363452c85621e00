import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Absent } from './absent.js';
import type { Answer, JobMessage, JobName, JobReply, Order } from './jobs.js';
import { checkout } from './paths.js';

/** Made by `scripts/bench.mjs` from `child.ts`. */
const child = fileURLToPath(new URL('build/bench-child.mjs', checkout));

/**
 * Does one job in a process of its own.
 * @throws (rejects) Absent when what it measures is not in this build or on this machine
 */
export function inProcess<Name extends JobName>(name: Name, order: Order<Name>): Promise<Answer<Name>> {
  return new Promise((resolve, reject) => {
    const process = fork(child, { serialization: 'advanced' });
    process.once('message', (reply: JobReply) => {
      if ('answer' in reply) resolve(reply.answer as Answer<Name>);
      else reject('absent' in reply ? new Absent(reply.absent) : new Error(reply.error));
    });
    process.once('error', reject);
    // After a message this comes too late to matter.
    process.once('exit', (code, signal) =>
      reject(new Error(`the process of ${name} ended (${signal ?? code})`)),
    );
    process.send({ name, order } satisfies JobMessage);
  });
}

/** The same job so many times, one process after the other. */
export async function inProcesses<Name extends JobName>(
  times: number,
  name: Name,
  order: Order<Name>,
): Promise<Answer<Name>[]> {
  const answers: Answer<Name>[] = [];
  for (let i = 0; i < times; i++) answers.push(await inProcess(name, order));
  return answers;
}
