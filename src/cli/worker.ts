import type { Command } from 'commander';
import { type QueueWorker, startQueueWorker } from '../batch/queue/index.js';
import { Ended, InvalidInput } from './failures.js';
import { addExamples } from './help.js';
import { plural } from './numbers.js';
import { commonOptions, defined, numberOption } from './options.js';
import { asInvalidQueue, linkWords } from './queue.js';
import { interruptCode, interruptible } from './signals.js';
import { openTerminal, type TerminalFlags } from './terminal.js';

interface Flags extends TerminalFlags {
  queue?: string;
  name?: string;
  workers?: number;
  idle?: number;
  lostAfter?: number;
}

export function addWorker(program: Command): void {
  const command = program
    .command('worker')
    .summary('run cases of sweeps for other machines')
    .description(
      'Runs the jobs of a queue on Redis, where `neural-crn sweep --queue` puts them, until it is stopped. Ctrl-C ' +
        'finishes what is under way; the second one gives it back for others, the third ends at once. Needs the ' +
        'packages bullmq and ioredis.',
    )
    .optionsGroup('Queue:')
    .option('--queue <URL>', 'a Redis at redis://HOST:PORT')
    .option('--name <Q>', 'of the queue there (default: sweeps)')
    .optionsGroup('Run:')
    .addOption(
      numberOption('--workers <N>', 'jobs at the same time (default: as many as there are processors)', {
        atLeast: 1,
        below: 1025,
        whole: true,
      }),
    )
    .addOption(numberOption('--idle <S>', 'stop after S seconds without a job', { above: 0 }))
    .addOption(
      numberOption(
        '--lost-after <S>',
        'seconds without a sign of life after which others take over (default: 30)',
        { atLeast: 1 },
      ),
    );
  addExamples(command, 'worker --queue redis://192.0.2.1:6379 --workers 8 --idle 600');
  commonOptions(command).action(run);
}

async function run(flags: Flags): Promise<void> {
  const terminal = openTerminal(flags);
  const { queue: url, name, workers: size, idle, lostAfter } = flags;
  if (url === undefined)
    throw new InvalidInput('--queue is missing', 'give the address of a Redis: redis://HOST:6379');
  const count = { done: 0, running: 0 };
  await interruptible(async (signal, urgent) => {
    let worker: QueueWorker;
    try {
      worker = await startQueueWorker({
        url,
        ...defined({ name, size, idle, lostAfter }),
        onLink: linkWords(terminal),
        onEvent: (event) => {
          count.running += event === 'begun' ? 1 : -1;
          if (event === 'done') count.done++;
        },
      });
    } catch (error) {
      throw asInvalidQueue(error);
    }
    terminal.say(`ready: ${plural(worker.size, 'place')}; Ctrl-C finishes what is under way and stops`);
    const finish = () => {
      if (count.running > 0) {
        terminal.say(`finishing ${plural(count.running, 'job')}; again to give them back`);
      }
      void worker.stop();
    };
    const giveBack = () => void worker.stop('return');
    signal.addEventListener('abort', finish, { once: true });
    urgent.addEventListener('abort', giveBack, { once: true });
    if (signal.aborted) finish();
    try {
      await worker.ended;
    } catch (error) {
      throw asInvalidQueue(error);
    }
  });
  terminal.say(`stopped after ${plural(count.done, 'job')}`);
  const interrupted = interruptCode();
  if (interrupted !== undefined) throw new Ended(interrupted);
}
