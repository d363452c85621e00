import { describe, expect, it } from 'vitest';
import { quantile } from '../../src/plot/figures/series.js';
import type { AreaLayer, Chart, LineLayer, LossBandData, PointsLayer } from '../../src/plot/index.js';
import { accuracyStripFigure, lossBandFigure } from '../../src/plot/index.js';
import { figureToSvg } from '../../src/plot/node.js';
import { range } from './samples.js';

const layer = <T>(figure: Chart, name: string): T =>
  figure.layers.find((l) => 'name' in l && l.name === name) as T;

describe('quantile', () => {
  it('interpolates between neighbours, whatever the order', () => {
    expect([0, 0.25, 0.5, 0.75, 1].map((p) => quantile([4, 1, 3, 2], p))).toEqual([1, 1.75, 2.5, 3.25, 4]);
    expect(quantile([10, 9, 100], 0.5)).toBe(10);
    expect(quantile([7], 0.25)).toBe(7);
  });
});

describe('lossBandFigure', () => {
  const epochs = [0, 1, 2];
  const runs = [
    [5, 4, 3],
    [1, 1, 1],
    [4, 3, 2],
    [2, 2, 2],
    [30, 0.5, 0.25],
  ];

  it('draws median, middle half and range over the seeds of each epoch', () => {
    const figure = lossBandFigure({ epochs, runs });
    expect(figure.y.scale).toBe('log');
    expect(layer<LineLayer>(figure, 'validation loss, median').y).toEqual([4, 2, 2]);
    expect(layer<AreaLayer>(figure, 'all 5 seeds')).toMatchObject({ low: [1, 0.5, 0.25], high: [30, 4, 3] });
    expect(layer<AreaLayer>(figure, 'middle half')).toMatchObject({ low: [2, 1, 1], high: [5, 3, 2] });
    const svg = figureToSvg(figure);
    for (const name of ['all 5 seeds', 'middle half', 'validation loss, median']) {
      expect(svg).toContain(`>${name}<`);
    }
    // The range as one closed shape: three values up, three back.
    const [, path] = /<path aria-label="all 5 seeds" d="([^"]+)"/.exec(svg)!;
    const corners = path.match(/-?[\d.]+,-?[\d.]+/g)!.map((corner) => corner.split(',').map(Number));
    expect(corners).toHaveLength(6);
    // As high as the range is wide on a logarithmic axis: 1 to 30, 0.5 to 4, 0.25 to 3.
    const heights = [0, 1, 2].map((i) => Math.abs(corners[i][1] - corners[5 - i][1]));
    expect(heights[1] / heights[0]).toBeCloseTo(Math.log(8) / Math.log(30), 2);
    expect(heights[2] / heights[0]).toBeCloseTo(Math.log(12) / Math.log(30), 2);
    expect(path).toMatch(/Z$/);
  });

  it('shows no quartiles of three seeds and no band of one', () => {
    const names = (n: number) =>
      lossBandFigure({ epochs, runs: runs.slice(0, n) }).layers.map((l) => 'name' in l && l.name);
    expect(names(3)).toEqual(['all 3 seeds', 'validation loss, median']);
    expect(names(1)).toEqual(['validation loss']);
  });

  it('adds the train loss’ median and references in styles of their own', () => {
    const figure = lossBandFigure({
      epochs,
      runs,
      train: [
        [3, 2, 1],
        [5, 4, 3],
      ],
      reference: [
        { label: 'authors', value: 0.5 },
        { label: 'twin', value: 0.4 },
      ],
    });
    expect(layer<LineLayer>(figure, 'train loss, median')).toMatchObject({ y: [4, 3, 2], dash: 'dashed' });
    const rules = figure.layers.filter((l) => l.kind === 'rule');
    expect(rules).toMatchObject([
      { name: 'authors', at: { y: 0.5 } },
      { name: 'twin', at: { y: 0.4 } },
    ]);
    expect(rules[0].dash).not.toBe(rules[1].dash);
  });

  it('turns to symlog for a loss of exactly zero, and says so', () => {
    const figure = lossBandFigure({ epochs, runs: [[1, 0, 0], ...runs] });
    expect(figure.y.scale).toBe('symlog');
    expect(figure.subtitle).toContain('exactly 0');
  });

  it.each<[Partial<LossBandData>, RegExp]>([
    [{ epochs: [] }, /epochs is empty/],
    [{ runs: [] }, /runs is empty/],
    [
      {
        runs: [
          [1, 2, 3],
          [1, 2],
        ],
      },
      /runs\[1\] has 2 values where 3 are needed/,
    ],
    [{ runs: [[1, Number.NaN, 3]] }, /runs\[0\]: value 1 is NaN/],
    [{ runs: [[1, -2, 3]] }, /runs\[0\]: value 1 is -2; a loss is never negative/],
    [{ train: [] }, /train is empty/],
    [{ train: [[1, 2, Number.POSITIVE_INFINITY]] }, /train\[0\]: value 2 is Infinity/],
    [{ reference: [{ label: 'authors', value: 0 }] }, /reference "authors" is 0/],
    [{ reference: [{ label: '', value: 1 }] }, /reference\[0\]\.label must be a name/],
  ])('refuses by name (%#)', (over, message) => {
    expect(() => lossBandFigure({ epochs, runs, ...over })).toThrow(message);
  });
});

describe('accuracyStripFigure', () => {
  const rows = [
    { name: 'first', values: [90, 80, 85, 84], reference: 84.7 },
    { name: 'second', values: [70] },
  ];
  const figure = accuracyStripFigure({ rows });

  it('has one dot for each seed, the first row at the top', () => {
    const dots = layer<PointsLayer>(figure, 'one seed');
    expect([...dots.x].sort()).toEqual([70, 80, 84, 85, 90]);
    expect(figure.y.ticks).toEqual([
      { value: 1, label: 'first' },
      { value: 0, label: 'second' },
    ]);
    dots.x.forEach((value, i) => {
      expect(Math.round(dots.y[i])).toBe(value === 70 ? 0 : 1);
    });
    expect(figureToSvg(figure).match(/<circle/g)).toHaveLength(5);
    expect(figure.subtitle).toBe('1 to 4 seeds for each experiment.');
  });

  it('marks the median and the authors’ figure', () => {
    const median = layer<LineLayer>(figure, 'median');
    expect(median.x).toEqual([84.5, 84.5, 70, 70, 70]);
    expect(median.y.map((y) => y === null)).toEqual([false, false, true, false, false]);
    expect(layer<PointsLayer>(figure, 'authors’ figure')).toMatchObject({ x: [84.7], y: [1] });
    const untold = accuracyStripFigure({ rows: [rows[1]] });
    expect(layer(untold, 'authors’ figure')).toBeUndefined();
  });

  it('moves equal values aside and keeps them in their row', () => {
    const equal = layer<PointsLayer>(
      accuracyStripFigure({ rows: [{ name: 'a', values: [97, 97, 97] }] }),
      'one seed',
    );
    expect(new Set(equal.y).size).toBe(3);
    const many = layer<PointsLayer>(
      accuracyStripFigure({ rows: [{ name: 'a', values: range(40).map(() => 97) }] }),
      'one seed',
    );
    expect(many.x).toHaveLength(40);
    for (const y of many.y) expect(Math.abs(y)).toBeLessThan(0.4);
  });

  it('ends percentages at 100 and leaves other units their own range', () => {
    const [low, high] = figure.x.domain!;
    expect([low, high].map(Math.round)).toEqual([69, 101]);
    const loss = accuracyStripFigure({
      rows: [{ name: 'E1', values: [0.1, 0.2] }],
      unit: 'µM²',
      label: 'loss',
    });
    expect(loss.x.domain![0]).toBeCloseTo(0.098);
    expect(loss.x.domain![1]).toBeCloseTo(0.202);
    expect(loss.x).toMatchObject({ label: 'loss', unit: 'µM²' });
  });

  it('shortens a name that would leave no room', () => {
    const name = 'a very long name of an experiment '.repeat(9).trim();
    const long = accuracyStripFigure({ rows: [{ name, values: [50] }] });
    expect(long.y.ticks![0].label).toMatch(/^a very.*….*experiment$/);
    expect(() => figureToSvg(long)).not.toThrow();
  });

  it('refuses by name', () => {
    const make = (over: object) => () => accuracyStripFigure({ rows: [{ ...rows[0], ...over }, rows[1]] });
    expect(() => accuracyStripFigure({ rows: [] })).toThrow(/rows is empty/);
    expect(make({ values: [] })).toThrow(/row "first" is empty/);
    expect(make({ values: [1, Number.NaN] })).toThrow(/row "first": value 1 is NaN/);
    expect(make({ values: [101] })).toThrow(/row "first": 101 is not between 0 and 100 %/);
    expect(make({ reference: Number.NaN })).toThrow(/row "first": reference is NaN/);
    expect(make({ name: 'second' })).toThrow(/row "second" is given twice/);
    expect(make({ name: '' })).toThrow(/rows\[0\] needs a name/);
  });
});
