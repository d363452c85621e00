import { runCommand } from '../../src/cli/program.js';
import type { Ended } from './command.js';

/**
 * Runs the command in this process, for what is refused before anything starts: a process of its own for each of hundreds
 * of refusals would take minutes. It has no standard input.
 */
export async function neuralCrnHere(
  args: string[],
  { cwd = process.cwd(), env = {} }: { cwd?: string; env?: Record<string, string> } = {},
): Promise<Ended> {
  const text = { stdout: '', stderr: '' };
  const before = process.cwd();
  const inherited = { ...process.env };
  const writes = { stdout: process.stdout.write, stderr: process.stderr.write };
  for (const name of ['FORCE_COLOR', 'NO_COLOR', 'npm_command']) delete process.env[name];
  Object.assign(process.env, env);
  for (const stream of ['stdout', 'stderr'] as const) {
    process[stream].write = (piece: string | Uint8Array) => {
      text[stream] += piece.toString();
      return true;
    };
  }
  process.chdir(cwd);
  try {
    const code = await runCommand(args);
    return { code: code ?? 0, signal: null, ...text };
  } finally {
    process.chdir(before);
    Object.assign(process.stdout, { write: writes.stdout });
    Object.assign(process.stderr, { write: writes.stderr });
    process.env = inherited;
  }
}
