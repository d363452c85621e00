import { spawn } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type Outcome, planSweep, type Sweep } from '../../src/batch/node.js';
import { FileStore, openStore, StoreError } from '../../src/batch/store/index.js';
import { networkOf } from '../tools/network.js';

const folder = mkdtempSync(join(tmpdir(), 'neural-crn-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let path = '';
let files = 0;
beforeEach(() => {
  path = join(folder, `results-${++files}.jsonl`);
});

const text = 'param k = 1\ninit A = 1\nA ->{k} B\nsimulate to 1';
const planned = (over: Partial<Sweep> = {}, network = networkOf(text)) =>
  planSweep({ target: { kind: 'simulate', network }, grid: { k: [1, 2, 3] }, take: ['final A'], ...over });
const outcome = (value: number): Outcome => ({ status: 'done', values: { 'final A': value } });
const failed: Outcome = { status: 'failed', code: 'stepLimit', error: 'too many steps — "ü"' };
const lines = () => readFileSync(path, 'utf8').split('\n');

/** A store of three cases, of which these have ended. */
function filled(...indices: number[]): void {
  const store = openStore(path, planned());
  store.add(
    indices.map((index) => ({ index, outcome: index === 1 ? failed : outcome(index), seconds: 0.5 })),
  );
  store.close();
}

const code = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(StoreError);
    return (error as StoreError).code;
  }
  return 'opened';
};

describe('a store', () => {
  test('gives back what it was given, and is one line for each outcome', () => {
    filled(2, 0);
    filled(1);
    const store = openStore(path, planned());
    expect([...store.outcomes].sort()).toEqual([
      [0, outcome(0)],
      [1, failed],
      [2, outcome(2)],
    ]);
    expect([store.torn, store.damaged, store.foreign]).toEqual([false, 0, 0]);
    store.close();
    const [head, ...rest] = lines();
    expect(JSON.parse(head)).toMatchObject({ format: 'neural-crn-sweep', version: 1, cases: 3 });
    expect(rest).toHaveLength(4);
    expect(JSON.parse(rest[0])).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      outcome: outcome(2),
      seconds: 0.5,
    });
    expect(readdirSync(folder).filter((name) => name.includes('.lock'))).toEqual([]);
  });

  test('is whole after having been cut anywhere', () => {
    filled(0, 1, 2);
    const whole = readFileSync(path);
    const ends = [...whole.keys()].filter((i) => whole[i] === 10);
    expect(ends).toHaveLength(4);
    const damaged = `${path}.cut`;
    // Around the ends of lines every byte, else some.
    const lengths = Array.from({ length: whole.length + 1 }, (_, length) => length);
    const near = (length: number) => [-1, ...ends].some((end) => Math.abs(length - end) < 3);
    for (const length of lengths.filter((length) => near(length) || length % 23 === 0)) {
      copyFileSync(path, damaged);
      truncateSync(damaged, length);
      const store = openStore(damaged, planned());
      const kept = Math.max(0, ends.filter((end) => end < length).length - 1);
      expect(store.outcomes.size, `${length} bytes`).toBe(kept);
      expect(store.torn).toBe(length > 0 && whole[length - 1] !== 10);
      // What is missing is added, and all is there.
      const rest = [0, 1, 2].filter((index) => !store.outcomes.has(index));
      store.add(rest.map((index) => ({ index, outcome: outcome(7), seconds: 1 })));
      store.close();
      const again = openStore(damaged, planned());
      expect([again.outcomes.size, again.torn, again.damaged]).toEqual([3, false, 0]);
      again.close();
    }
  });

  test('runs again what a damaged line held, and says so', () => {
    filled(0, 1, 2);
    const all = lines();
    writeFileSync(
      path,
      [all[0], all[1].replace('"outcome"', '"outc\0me"'), all[2], '\0\0\0', all[3], ''].join('\n'),
    );
    const store = openStore(path, planned());
    expect([...store.outcomes.keys()].sort()).toEqual([1, 2]);
    expect(store.damaged).toBe(2);
    store.close();
  });

  test('knows a case by what decides its outcome, and by nothing else', () => {
    filled(0, 1, 2);
    // Another order, another layout of the text, the common option by another name.
    const same = planned(
      { grid: undefined as never, list: [{ k: 3 }, { 'parameters.k': 1 }] },
      networkOf(`# a remark\n${text.replace('\n', '\n\n')}`),
    );
    const extended = openStore(path, same, { changed: 'extend' });
    expect([...extended.outcomes].sort()).toEqual([
      [0, outcome(2)],
      [1, outcome(0)],
    ]);
    expect(extended.foreign).toBe(1);
    extended.close();
    const others = [
      planned({ take: ['final B'] }),
      planned({ options: { rtol: 1e-7 } }),
      planned({}, networkOf(text.replace('A = 1', 'A = 2'))),
    ];
    for (const plan of others) expect(FileStore.read(path, plan).outcomes.size).toBe(0);
  });

  test('of equal cases, one outcome is that of all', () => {
    const plan = planned({ grid: undefined as never, list: [{ k: 5 }, { k: 6 }, { k: 5 }] });
    const store = openStore(path, plan);
    store.add([{ index: 0, outcome: outcome(5), seconds: 0 }]);
    store.close();
    const again = openStore(path, plan);
    expect([...again.outcomes.keys()].sort()).toEqual([0, 2]);
    again.close();
  });
});

describe('a sweep that has changed', () => {
  const more = () => planned({ grid: { k: [1, 2, 3, 4] } });

  test('is refused, with what of it is there', () => {
    filled(0, 2);
    expect(() => openStore(path, more())).toThrow(
      /holds the outcomes of another sweep \(3 cases; this one has 4\); 2 of the 2 outcomes in it belong to this one/,
    );
    expect(code(() => openStore(path, more()))).toBe('changed');
    // Nothing is left locked.
    openStore(path, planned()).close();
  });

  test('extends the store, which then is that of the new one', () => {
    filled(0, 2);
    const store = openStore(path, more(), { changed: 'extend' });
    store.add([{ index: 3, outcome: outcome(4), seconds: 0 }]);
    store.close();
    const again = openStore(path, more());
    expect([...again.outcomes.keys()].sort()).toEqual([0, 2, 3]);
    again.close();
    expect(code(() => openStore(path, planned()))).toBe('changed');
  });

  test('begins anew beside the old one', () => {
    filled(0, 2);
    const before = readFileSync(path, 'utf8');
    const store = openStore(path, more(), { changed: 'aside' });
    expect(store.outcomes.size).toBe(0);
    store.close();
    expect(readFileSync(`${path}.before`, 'utf8')).toBe(before);
    openStore(path, more()).close();
  });

  test('by the version that made it', () => {
    filled(0);
    writeFileSync(path, readFileSync(path, 'utf8').replace(/"made":"[^"]*"/, '"made":"0.0.9-abc"'));
    expect(() => openStore(path, planned())).toThrow(/was made by version 0\.0\.9-abc, and this is \d/);
  });
});

describe('what is no store', () => {
  test.each([
    ['other lines', 'time,A\n1,2\n'],
    ['other JSON', '{"format":"neural-crn-run"}\n'],
    ['a later format', '{"format":"neural-crn-sweep","version":2}\n'],
    ['text without an end', 'my notes'],
  ])('%s are refused and left as they are', (_, content) => {
    writeFileSync(path, content);
    expect(code(() => openStore(path, planned()))).toBe('notAStore');
    expect(readFileSync(path, 'utf8')).toBe(content);
  });

  test('a folder that does not exist', () => {
    expect(code(() => openStore(join(folder, 'none', 'r.jsonl'), planned()))).toBe('unwritable');
  });
});

describe('two writers', () => {
  test('of one process and of two', async () => {
    const store = openStore(path, planned());
    expect(() => openStore(path, planned())).toThrow(`process ${process.pid} is writing there`);
    store.close();
    // Another process that lives.
    const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
    const held = { pid: other.pid, host: hostname(), token: 'theirs' };
    writeFileSync(`${path}.lock`, JSON.stringify(held));
    expect(() => openStore(path, planned())).toThrow(`process ${other.pid} is writing there`);
    const ended = new Promise((resolve) => other.on('exit', resolve));
    other.kill('SIGKILL');
    await ended;
    openStore(path, planned()).close();
    expect(existsSync(`${path}.lock`)).toBe(false);
  });

  test.runIf(process.platform === 'linux')(
    'the number of a process that has ended may be another one’s',
    () => {
      const before = { pid: process.pid, host: hostname(), began: '1', token: 'theirs' };
      writeFileSync(`${path}.lock`, JSON.stringify(before));
      openStore(path, planned()).close();
    },
  );

  test('another machine is not judged', () => {
    writeFileSync(`${path}.lock`, JSON.stringify({ pid: 1, host: 'elsewhere', token: 'theirs' }));
    expect(() => openStore(path, planned())).toThrow('process 1 of elsewhere is writing there');
    writeFileSync(`${path}.lock`, '');
    expect(() => openStore(path, planned())).toThrow('another process is writing there');
  });

  test('whoever has lost his lock writes no more', () => {
    const store = openStore(path, planned());
    store.add([{ index: 0, outcome: outcome(0), seconds: 0 }]);
    const before = readFileSync(path, 'utf8');
    writeFileSync(`${path}.lock`, JSON.stringify({ pid: 1, host: 'elsewhere', token: 'theirs' }));
    expect(code(() => store.add([{ index: 1, outcome: failed, seconds: 0 }]))).toBe('locked');
    expect(readFileSync(path, 'utf8')).toBe(before);
    store.close();
    // That of the other stays.
    expect(existsSync(`${path}.lock`)).toBe(true);
  });

  test('reading needs no lock and mends nothing', () => {
    const store = openStore(path, planned());
    store.add([{ index: 0, outcome: outcome(0), seconds: 0 }]);
    appendFileSync(path, '{"id":"half');
    expect([...FileStore.read(path, planned()).outcomes.keys()]).toEqual([0]);
    expect(readFileSync(path, 'utf8')).toMatch(/half$/);
    store.close();
  });
});

test('files larger than a piece of reading, with lines across its edges', () => {
  const k = Array.from({ length: 400 }, (_, i) => i + 1);
  const plan = planned({ grid: { k } });
  const long = 'x'.repeat(9000);
  const store = openStore(path, plan);
  store.add(
    k.map((_, index) => ({ index, outcome: { status: 'refused', error: `${index} ${long}` }, seconds: 0 })),
  );
  store.close();
  const again = openStore(path, plan);
  expect(again.outcomes.size).toBe(400);
  for (const [index, one] of again.outcomes)
    expect((one as { error: string }).error).toBe(`${index} ${long}`);
  again.close();
});
