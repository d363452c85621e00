import { expect, test } from 'vitest';
import { race } from '../../web/race/race-job';
import { digits, quantile } from '../../web/race/statistics';
import { solvePlain } from '../../web/race/textbook';
import type { RaceProgress } from '../../web/simulate/protocol';

test('quantiles lie between neighbours', () => {
  expect(quantile([3, 1, 2], 0.5)).toBe(2);
  expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
  expect(quantile([1, 2, 3, 4], 0.25)).toBe(1.75);
  expect(quantile([7], 0.75)).toBe(7);
});

test('digits are those of the worst species, what is below its floor left out', () => {
  expect(digits([1.001, 2], [1, 2], () => 1e-9)).toBeCloseTo(3, 6);
  expect(digits([1, 2e-15], [1, 1e-15], () => 1e-3)).toBeCloseTo(12, 6);
  expect(digits([1], [1], () => 0)).toBe(16);
  expect(digits([Number.NaN], [1], () => 0)).toBe(0);
});

test('the method of pages is of its order, and gives up when its time is over', () => {
  const decay = {
    initial: new Float64Array([1]),
    reactions: [{ rate: 1, orders: [[0, 1]], change: [[0, -1]] }],
  } as const;
  const errors = [1e-4, 1e-8].map((rtol) => {
    const run = solvePlain(decay, { to: 5, rtol, atol: rtol, until: () => false });
    expect(run.ended).toBe('done');
    return { error: Math.abs(run.state[0] - Math.exp(-5)), steps: run.steps };
  });
  expect(errors[1].error).toBeLessThan(1e-8);
  const order = Math.log(errors[0].error / errors[1].error) / Math.log(errors[1].steps / errors[0].steps);
  expect(order).toBeGreaterThan(4);
  expect(solvePlain(decay, { to: 1e12, rtol: 1e-12, atol: 1e-12, until: () => true }).ended).toBe('time');
});

test('a race has the same steps and digits for the same arithmetic', async () => {
  const told: RaceProgress[] = [];
  const { standings } = await race(
    {
      text: 'init A = 1\nA ->{0.04} B\n2 B ->{3e7} B + C\nB + C ->{1e4} A + C\nsimulate to 100 atol 1e-12',
      changes: {},
      settings: { rtol: 1e-6 },
      contestants: ['generated', 'interpreted', 'js', 'textbook'],
      seconds: 0.1,
    },
    new AbortController().signal,
    (progress) => told.push(progress),
  );
  const [generated, interpreted, js, textbook] = standings;
  for (const one of [generated, interpreted, js]) {
    expect(one).toMatchObject({ state: 'done', steps: generated.steps, digits: generated.digits });
    expect(one.median).toBeGreaterThan(0);
    expect(one.warmUp.solves).toBeGreaterThan(0);
  }
  expect(generated.digits).toBeGreaterThan(4);
  expect(['done', 'failed']).toContain(textbook.state);
  expect(told.some(({ doing }) => doing.startsWith('Warming up'))).toBe(true);
});

test('a race can be stopped', async () => {
  const stop = new AbortController();
  const running = race(
    { text: 'A -> B\ninit A = 1', changes: {}, settings: {}, contestants: ['js'], seconds: 60 },
    stop.signal,
    () => stop.abort(),
  );
  await expect(running).rejects.toThrow('stopped');
});
