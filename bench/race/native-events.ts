import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Network } from '../../src/index.js';
import { channelsOf } from '../../src/stochastic/channels.js';
import { prepareStochastic } from '../../src/stochastic/prepare.js';
import { nativeEvents } from '../native/build.js';

const run = promisify(execFile);

/**
 * Nanoseconds of an event in `native/ssa.c`.
 * @throws (rejects) Absent without a C compiler
 */
export async function timeNativeEvents(network: Network, volume: number, events: number): Promise<number> {
  const program = await nativeEvents();
  const { given, phases, initial } = prepareStochastic(network, { volume, to: 1 });
  const channels = channelsOf(network, phases[0], given);
  const start = Array.from(initial, (value, s) => Math.round(value * given.volumes[s]));
  const lines = channels.map(({ terms, change }) => {
    if (terms.length !== 1) throw new Error('a channel has more than one term');
    const [{ coefficient, factors }] = terms;
    const species = factors.flatMap((one) => Array.from({ length: one.order }, () => one.species));
    const changes = change.flatMap((one) => [one.species, one.value]);
    return [coefficient, species.length, ...species, change.length, ...changes].join(' ');
  });
  const file = join(tmpdir(), `neural-crn-events-${process.pid}.txt`);
  writeFileSync(file, [`${start.length} ${channels.length}`, start.join(' '), ...lines].join('\n'));
  const { stdout } = await run(program, [file, String(events)]);
  return Number(stdout.split(' ')[0]);
}
