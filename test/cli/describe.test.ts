import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseNetwork } from '../../src/network/index.js';
import { buildTime, neuralCrn, ready, robertson, Workplace } from './command.js';

const place = new Workplace();
const run = (args: string[], options = {}) => neuralCrn(args, { cwd: place.path, ...options });

beforeAll(async () => {
  await ready();
  place.write('rob.crn', robertson);
}, buildTime);
afterAll(() => place.remove());

describe('info', () => {
  test('for people', async () => {
    const { code, stdout } = await run(['info', 'rob.crn']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/size +3 reactions, 3 species, at most 2 molecules react at once/);
    expect(stdout).toMatch(/conserved +A \+ B \+ C = 1/);
  });

  test('a catalyst that nothing changes is held, and not used up', async () => {
    const { stdout } = await run(['info', '-'], { input: 'init A = 1, E = 1\nA + E -> B + E\n' });
    expect(stdout).toMatch(/held +E\n/);
    expect(stdout).toMatch(/only used up +A\n/);
  });

  test('JSON: the shape of the contract', async () => {
    const { code, stdout, stderr } = await run(['info', 'rob.crn', '--json', '-']);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({
      species: 3,
      reactions: 3,
      maxMolecularity: 2,
      moieties: [{ coefficients: { A: 1, B: 1, C: 1 }, total: 1 }],
      phases: [],
      issues: [],
    });
  });

  test('--compile adds what the compiler makes of each phase', async () => {
    const text = 'init A = 1\ngo: A -> B\nphase one 1: go\nphase two 2: *\nC -> D\n';
    const { stdout } = await run(['info', '-', '--compile', '--json', '-'], { input: text });
    const { phases, compiled } = JSON.parse(stdout);
    expect(phases).toEqual([
      { name: 'one', duration: 1, active: ['go'], reactions: 2 },
      { name: 'two', duration: 2, active: '*', reactions: 2 },
    ]);
    expect(compiled.phases[0]).toMatchObject({
      phase: 'one',
      unknowns: 2,
      held: ['C', 'D'],
      reactions: 2,
      dropped: [{ reaction: 2, because: 'absent', species: 'C' }],
      merged: 1,
    });
  });

  test('--compile for people', async () => {
    const { stdout } = await run(['info', 'rob.crn', '--compile']);
    expect(stdout).toMatch(/compiled +method rodas5p: /);
    expect(stdout).toMatch(/kernels auto: interpreted for the first [\d,]+ steps/);
    expect(stdout).toMatch(/3 unknowns, 0 held; 3 reactions, 0 dropped, merged into 3/);
    expect(stdout).toMatch(/1 conserved sum restored after each step/);
    expect(stdout).toMatch(/1 block, the largest of 3; 8 entries of the Jacobian, 8 of L \+ U/);
  });

  test('a file with errors: its issues as JSON, and exit 2', async () => {
    const { code, stdout, stderr } = await run(['info', '-', '--json', '-'], { input: 'A -> B\nA -q> B\n' });
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      issues: [
        expect.objectContaining({ severity: 'error', line: 2, column: 3, message: expect.any(String) }),
      ],
    });
    expect(stderr).toMatch(/^<stdin>:2:3: error: /);
  });

  test('warnings do not fail', async () => {
    const { code, stdout, stderr } = await run(['info', '-', '--json', '-'], {
      input: 'param k = 1\nA -> B\n',
    });
    expect(code).toBe(0);
    const { issues } = JSON.parse(stdout);
    if (issues.length > 0) expect(stderr).toMatch(/^<stdin>:1:\d+: warning: /);
  });
});

describe('circuit', () => {
  test('prints a network that is read again, its size on standard error', async () => {
    const { code, stdout, stderr } = await run(['circuit']);
    expect(code).toBe(0);
    expect(stderr).toBe('45 reactions, 22 species, at most 2 molecules react at once\n');
    const { network, issues } = parseNetwork(stdout);
    expect(issues).toEqual([]);
    expect(network?.reactions).toHaveLength(45);
    expect(network?.species).toHaveLength(22);
  });

  test.each([
    [['--inputs', '2', '--rails', 'positive'], 24, 15],
    [['--inputs', '3', '--rails', 'positive'], 33, 20],
    [['--inputs', '2', '--rails', 'dual'], 45, 22],
    [['--inputs', '2', '--drift', 'none'], 41, 20],
  ])('%j', async (flags, reactions, species) => {
    const { stdout } = await run(['circuit', ...flags, '--json', '-', '--quiet']);
    expect(JSON.parse(stdout)).toMatchObject({ reactions, species, maxMolecularity: 2, issues: [] });
  });

  test('one example runs through both phases: the unit vector', async () => {
    const flags = [
      '--rails',
      'dual',
      '--theta',
      '0.3,0.4',
      '--x',
      '2,3',
      '--horizon',
      '0.5',
      '--drift',
      '0.1',
    ];
    const made = await run(['circuit', ...flags, '--crn', 'one.crn', '--json', 'one.json']);
    expect(made.code).toBe(0);
    expect(made.stdout).toBe('');
    expect(
      JSON.parse(readFileSync(place.at('one.json'), 'utf8')).phases.map(({ name }: { name: string }) => name),
    ).toEqual(['feed', 'learn']);
    // Up to a moment before the phases change, where Z holds the prediction.
    const { stdout } = await run([
      'simulate',
      'one.crn',
      '--to',
      '0.5',
      '--rtol',
      '1e-10',
      '--json',
      '-',
      '--quiet',
    ]);
    const { species, concentrations } = JSON.parse(stdout);
    const last = concentrations.at(-1);
    const signed = (name: string) => last[species.indexOf(`${name}+`)] - last[species.indexOf(`${name}-`)];
    expect(signed('Z[1]')).toBeCloseTo(2.35, 8);
    expect(signed('Z[2]')).toBeCloseTo(3.65, 8);
  });

  test('piped into simulate', async () => {
    const { stdout } = await run(['circuit', '--x', '1,2', '--y', '3']);
    expect((await run(['simulate', '-'], { input: stdout })).code).toBe(0);
  });

  test('what cannot be built', async () => {
    for (const [flags, message] of [
      [['--inputs', '0'], '--inputs must be a whole number, at least 1'],
      [['--y', '1'], '--y needs the inputs it belongs to'],
      [['--x', '1'], 'the circuit has 2 inputs, got 1'],
      [['--rails', 'positive', '--x', '1,-1'], 'use --rails dual'],
    ] as [string[], string][]) {
      const { code, stderr, stdout } = await run(['circuit', ...flags]);
      expect(stderr).toContain(message);
      expect(stdout).toBe('');
      expect(code).toBe(2);
    }
  });
});
