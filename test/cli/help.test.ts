import { describe, expect, test } from 'vitest';
import { neuralCrnHere } from './here.js';

const helpOf = async (words: readonly string[]): Promise<string> => {
  const { code, stdout } = await neuralCrnHere([...words, '--help']);
  expect(code).toBe(0);
  return stdout;
};

/** Every command's words and help, those of a command's own commands included. */
async function everyHelp(words: readonly string[] = []): Promise<[command: string, help: string][]> {
  const help = await helpOf(words);
  const listed = /^Commands:\n((?: .*\n?)*)/m.exec(help)?.[1] ?? '';
  const names = [...listed.matchAll(/^ {2}([a-z][a-z+-]*)/gm)].map(([, name]) => name);
  const below: [string, string][] = [];
  for (const name of names) if (name !== 'help') below.push(...(await everyHelp([...words, name])));
  return [[words.join(' '), help], ...below];
}

describe('help', async () => {
  const all = await everyHelp();

  test('is there for every command, and for the commands of commands', () => {
    const names = all.map(([name]) => name);
    expect(names).toEqual(expect.arrayContaining(['', 'train', 'worker', 'sbml-test', 'circuit rncrn']));
    expect(new Set(names).size).toBe(names.length);
  });

  test('has no line that a terminal of 80 columns would break', () => {
    const long = all.flatMap(([name, help]) =>
      help
        .split('\n')
        .filter((line) => [...line].length > 80)
        .map((line) => `${name}: ${line}`),
    );
    expect(long).toEqual([]);
  });

  test('has examples that begin with the command, and go on as a shell reads it', () => {
    for (const [name, help] of all) {
      const examples = /^Examples?:\n((?: .*\n?)*)/m.exec(help)?.[1];
      if (examples === undefined) continue;
      for (const line of examples
        .replaceAll(/ \\\n +/g, ' ')
        .trimEnd()
        .split('\n')) {
        expect(line).toMatch(new RegExp(`^ {2}neural-crn ${name} \\S`));
      }
    }
  });
});
