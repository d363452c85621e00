import { describe, expect, it, test } from 'vitest';
import { runJob } from '../../web/simulate/jobs';
import {
  lazyNames,
  loadPreset,
  type Preset,
  presetNames,
  presetOf,
  presets,
} from '../../web/simulate/presets';
import { parseState, printState } from '../../web/simulate/share-state';

const last = (column: ArrayLike<number>) => column[column.length - 1];

/** Runs a preset as the page does, and gives what its shown species end with. */
async function run(name: string): Promise<{ preset: Preset; end: Record<string, number> }> {
  const preset = (await loadPreset(name)) as Preset;
  const { curves, failure, notes } = await runJob(
    {
      text: preset.text,
      changes: {},
      settings: {},
      logTime: false,
      most: 300,
      wanted: preset.wanted ?? [],
    },
    new AbortController().signal,
    () => {},
  );
  expect(failure).toBeUndefined();
  // It says itself how long.
  expect(notes).toEqual([]);
  const names = curves?.names ?? [];
  expect(names).toEqual(expect.arrayContaining([...(preset.wanted ?? [])]));
  const shown = names.filter((one) => !preset.hidden?.includes(one));
  expect(shown.length).toBeGreaterThan(0);
  expect(shown.length).toBeLessThanOrEqual(8);
  return {
    preset,
    end: Object.fromEntries(names.map((one, k) => [one, last(curves?.columns[k] ?? [])])),
  };
}

/** What must have come of each. */
const outcomes: Record<(typeof lazyNames)[number], (end: Record<string, number>) => void> = {
  'rate-independent': (end) => expect(end['Y[2,1]+'] - end['Y[2,1]-']).toBeCloseTo(1, 1),
  'crnpp-gcd': ({ a, b }) => expect([a, b].map((value) => value.toFixed(2))).toEqual(['4.00', '4.00']),
  'smooth-relu': (end) => expect(end['Y[2,1]']).toBeGreaterThan(0.8),
  sequestration: (end) => expect(end['Y[2,1]']).toBeGreaterThan(0.9),
  rncrn: ({ X_1, X_2 }) => expect(Math.hypot(X_1 - 5, X_2 - 5)).toBeCloseTo(2, 0),
  'designed-oscillator': ({ X, Y, Z }) => expect(X + Y + Z).toBeCloseTo(1, 1),
  // Nothing is lost but to pairs: 2 A make a B, B and D an E.
  'discovered-four': ({ A, B, C, D, E }) => {
    expect(A + 2 * B + C + D + 3 * E).toBeCloseTo(1 + 2 * 0.6, 3);
    expect(E).toBeGreaterThan(0.1);
  },
  'designed-xor': ({ Y }) => expect(Y).toBeLessThan(0.05),
  'designed-adder': ({ Y }) => expect(Y).toBeCloseTo(1.3, 3),
  bfcnn: (end) => {
    const outputs = [1, 2, 3, 4].map((example) => end[`A[1,1,${example}]`] > 0.5);
    expect(outputs).toEqual([false, true, true, true]);
    // It has stopped itself.
    expect(end.Go).toBeLessThan(0.01);
  },
  'bfcnn-xor': (end) => {
    const outputs = [1, 2, 3, 4].map((example) => end[`A[2,1,${example}]`] > 0.5);
    expect(outputs).toEqual([false, true, true, false]);
    expect(end.Go).toBeLessThan(0.01);
  },
  lakin: (end) => {
    expect(end['W[1,1,1]+']).toBeCloseTo(1, 1);
    expect(end['W[1,1,2]+']).toBeCloseTo(0.5, 1);
    expect(end['W[1,1,0]+'] - end['W[1,1,0]-']).toBeCloseTo(0, 1);
  },
  hebbian: (end) => {
    const weights = [1, 2, 3].map((channel) => end[`H[${channel}]`]);
    expect(Math.max(...weights)).toBe(weights[0]);
  },
  perceptron: (end) => {
    const [bias, first, second] = [0, 1, 2].map((i) => end[`W[${i}]+`] - end[`W[${i}]-`]);
    const answers = [bias, bias + second, bias + first, bias + first + second].map((sum) => sum > 0);
    expect(answers).toEqual([true, true, true, false]);
  },
  perturbation: (end) => {
    const [bias, first, second] = [0, 1, 2].map((i) => end[`W[1,1,${i}]+`] - end[`W[1,1,${i}]-`]);
    const answers = [-1, 1].flatMap((x) => [-1, 1].map((y) => bias + first * x + second * y > 0));
    expect(answers).toEqual([false, false, false, true]);
  },
  'one-pot': (end) => {
    const answers = [1, 2, 3, 4].map((example) => end[`A[2,1,${example}]`] > 0.5);
    expect(answers).toEqual([false, true, true, false]);
  },
};

describe('presets that are built when they are asked for', () => {
  it.each(lazyNames)('%s comes to what it says', async (name) => {
    const { preset, end } = await run(name);
    expect(preset.text).toMatch(/^# /);
    expect(preset.text).toContain('Watch');
    outcomes[name](end);
  });

  it('stand in the list beside the others, and in a link by their name', async () => {
    const names = presetNames.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining([...lazyNames, ...presets.map(({ name }) => name)]));
    expect(new Set(names).size).toBe(presets.length + lazyNames.length);
    const state = await parseState(new URLSearchParams('preset=crnpp-gcd'));
    expect(state.text).toContain('Euclid');
    expect((await printState(state, presetOf)).params.toString()).toBe('preset=crnpp-gcd');
    await expect(parseState(new URLSearchParams('preset=nothing'))).rejects.toThrow('there is none');
  });
});

test('a text that is no preset has no name', () => {
  expect(presetOf('A -> B')).toBeUndefined();
});
