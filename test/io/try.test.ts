import { readFileSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { test } from 'vitest';
import { writePython } from '../../src/io/code/python.js';
import { writeOctave } from '../../src/io/code/octave.js';
import { parseNetwork, simulate } from '../../src/index.js';

test('x', async () => {
  const network = parseNetwork(readFileSync('/tmp/mine/pp.crn', 'utf8')).network!;
  writeFileSync('/tmp/mine/pp.py', writePython(network, { name: 'pp' }));
  writeFileSync('/tmp/mine/pp.m', writeOctave(network, { name: 'pp' }));
  const solution = await simulate(network);
  const mine = solution.toCSV().trim().split('\n').slice(1).map((l) => l.split(',').map(Number));
  for (const [cmd, args] of [['python3', ['/tmp/mine/pp.py']], ['octave', ['--no-gui', '--quiet', '--eval', "cd /tmp/mine; pp()"]]] as const) {
    const t = performance.now();
    const out = execFileSync(cmd, args as string[], { encoding: 'utf8' });
    const rows = out.trim().split('\n').slice(1).map((l) => l.split(',').map(Number));
    let worst = 0;
    rows.forEach((row, i) => row.forEach((v, j) => (worst = Math.max(worst, Math.abs(v - mine[i][j])))));
    console.log(cmd, rows.length, mine.length, worst, out.split('\n')[0], `${performance.now() - t} ms`);
  }
}, 600000);
