import { describe, expect, it } from 'vitest';
import { type Chart, cumulativeFigure, type LineLayer, successFigure } from '../../src/plot/index.js';
import { figureToSvg } from '../../src/plot/node.js';

const lines = ({ layers }: Chart) => layers.filter((layer): layer is LineLayer => layer.kind === 'line');

const series = (name: string) => ({
  name,
  sigma: [0.1, 0.2],
  rate: [1, 0.25],
  low: [0.8, 0.1],
  high: [1, 0.5],
});

describe('successFigure', () => {
  it('has rates in percent from 0 on, with their intervals', () => {
    const figure = successFigure({ series: [series('a')], success: 'x < 1' });
    expect(lines(figure)).toMatchObject([{ name: 'a', x: [0.1, 0.2], y: [100, 25], markers: true }]);
    expect(figure.layers[0]).toMatchObject({ kind: 'area', low: [80, 10], high: [100, 50] });
    expect(figure.y).toMatchObject({ unit: '%', domain: [0, 100] });
    expect(figure.x.domain?.[0]).toBe(0);
    expect(figure.subtitle).toMatch(/^Success: x < 1\. Shaded/);
    expect(figure.legend).toBe('none');
    expect(figureToSvg(figure)).toContain('success');
  });

  it('lists several by name, and one size without a stretch', () => {
    const both = successFigure({ series: [series('a'), series('b')] });
    expect(both.legend !== 'none' && both.legend?.entries?.map(({ label }) => label)).toEqual(['a', 'b']);
    const one = { name: 'c', sigma: [0.1], rate: [0.5], low: [0.2], high: [0.8] };
    expect(successFigure({ series: [one] }).layers.map(({ kind }) => kind)).toEqual(['line']);
  });

  it.each([
    [[], /series is empty/],
    [[{ ...series('a'), rate: [1] }], /a: rate has 1 values where 2 are needed/],
    [[{ ...series('a'), low: [Number.NaN, 0] }], /a: low: value 0 is NaN/],
  ])('refuses by name (%#)', (given, message) => {
    expect(() => successFigure({ series: given })).toThrow(message);
  });
});

describe('cumulativeFigure', () => {
  it('is a step for every run, and ends below 100 % where runs have no number', () => {
    const figure = cumulativeFigure({
      label: 'loss',
      series: [{ name: 'a', values: [3, 1, 2], missing: 1 }],
      reference: { label: 'undisturbed', value: 1.5 },
    });
    expect(lines(figure)).toMatchObject([{ x: [1, 1, 2, 2, 3, 3], y: [0, 25, 25, 50, 50, 75] }]);
    expect(figure.layers[0]).toMatchObject({ kind: 'rule', at: { x: 1.5 }, name: 'undisturbed' });
    expect(figure.subtitle).toContain('the other runs failed');
    expect(figure.x.scale).toBe('linear');
    expect(figureToSvg(figure)).toContain('runs with at most that');
  });

  it('is logarithmic where numbers are far apart and positive; a series without numbers has no line', () => {
    const wide = cumulativeFigure({
      label: 'x',
      series: [
        { name: 'a', values: [0.1, 9] },
        { name: 'b', values: [], missing: 4 },
      ],
    });
    expect(wide.x.scale).toBe('log');
    expect(lines(wide).map(({ name }) => name)).toEqual(['a']);
    expect(cumulativeFigure({ label: 'x', series: [{ name: 'a', values: [-1, 9] }] }).x.scale).toBe('linear');
  });

  it.each([
    [[], /series is empty/],
    [[{ name: 'a', values: [] }], /no run has a number/],
    [[{ name: 'a', values: [1, Number.NaN] }], /a: value 1 is NaN/],
    [[{ name: 'a', values: [1], missing: 0.5 }], /a: missing must be a whole number ≥ 0, got 0.5/],
  ])('refuses by name (%#)', (given, message) => {
    expect(() => cumulativeFigure({ label: 'x', series: given })).toThrow(message);
  });
});
