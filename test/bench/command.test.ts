import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { parseRequest } from '../../bench/command.js';
import { fullEffort, quickEffort } from '../../bench/effort.js';

const script = fileURLToPath(new URL('../../scripts/bench.mjs', import.meta.url));
const bench = (...args: string[]) => promisify(execFile)(process.execPath, [script, ...args]);

describe('the command line of the benchmarks', () => {
  it('runs everything by default', () => {
    const request = parseRequest([]);
    expect(request.suites).toEqual([
      'size',
      'startup',
      'kernels',
      'solvers',
      'neural',
      'digits',
      'ensembles',
      'sensitivities',
      'stochastic',
      'scaling',
    ]);
    expect(request.problems).toContain('bcr');
    expect(request.effort).toEqual(fullEffort);
  });

  it('takes suites and problems by name, each once, and settings', () => {
    const request = parseRequest([
      'size',
      'solvers',
      'size',
      '--problems',
      'pollu,e5',
      '--quick',
      '--seconds',
      '2',
    ]);
    expect(request.suites).toEqual(['size', 'solvers']);
    expect(request.problems).toEqual(['pollu', 'e5']);
    expect(request.effort).toEqual({ ...quickEffort, seconds: 2 });
  });

  it.each([
    [['solver'], 'There is no suite "solver"; there are size, startup'],
    [['--problems', 'polu'], 'There is no problem "polu"; there are robertson_1e5'],
    [['--seconds', '0'], 'must be a number greater than 0'],
    [['--processes', '1.5'], 'must be a whole number'],
  ])('%j: %s', (args, message) => {
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      expect(() => parseRequest(args)).toThrow(message);
      expect(said.mock.calls.join()).toContain(message);
    } finally {
      said.mockRestore();
    }
  });
});

it('a quick run measures, and writes Markdown, JSON and figures', async () => {
  const out = mkdtempSync(join(tmpdir(), 'neural-crn-bench-test-'));
  try {
    const { stdout } = await bench('solvers', '--quick', '--problems', 'multistate', '--out', out);
    expect(stdout).toBe(readFileSync(join(out, 'bench.md'), 'utf8'));
    expect(stdout).toMatch(/\| multistate \(9\/18\) +\| +[\d.]+ [µm]s \(\d\.\d\) \|/);
    const { results, machine } = JSON.parse(readFileSync(join(out, 'bench.json'), 'utf8'));
    expect(machine.cores).toBeGreaterThan(0);
    expect(Object.keys(results)).toEqual(['solvers']);
    expect(existsSync(join(out, 'work-precision-multistate.svg'))).toBe(true);
    expect(existsSync(join(out, 'methods-multistate.svg'))).toBe(true);
  } finally {
    rmSync(out, { recursive: true });
  }
});
