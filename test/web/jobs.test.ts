import { expect, test } from 'vitest';
import { checkJob, exportJob, runJob, writeJob } from '../../web/simulate/jobs';
import { presets } from '../../web/simulate/presets';
import type { RunProgress, RunRequest } from '../../web/simulate/protocol';

const request = (text: string, change: Partial<RunRequest> = {}): RunRequest => ({
  text,
  changes: {},
  settings: {},
  logTime: false,
  most: 800,
  wanted: [],
  ...change,
});
const run = (text: string, change?: Partial<RunRequest>, signal = new AbortController().signal) =>
  runJob(request(text, change), signal, () => {});

test('a text is outlined, or its issues are told', () => {
  expect(checkJob('A -> -> B').outline).toBeUndefined();
  expect(checkJob('A -> -> B').issues[0]).toMatchObject({ severity: 'error', line: 1, column: 6 });
  const { outline } = checkJob('init A = 1\nA ->{2} B\nsimulate to 5 rtol 1e-7 method bdf');
  expect(outline).toMatchObject({
    species: 2,
    reactions: 1,
    to: 5,
    rtol: 1e-7,
    method: 'bdf',
    moreValues: 0,
  });
});

test.each(presets.map((preset) => [preset.name, preset] as const))(
  '%s is drawn with no more rows than points',
  async (_, preset) => {
    const result = await run(preset.text, { logTime: preset.logTime ?? false, most: 300 });
    expect(result.failure).toBeUndefined();
    expect(result.curves!.times.length).toBeLessThanOrEqual(300);
    expect(result.curves!.names).toHaveLength(result.curves!.columns.length);
    for (const hidden of preset.hidden ?? []) expect(result.curves!.names).toContain(hidden);
    expect(result.facts).toBeDefined();
  },
);

test('a network that blows up keeps its curves and names the species', async () => {
  const result = await run('init A = 1\n2 A -> 3 A\nsimulate to 5');
  expect(result.failure).toMatchObject({ code: 'blowUp', species: 'A' });
  expect(result.failure?.time).toBeCloseTo(1, 6);
  expect(result.curves?.times.length).toBeGreaterThan(10);
});

test('values of 0 and 1e9 are run', async () => {
  const text = 'param k = 1\ninit A = 1\nA ->{k} B\nsimulate to 5';
  for (const k of [0, 1e9]) {
    const result = await run(text, { changes: { 'p:k': k } });
    expect(result.failure).toBeUndefined();
    expect(result.curves!.columns[1].at(-1)).toBeCloseTo(k === 0 ? 0 : 1, 8);
  }
  expect((await run(text, { changes: { 'p:k': -1 } })).failure).toMatchObject({ code: 'options' });
});

test('what the text does not say is said in a note', async () => {
  const result = await run('init A = 1\nA -> B');
  expect(result.to).toBe(10);
  expect(result.notes[0]).toContain('does not say how long');
});

test('too many rows are made fewer, and that is said', async () => {
  const result = await run('init A = 1\nA -> B\nsimulate to 5 save 1000000', { most: 100 });
  expect(result.rows).toBe(1_000_001);
  const chain = Array.from({ length: 60 }, (_, k) => `A${k} -> A${k + 1}`).join('\n');
  const many = await run(`init A0 = 1\n${chain}\nsimulate to 5 save 1000000`, { most: 100 });
  expect(many.rows).toBeLessThan(400_000);
  expect(many.notes[0]).toContain('instead of 1000001');
  expect(many.curves).toMatchObject({ others: 61 - 24 });
});

test('a run is cancelled in its middle, with what there is', async () => {
  const stop = new AbortController();
  const told: RunProgress[] = [];
  const text = 'param k = 1e6\ninit X = 2, Y = 1\nX ->{k} 2 X\nX + Y ->{k} 2 Y\nY ->{k} ∅\nsimulate to 1e6';
  const result = await runJob(request(text), stop.signal, (progress) => {
    told.push(progress);
    stop.abort();
  });
  expect(result.failure?.code).toBe('cancelled');
  expect(told[0].steps).toBeGreaterThan(0);
});

test('phases become spans, unless levels decide when they begin', async () => {
  const phases = await run(presets.find(({ name }) => name === 'phases')!.text);
  expect(phases.curves?.spans.slice(0, 2)).toEqual([
    { name: 'work', from: 0, to: 2 },
    { name: 'pause', from: 2, to: 6 },
  ]);
  expect(phases.curves?.spans.at(-1)?.to).toBe(18);
});

test('data are exported whole, of a run that failed too', async () => {
  const { signal } = new AbortController();
  const csv = (await exportJob(request('init A = 1\nA -> B\nsimulate to 5 save 10'), 'csv', signal)).text;
  expect(csv.trim().split('\n')).toHaveLength(12);
  const json = JSON.parse(
    (await exportJob(request('init A = 1\n2 A -> 3 A\nsimulate to 5'), 'json', signal)).text,
  );
  expect(json).toMatchObject({ species: ['A'], status: 'blowUp' });
});

test('values are written into a text, or it is said that they cannot be', () => {
  expect(writeJob('param k = 1\nA ->{k} B', { 'p:k': 5 }).text).toBe('param k = 5\nA ->{k} B');
  expect(writeJob('A <-> B', { 'r:0': 5 }).text).toBeUndefined();
});
