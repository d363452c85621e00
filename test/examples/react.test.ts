import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Simulation } from '../../examples/react/simulation';

test('the component of React renders on a server', () => {
  const html = renderToString(
    createElement(Simulation, {
      text: 'param k = 1\ninit A = 1\nA ->{k} B\nsimulate to 5',
      parameter: 'k',
      from: 1,
    }),
  );
  expect(html).toContain('type="range"');
  expect(html).toContain('Running…');
  const broken = renderToString(createElement(Simulation, { text: 'A -> -> B', parameter: 'k', from: 1 }));
  expect(broken).toMatch(/role="alert">line 1: expected/);
});
