import { describe, expect, it } from 'vitest';
import type { AreaLayer, CellsLayer, LineLayer, PointsLayer } from '../../src/plot/index.js';
import { heatMapFigure, scatterFigure, valueBandFigure } from '../../src/plot/index.js';
import { figureToSvg } from '../../src/plot/node.js';

describe('heatMapFigure', () => {
  const data = { x: [1, 2, 4], y: [10, 20], xLabel: 'k', yLabel: 'A', label: 'final B' };

  it('colours each cell by its value, from dark to light, with the scale beside', () => {
    const figure = heatMapFigure({ ...data, values: [0, 1, 2, 3, null, 4] });
    const [cells] = figure.layers as [CellsLayer];
    expect([cells.x, cells.y]).toEqual([data.x, data.y]);
    expect(cells.cells).toEqual([0, 16, 32, 47, null, 63]);
    expect(figure.x.domain).toEqual([0.5, 5]);
    expect(figure.subtitle).toBe('1 of 6 cells have no value.');
    const svg = figureToSvg(figure);
    for (const label of ['final B', 'k', 'A', '4', '2', '0']) expect(svg).toContain(`>${label}<`);
    expect(svg).toContain(cells.colors[0]);
    expect(svg).toContain(cells.colors[63]);
  });

  it('has logarithmic axes and colours, whose cells meet halfway between the logarithms', () => {
    const log = { ...data, x: [0.01, 1, 100], values: [1e-3, 1, 1e3, 1, 1, 1], xScale: 'log' } as const;
    const figure = heatMapFigure(log);
    const [cells] = figure.layers as [CellsLayer];
    expect(cells.x).toEqual([-2, 0, 2]);
    expect(cells.cells.slice(0, 3)).toEqual([0, 32, 63]);
    expect(figure.x.ticks?.map(({ value }) => value)).toEqual(expect.arrayContaining([-2, 0, 2]));
    const linear = heatMapFigure({ ...log, valueScale: 'linear' }).layers[0] as CellsLayer;
    expect(linear.cells.slice(0, 3)).toEqual([0, 0, 63]);
  });

  it('draws one value alone, and refuses what it cannot draw', () => {
    expect(figureToSvg(heatMapFigure({ ...data, values: new Array(6).fill(7) }))).toContain('>7<');
    const wrong: [object, string][] = [
      [{ values: [1] }, 'values has 1 entries for 3 columns and 2 rows'],
      [{ values: new Array(6).fill(null) }, 'values are all null'],
      [{ values: [1, 2, 3, 4, 5, Number.NaN] }, 'value 5 is NaN'],
      [{ x: [1, 1, 2], values: new Array(6).fill(1) }, 'k: 1 is not above the value before, 1'],
      [{ x: [0, 1, 2], xScale: 'log', values: new Array(6).fill(1) }, 'k: 0 has no place on a log scale'],
      [{ values: [-1, 1, 1, 1, 1, 1], valueScale: 'log' }, 'values: -1 has no place on a log scale'],
    ];
    for (const [given, message] of wrong) {
      expect(() => heatMapFigure({ ...data, ...given } as never), message).toThrow(message);
    }
  });
});

describe('valueBandFigure', () => {
  const data = { x: [1, 2, 3], xLabel: 'rate', label: 'loss' };
  const layers = <T>(figure: ReturnType<typeof valueBandFigure>, kind: string) =>
    figure.layers.filter((layer) => layer.kind === kind) as T[];

  it('draws medians over bands; a value that is missing leaves out its run, a column its place', () => {
    const runs = [
      [1, null, 5],
      [2, null, 7],
      [3, null, null],
      [9, null, 6],
    ];
    const figure = valueBandFigure({ ...data, series: [{ name: 'a', runs }] });
    expect(layers<LineLayer>(figure, 'line')[0].y).toEqual([2.5, null, 6]);
    expect(layers(figure, 'area')).toEqual([]);
    const two = runs.map(([first, , last]) => [first, 4, last]);
    const [range, half] = layers<AreaLayer>(
      valueBandFigure({ ...data, series: [{ name: 'a', runs: two }] }),
      'area',
    );
    expect(range).toMatchObject({ low: [1, 4, 5], high: [9, 4, 7] });
    expect(half).toMatchObject({ low: [1.75, 4, 5.5], high: [4.5, 4, 6.5] });
  });

  it('one run each are lines alone, with a legend', () => {
    const series = ['a', 'b'].map((name, k) => ({ name, runs: [[k, k, k]] }));
    const figure = valueBandFigure({ ...data, series });
    expect(figure.layers.map(({ kind }) => kind)).toEqual(['line', 'line']);
    expect(figure.subtitle).toBeUndefined();
    expect(figureToSvg(figure)).toContain('>b<');
  });

  it('refuses what it cannot draw', () => {
    expect(() => valueBandFigure({ ...data, series: [] })).toThrow('series is empty');
    expect(() => valueBandFigure({ ...data, series: [{ name: 'a', runs: [[1]] }] })).toThrow(
      'series "a": a run has 1 values for 3 of x',
    );
    expect(() => valueBandFigure({ ...data, x: [1, 3, 2], series: [{ name: 'a', runs: [] }] })).toThrow(
      'x: 2 is not above the value before, 3',
    );
    expect(() => valueBandFigure({ ...data, series: [{ name: 'a', runs: [[null, null, null]] }] })).toThrow(
      'there is no value',
    );
  });
});

describe('scatterFigure', () => {
  it('has a panel for each option, without the cases that have no value', () => {
    const figure = scatterFigure({
      over: [
        { label: 'k', x: [1, 2, 3] },
        { label: 'A', x: [0.1, 10, 1000], scale: 'log' },
      ],
      values: [5, null, 7],
      label: 'final B',
    });
    expect(figure.panels.map(({ x }) => [x.label, x.scale])).toEqual([
      ['k', 'linear'],
      ['A', 'log'],
    ]);
    expect(figure.panels.map(({ layers }) => (layers[0] as PointsLayer).x)).toEqual([
      [1, 3],
      [0.1, 1000],
    ]);
    expect((figure.panels[1].layers[0] as PointsLayer).y).toEqual([5, 7]);
    expect(figure.subtitle).toBe('1 of 3 cases have no value.');
    expect(figureToSvg(figure)).toContain('>final B<');
    expect(() => scatterFigure({ over: [], values: [null], label: 'x' })).toThrow('values are all null');
  });
});
