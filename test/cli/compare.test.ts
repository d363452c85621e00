import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildTime, neuralCrn, ready, Workplace } from './command.js';

const place = new Workplace();
const run = (...args: string[]) => neuralCrn(['compare', ...args], { cwd: place.path });
const read = (name: string) => readFileSync(place.at(name), 'utf8');

beforeAll(ready, buildTime);
afterAll(() => place.remove());

describe('compare', () => {
  test('writes tables and a figure, keeps its runs, and goes on from them', async () => {
    const words = ['--tasks', 'xor,or', '--systems', 'neural,perceptron', '--seeds', '2', '--out', 'both'];
    const { code, stdout, stderr } = await run(...words, '--mismatch', '0.1', '--volume', '100');
    expect([code, stderr.split('\n')[0]]).toEqual([0, expect.stringMatching(/^18 runs to make; /)]);
    expect(stderr).toMatch(/^or perceptron, seed 1: rates ±10 %, learned in \d+ epochs \(.*\)$/m);
    expect(stderr).toMatch(/^or perceptron, seed 1: 100 molecules a unit, learned in \d+ epochs \(.*\)$/m);
    expect(stdout).toMatch(/^ *Neural CRN +91·264 +2 +2\/2 34–100 %/m);
    expect(stdout).toMatch(/^weight-loop perceptron, xor: one neuron decides only what a line separates$/m);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(readdirSync(place.at('both'))).toEqual(
      expect.arrayContaining(['compare.csv', 'compare.json', 'compare.md', 'compare.svg', 'runs']),
    );
    const { status, seeds, rows, without } = JSON.parse(read('both/compare.json'));
    expect([status, seeds, rows.length, without.length]).toEqual(['done', [0, 1], 3, 1]);
    expect(rows[2]).toMatchObject({
      system: 'perceptron',
      problem: 'or',
      mismatch: [{ sigma: 0.1, runs: 2 }],
      volumes: [{ volume: 100, runs: 2 }],
    });
    const csv = read('both/compare.csv').trimEnd().split('\n');
    expect(csv).toHaveLength(4);
    expect(new Set(csv.map((line) => line.replace(/"[^"]*"/g, '').split(',').length)).size).toBe(1);
    expect(read('both/compare.md')).toMatch(
      /^\| or \| Neural CRN \| eight rectified nodes \| 91 \| 264 \| 2 \|/m,
    );
    expect(read('both/compare.svg')).toMatch(/mismatch of rate constants[\s\S]*molecules that 1 stands for/);

    const plain = ['--mismatch', 'none', '--volume', 'none'];
    const again = await run(...words, ...plain, '--json', '-', '--no-figures');
    expect([again.code, again.stderr]).toEqual([0, '']);
    expect(JSON.parse(again.stdout).rows[2].success).toEqual(rows[2].success);
    expect(JSON.parse(again.stdout).rows[2]).toMatchObject({ mismatch: [], volumes: [] });

    const more = await run(...words, '--seeds', '3', ...plain, '--stored', '--json', '-');
    expect([more.code, JSON.parse(more.stdout).status]).toEqual([0, 'partial']);
  });

  test('refuses what it does not know', async () => {
    for (const [args, message] of [
      [['--tasks', 'xorr'], /--tasks: there is no problem "xorr"\n {2}hint: .*xor/],
      [['--systems', 'neurl'], /--systems: there is no system "neurl"\n {2}hint: .*neural/],
      [['--mismatch', '-1'], /--mismatch/],
      [['--volume', '0'], /--volume/],
      [['--tasks', 'xor', '--systems', 'perceptron'], /there is nothing to run: weight-loop perceptron/],
      [['--stored', '--fresh'], /exclude each other/],
      [['--stored', '--out', 'nowhere'], /there are no runs in nowhere yet/],
    ] as const) {
      const { code, stdout, stderr } = await run(...args);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(message);
    }
  });
});
