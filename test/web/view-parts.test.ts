import { expect, test } from 'vitest';
import { parseNetwork, simulate } from '../../src/index.js';
import { formatNamed } from '../../src/io/index.js';
import { decades, evenRange, logRange, powerOfTen, shortNumber } from '../../web/simulate/axis';
import { duration } from '../../web/simulate/duration';
import { openFile } from '../../web/simulate/files';
import { type RunSummary, slowHints } from '../../web/simulate/hints';
import { visibleRows } from '../../web/simulate/thin';

test('numbers are short', () => {
  expect([0, 1, 0.5, 1234.5678, 1e5, 3.25e-7, -2e-9, 1e13].map((value) => shortNumber(value))).toEqual([
    ...['0', '1', '0.5', '1235', '10⁵', '3.25·10⁻⁷', '−2·10⁻⁹', '10¹³'],
  ]);
  expect(shortNumber(Number.NaN)).toBe('–');
  expect(powerOfTen(1e-12)).toBe('10⁻¹²');
  expect([0.02, 1.5, 42, 2500].map(duration)).toEqual(['20 µs', '1.5 ms', '42 ms', '2.50 s']);
});

test('logarithmic axes have powers of ten, or digits where there is less than a decade', () => {
  expect(decades(1e-6, 1e5, 6)).toEqual([1e-6, 1e-4, 1e-2, 1, 1e2, 1e4]);
  expect(decades(1, 1000, 10)).toEqual([1, 10, 100, 1000]);
  expect(decades(2, 5, 10)).toEqual([2, 3, 4, 5]);
  expect(logRange([[1e-30, 0, null, 1]])[0]).toBeCloseTo(1e-16 / 1.6, 20);
  expect(logRange([[0, 0]])).toEqual([0.1, 1]);
  expect(evenRange([[0, 1]])).toEqual([0, 1.04]);
  expect(evenRange([[-1e-12, 1]])[0]).toBe(0);
  expect(evenRange([[]])).toEqual([0, 1.04]);
});

test('thinned rows keep the ends and every peak', () => {
  const times = Float64Array.from({ length: 100_000 }, (_, i) => i / 1000);
  const [a, b] = [Math.sin, Math.cos].map((of) => Float64Array.from(times, (t) => of(t)));
  a[54_321] = 5;
  b[777] = -7;
  const rows = visibleRows(times, [a, b], { most: 900 });
  expect(rows.length).toBeLessThanOrEqual(900);
  expect(rows.length).toBeGreaterThan(400);
  expect([rows[0], rows.at(-1)]).toEqual([0, 99_999]);
  expect(rows).toContain(54_321);
  expect(rows).toContain(777);
  expect(rows).toEqual([...new Set(rows)].sort((x, y) => x - y));
  const log = visibleRows(times, [a, b], { most: 900, logTime: true });
  expect(log.length).toBeLessThanOrEqual(900);
  expect(log[0]).toBe(1);
  expect(visibleRows(times.subarray(0, 50), [a], { most: 900 })).toHaveLength(50);
});

const summary: RunSummary = {
  stats: {
    steps: 300,
    rejected: { error: 3, negative: 0, nonFinite: 0, newton: 0 },
    ...{ derivatives: 2000, jacobians: 300, factorisations: 303, solves: 2400 },
    ...{ linearIterations: 0, fallbacks: 0, events: 0, switches: 0 },
  },
  milliseconds: 4,
  numbers: 1200,
  ...{ species: 3, reactions: 3, to: 100, method: 'auto', rtol: 1e-6 },
};

test('a quick run needs no excuse, a slow one is explained', () => {
  const { stats } = summary;
  expect(slowHints(summary)).toEqual([]);
  const hint = (change: Partial<RunSummary>) =>
    slowHints({ ...summary, milliseconds: 900, ...change }).join(' ');
  expect(hint({ method: 'tsit5', stats: { ...stats, steps: 90_000 } })).toContain('explicit');
  expect(hint({ stats: { ...stats, steps: 90_000 } })).toContain('900 in each unit of time');
  const rejected = (cause: object) => ({ ...stats, rejected: { ...stats.rejected, ...cause } });
  expect(hint({ stats: rejected({ error: 400 }) })).toContain('error was too large');
  expect(hint({ stats: rejected({ negative: 400 }) })).toContain('atol');
  expect(hint({ numbers: 1e7 })).toContain('fewer rows');
  expect(hint({ stats: { ...stats, events: 500 } })).toContain('crossings');
  const facts = { method: 'rodas5p', why: '', unknowns: 900, dropped: 0, fill: 90_000 };
  expect(hint({ facts })).toContain('fills 90,000 entries');
  expect(hint({})).toContain('compiling');
});

const DECAY = 'init A = 1\nA ->{0.5} B\nsimulate to 2';
const toSbmlText = formatNamed('sbml', 'write').write!(parseNetwork(DECAY).network!);

test.each([
  ['model.xml', toSbmlText],
  ['model.txt', toSbmlText],
  ['model.net', formatNamed('net', 'write').write!(parseNetwork(DECAY).network!)],
  ['model.ant', formatNamed('antimony', 'write').write!(parseNetwork(DECAY).network!)],
])('%s becomes a text of the same reactions', async (name, content) => {
  const blob = new Blob([content]);
  const opened = await openFile({ name, size: blob.size, arrayBuffer: () => blob.arrayBuffer() });
  const { network } = parseNetwork('text' in opened ? opened.text : '');
  const ends = await simulate(network!, { to: 2, rtol: 1e-9, atol: 1e-12 });
  expect(Object.values(ends.final)[1]).toBeCloseTo(1 - Math.exp(-1), 8);
});

test('files that are no networks say why', async () => {
  const file = (name: string, content: string | Uint8Array) => {
    const blob = new Blob([content as BlobPart]);
    return { name, size: blob.size, arrayBuffer: () => blob.arrayBuffer() };
  };
  expect(await openFile(file('a.crn', 'A -> B'))).toEqual({ text: 'A -> B', notes: [] });
  const wrong = async (name: string, content: string | Uint8Array) => {
    const opened = await openFile(file(name, content));
    return 'error' in opened ? opened.error : '';
  };
  expect(await wrong('a.crn', new Uint8Array([255, 254, 0, 1]))).toContain('not a text');
  expect(await wrong('a.crn', 'A\0B')).toContain('zero bytes');
  expect(await wrong('a.crn', ' \n')).toContain('empty');
  expect(await wrong('a.txt', '<?xml version="1.0"?>\n<sbml>')).toMatch(
    /SBML that cannot be read exactly: \d+:\d+: /,
  );
  expect(await wrong('a.txt', '# made by BioNetGen\nbegin parameters\nend parameters\n')).toContain(
    'BioNetGen .net that cannot be read',
  );
  expect(
    await wrong(
      'rules.xml',
      toSbmlText.replace('</model>', '<listOfRules><rateRule variable="A"/></listOfRules></model>'),
    ),
  ).toContain('rule');
  expect(await wrong('a.crn', 'A -> B\n'.repeat(1_000_000))).toContain('7.0 MB');
});
