import { expect, test } from 'vitest';
import { presetNamed, presets } from '../../web/simulate/presets';
import {
  packText,
  parseState,
  printState,
  type SharedState,
  unpackText,
} from '../../web/simulate/share-state';

const named = (text: string) => presets.find((preset) => preset.text === text);
const again = async (state: SharedState) => {
  const { params } = await printState(state, named);
  return parseState(new URLSearchParams(params.toString()));
};

const state: SharedState = {
  text: 'A ->{k} B # → ∅ 😀 & = ? `odd name`\n\r\nparam k = 1',
  changes: { 'p:k': 1e-9, 'i:odd=name&x': 0, 'r:12': 1e9, 'i:Z+': 0.1 + 0.2 },
  settings: { to: 1e13, rtol: 3e-7, method: 'bdf' },
  logTime: true,
  logConcentration: true,
  hidden: ['Z+', 'a b', 'P[1,2]'],
};

test('a link brings everything back', async () => {
  expect(await again(state)).toEqual(state);
  const robertson = presetNamed('robertson')!;
  const own: SharedState = {
    text: robertson.text,
    changes: {},
    settings: {},
    logTime: true,
    logConcentration: true,
    hidden: [],
  };
  expect((await printState(own, named)).params.toString()).toBe('preset=robertson');
  expect(await again(own)).toEqual(own);
  expect(await again({ ...own, logTime: false })).toEqual({ ...own, logTime: false });
});

test('lines that a preset hides can be shown, in a link too', async () => {
  const { text, hidden = [] } = presetNamed('repressilator')!;
  expect(hidden.length).toBeGreaterThan(0);
  const own: SharedState = {
    text,
    changes: {},
    settings: {},
    logTime: false,
    logConcentration: false,
    hidden,
  };
  expect((await printState(own, named)).params.toString()).toBe('preset=repressilator');
  for (const hidden of [[], ['A'], own.hidden])
    expect(await again({ ...own, hidden })).toEqual({ ...own, hidden });
});

test('texts are packed without loss', async () => {
  for (const text of ['', '\ufeffA', 'x'.repeat(1e6), ...presets.map(({ text }) => text)]) {
    const packed = await packText(text);
    expect(packed).toMatch(/^[\w-]*$/);
    expect(await unpackText(packed)).toBe(text);
  }
});

test('what a link cannot hold is kept beside it', async () => {
  let kept: string | null = null;
  const drafts = {
    put: (text: string) => {
      kept = text;
    },
    get: () => kept,
  };
  let text = '';
  for (let i = 0; i < 20_000; i++) text += `A${(i * 7919) % 100_003} ->{${Math.sin(i)}} B${i}\n`;
  const { params, tooLong } = await printState({ ...state, text }, named, drafts);
  expect(tooLong).toBe(true);
  expect(params.toString().length).toBeLessThan(1000);
  expect((await parseState(params, drafts)).text).toBe(text);
  await expect(parseState(params)).rejects.toThrow('too long for a link');
});

test('damaged links say so', async () => {
  const packed = await packText('A -> B');
  for (const text of [packed.slice(0, -3), '%%%', 'AAAA', `x${packed}`]) {
    await expect(parseState(new URLSearchParams({ text }))).rejects.toThrow('damaged');
  }
  await expect(parseState(new URLSearchParams('preset=nothing'))).rejects.toThrow('“nothing”');
  const odd = await parseState(
    new URLSearchParams('preset=decay&v=p:there=NaN&v=zzz&v=p:=1&to=-1&method=magic&rtol=x'),
  );
  expect(odd).toMatchObject({ changes: {}, settings: {} });
});
