import { expect, test } from 'vitest';
import { sine } from '../../src/learning/sine.js';

test('the sine, to a few units in the last place', () => {
  let worst = 0;
  for (let k = -4000; k <= 4000; k++) {
    const x = k * 0.00731;
    worst = Math.max(worst, Math.abs(sine(x) - Math.sin(x)));
  }
  expect(worst).toBeLessThan(3e-16);
  expect([sine(0), sine(Math.PI / 2), sine(-Math.PI / 2)]).toEqual([0, 1, -1]);
});
