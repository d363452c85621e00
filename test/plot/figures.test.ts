import { describe, expect, it } from 'vitest';
import type { Chart, LineLayer, Panels } from '../../src/plot/index.js';
import {
  concentrationsFigure,
  lossCurveFigure,
  parityFigure,
  timeCourseFigure,
  weightsFigure,
} from '../../src/plot/index.js';
import { figureToSvg } from '../../src/plot/node.js';
import { range, twoPhases } from './samples.js';

const lines = (figure: { layers: Chart['layers'] }): LineLayer[] =>
  figure.layers.filter((l): l is LineLayer => l.kind === 'line');
const named = (figure: { layers: Chart['layers'] }, name: string): LineLayer =>
  lines(figure).find((l) => l.name === name)!;
const legendOf = (figure: Pick<Chart, 'legend'>): string[] =>
  figure.legend && figure.legend !== 'none' ? figure.legend.entries!.map((e) => e.label) : [];

describe('lossCurveFigure', () => {
  const base = { epochs: [0, 1, 2], trainLoss: [4, 2, 1], validationLoss: [5, 3, 2] };

  it('has a log loss axis and whole epochs', () => {
    const figure = lossCurveFigure({
      ...base,
      ideal: { epochs: [0, 2], validationLoss: [5, 2] },
      floor: 0.5,
    });
    expect(figure.y).toMatchObject({ label: 'loss, mean of ½e²', scale: 'log' });
    expect(figure.x).toMatchObject({ label: 'epoch', integer: true });
    expect(lines(figure).map((l) => [l.name, l.y])).toEqual([
      ['train loss', [4, 2, 1]],
      ['validation loss', [5, 3, 2]],
      ['validation loss, ideal rule', [5, 2]],
    ]);
    expect(figure.layers.at(-1)).toMatchObject({ kind: 'rule', at: { y: 0.5 }, name: 'floor' });
    expect(figureToSvg(figure)).toContain('>validation loss, ideal rule<');
  });

  it('takes typed arrays', () => {
    const figure = lossCurveFigure({ ...base, trainLoss: Float64Array.of(4, 2, 1) });
    expect(JSON.parse(JSON.stringify(figure))).toEqual(lossCurveFigure(base));
  });

  it('turns to symlog for a loss of exactly zero, and says so', () => {
    const figure = lossCurveFigure({ ...base, trainLoss: [4, 1, 0] });
    expect(figure.y.scale).toBe('symlog');
    expect(figure.subtitle).toContain('exactly 0');
    expect(figureToSvg(figure)).toContain('exactly 0');
  });

  it.each([
    [{ ...base, trainLoss: [1, Number.NaN, 1] }, /train loss: value 1 is NaN/],
    [{ ...base, validationLoss: [1, 1, Number.POSITIVE_INFINITY] }, /validation loss: value 2 is Infinity/],
    [{ ...base, validationLoss: [1, -1, 1] }, /validation loss: value 1 is -1; a loss is never negative/],
    [{ ...base, trainLoss: [1, 2] }, /train loss has 2 values where 3 are needed/],
    [{ ...base, epochs: [] }, /epochs is empty/],
    [{ ...base, floor: 0 }, /floor is 0; it must be a loss > 0/],
    [{ ...base, ideal: { epochs: [0], validationLoss: [] } }, /ideal\.validationLoss is empty/],
  ])('refuses by name (%#)', (data, message) => {
    expect(() => lossCurveFigure(data)).toThrow(message);
  });
});

describe('parityFigure', () => {
  const target = [1, 2, 3, 4];
  const figure = parityFigure({
    before: { target, prediction: [2.5, 2.5, 2.5, 2.5] },
    after: { target, prediction: [1, 2, 3, 5] },
    label: 'y',
    unit: 'µM',
  });

  it('has equal axes on both sides and the line of agreement', () => {
    const domains = figure.panels.flatMap((p) => [p.x.domain, p.y.domain]);
    for (const domain of domains) expect(domain).toEqual(domains[0]);
    for (const panel of figure.panels) {
      expect(panel.square).toBe(true);
      expect(panel.layers[0]).toMatchObject({ kind: 'rule', at: 'identity' });
    }
    const svg = figureToSvg({ ...figure, height: 700 });
    const frames = [
      ...svg.matchAll(/aria-label="frame"[^>]*x1="([\d.]+)" x2="([\d.]+)" y1="([\d.]+)" y2="([\d.]+)"/g),
    ];
    const [across, up] = [frames[0], frames[1]].map((m) => m.slice(1).map(Number));
    expect(across[1] - across[0]).toBeCloseTo(up[3] - up[2], 1);
    expect(svg).toContain('>predicted y (µM)<');
    expect(svg.match(/>target y \(µM\)</g)).toHaveLength(2);
  });

  it('states R² worked out by hand', () => {
    // Predicting the mean is 0; one error of 1 against Σ(y − ȳ)² = 5 is 0.8.
    expect(figure.panels.map((p) => p.title)).toEqual([
      'Before training: R² = 0.000',
      'After training: R² = 0.800',
    ]);
  });

  it('does not round an R² up to 1, nor divide by zero', () => {
    const near = { target, prediction: [1, 2, 3, 4.001] };
    const flat = { target: [2, 2], prediction: [1, 3] };
    const titles = parityFigure({ before: flat, after: near }).panels.map((p) => p.title);
    expect(titles).toEqual([
      'Before training: R² undefined (all targets equal)',
      'After training: R² = 0.999',
    ]);
  });

  it('refuses by name', () => {
    const good = { target, prediction: target };
    expect(() =>
      parityFigure({ before: good, after: { target, prediction: [1, 2, 3, Number.NaN] } }),
    ).toThrow(/after\.prediction: value 3 is NaN/);
    expect(() => parityFigure({ before: { target, prediction: [1] }, after: good })).toThrow(
      /before\.prediction has 1 values where 4 are needed/,
    );
  });
});

describe('concentrationsFigure', () => {
  const data = twoPhases(2);
  const figure = concentrationsFigure({ ...data, unit: 'µM', timeUnit: 's' });

  it('has a row for each role and a column for each phase', () => {
    expect(figure.columns).toBe(2);
    expect(figure.panels.filter((_, i) => i % 2 === 0).map((p) => p.title)).toEqual([
      'Inputs, label, hidden states',
      'Error, gradient',
      'Weights',
    ]);
    const drawn = new Set(figure.panels.flatMap((p) => lines(p).map((l) => l.name)));
    expect(drawn).toEqual(new Set(data.series.map((s) => s.name)));
    expect(figure.subtitle).not.toContain('left out');
  });

  it('shades and names both phases, each with its own times', () => {
    const bands = figure.panels.slice(0, 2).map((p) => p.layers.find((l) => l.kind === 'band'));
    expect(bands).toMatchObject([
      { label: 'feed-forward', from: 0, to: 0.5 },
      { label: 'learning', from: 0.5, to: 10.5 },
    ]);
    for (const panel of figure.panels) expect(panel.layers.some((l) => l.kind === 'band')).toBe(true);
    const svg = figureToSvg(figure);
    for (const text of ['>feed-forward<', '>learning<', '>time (s)<', 'µM']) expect(svg).toContain(text);
  });

  it('gives the value before the doses to the first phase and the one after to the second', () => {
    const jump = concentrationsFigure({
      times: [0, 1, 1, 2],
      series: [{ name: 'A', values: [1, 2, 7, 8] }],
      phases: [
        { name: 'one', from: 0, to: 1 },
        { name: 'two', from: 1, to: 2 },
      ],
    });
    expect(jump.panels.map((p) => [lines(p)[0].x, lines(p)[0].y])).toEqual([
      [
        [0, 1],
        [1, 2],
      ],
      [
        [1, 2],
        [7, 8],
      ],
    ]);
  });

  it('lets a single value where phases meet end one and begin the next', () => {
    const joined = concentrationsFigure({
      times: [0, 1, 2],
      series: [{ name: 'A', values: [1, 2, 3] }],
      phases: [
        { name: 'one', from: 0, to: 1 },
        { name: 'two', from: 1, to: 2 },
      ],
    });
    expect(joined.panels.map((p) => lines(p)[0].y)).toEqual([
      [1, 2],
      [2, 3],
    ]);
  });

  it('shares the concentration axis along a row', () => {
    for (const one of [figure, concentrationsFigure({ ...data, yScale: 'symlog' })]) {
      for (const row of [0, 2, 4]) {
        const [left, right] = [one.panels[row].y, one.panels[row + 1].y];
        expect(left.domain).toHaveLength(2);
        expect([right.domain, right.constant]).toEqual([left.domain, left.constant]);
      }
    }
  });

  it('draws a dual-rail pair in one colour, solid and dashed, under one entry', () => {
    const [plus, minus] = ['Z[1]+', 'Z[1]-'].map((name) => named(figure.panels[0], name));
    expect(plus.color).toBe(minus.color);
    expect([plus.dash, minus.dash]).toEqual(['solid', 'dashed']);
    expect(named(figure.panels[0], 'Z[2]+').color).not.toBe(plus.color);
    expect(legendOf(figure.panels[1])).toEqual(['X[1]', 'Z[1]', 'X[2]', 'Z[2]', 'Y']);
    expect(figure.subtitle).toContain('dashed: − rail');
  });

  it('splits a crowded role, then leaves out what changes least and counts it', () => {
    const many = concentrationsFigure(twoPhases(8));
    const titles = many.panels.filter((_, i) => i % 2 === 0).map((p) => p.title);
    expect(titles).toEqual(['Inputs, label', 'Hidden states', 'Error', 'Gradient', 'Weights']);
    const drawn = new Set(many.panels.flatMap((p) => lines(p).map((l) => l.name)));
    for (const panel of many.panels) expect(lines(panel).length).toBeLessThanOrEqual(12);
    expect(many.subtitle).toContain(`${drawn.size} of 68 species drawn`);
    expect(many.subtitle).toContain(`${68 - drawn.size} left out`);
    expect(drawn).toContain('X[8]+');
    expect(drawn).not.toContain('X[1]+');
    expect(figureToSvg(many)).toContain('left out');
  });

  it('gives each of six stages an axis of its own, and room to be drawn', () => {
    const names = ['forward', 'readout', 'error', 'adjoint', 'backward', 'update'];
    const species = ['X[1]', 'Z[1]', 'A[1]', 'G[1,1]', 'P[1,1]', 'W[1]'].flatMap((name) => [
      `${name}+`,
      `${name}-`,
    ]);
    const figure = concentrationsFigure({
      times: names.flatMap((_, k) => [100 * k, 100 * k + 50, 100 * k + 100]),
      series: species.map((name, i) => ({ name, values: names.flatMap((_, k) => [i, i + k, 0.001 * i]) })),
      phases: names.map((name, k) => ({ name, from: 100 * k, to: 100 * k + 100 })),
    });
    expect(figure.panels.length % 6).toBe(0);
    const svg = figureToSvg(figure);
    for (const name of names) expect(svg).toContain(`>${name}<`);
  });

  it('takes networks whose letters mean something else', () => {
    const other = concentrationsFigure({
      times: [0, 1, 2],
      series: ['prey', 'predator'].map((name, i) => ({ name, values: [i, 2, 3] })),
      phases: [{ name: 'all', from: 0, to: 2 }],
    });
    expect(other.panels).toHaveLength(1);
    expect(other.panels[0].title).toBeUndefined();
    expect(() => figureToSvg(other)).not.toThrow();
  });

  it.each([
    [{ ...data, phases: [] }, /phases is empty/],
    [{ ...data, phases: [data.phases[0]] }, /times: 0\.5 lies after the end of the last phase/],
    [{ ...data, phases: [data.phases[1]] }, /times: 0 lies in no phase; phase "learning" starts at 0\.5/],
    [
      { ...data, phases: [...data.phases, { name: 'rest', from: 11, to: 12 }] },
      /phase "rest" .* contains none of the times/,
    ],
    [{ ...data, phases: [{ name: 'odd', from: 1, to: 0 }] }, /phase "odd" goes from 1 to 0/],
    [{ ...data, series: [] }, /series is empty/],
    [{ ...data, series: [{ name: 'A', values: [] }] }, /series "A" is empty/],
    [
      { ...data, series: [{ name: 'A', values: data.times.map(() => Number.NaN) }] },
      /series "A": value 0 is NaN/,
    ],
    [{ ...data, series: [data.series[0], data.series[0]] }, /series "X\[1\]\+" is given twice/],
    [
      { ...data, times: [2, 1], series: [{ name: 'A', values: [1, 2] }] },
      /times: value 1 is 1, earlier than/,
    ],
  ])('refuses by name (%#)', (bad, message) => {
    expect(() => concentrationsFigure(bad)).toThrow(message);
  });
});

describe('weightsFigure', () => {
  const steps = range(5);
  const series = [
    { name: 'theta[1]', values: [0, 1, 2, 3, 4] },
    { name: 'theta[2]', values: [4, 3, 2, 1, 0] },
  ];

  it('draws ideals in the colour of their weight', () => {
    const figure = weightsFigure({ steps, series, ideal: [{ name: 'theta[2]', value: 0.5 }] });
    const rule = figure.layers.find((l) => l.kind === 'rule')!;
    expect(rule).toMatchObject({ at: { y: 0.5 }, dash: 'dotted', color: named(figure, 'theta[2]').color });
    expect(legendOf(figure)).toEqual(['theta[1]', 'theta[2]', 'ideal']);
    const svg = figureToSvg(figure);
    for (const text of ['>training step<', '>weight<', '>theta[1]<', '>ideal<']) expect(svg).toContain(text);
  });

  it('refuses by name', () => {
    expect(() => weightsFigure({ steps, series, ideal: [{ name: 'theta[3]', value: 1 }] })).toThrow(
      /ideal "theta\[3\]" is none of the series: theta\[1\], theta\[2\]/,
    );
    expect(() => weightsFigure({ steps, series, ideal: [{ name: 'theta[1]', value: Number.NaN }] })).toThrow(
      /ideal "theta\[1\]" is NaN/,
    );
    expect(() => weightsFigure({ steps: [0], series })).toThrow(
      /series "theta\[1\]" has 5 values where 1 are needed/,
    );
  });
});

describe('timeCourseFigure', () => {
  const times = range(11);
  const flat = (value: number) => times.map(() => value);
  const grid = [0, ...range(31).map((i) => 10 ** (-2 + i / 10))];

  it('draws every species of a small network, in its order', () => {
    const figure = timeCourseFigure({
      species: ['A', 'B'],
      times: Float64Array.from(times),
      columns: [Float64Array.from(times), Float64Array.from(flat(2))],
      unit: 'M',
      timeUnit: 'h',
    });
    expect(legendOf(figure)).toEqual(['A', 'B']);
    expect(figure.x).toMatchObject({ label: 'time', unit: 'h', scale: 'linear' });
    expect(figure.y).toMatchObject({ label: 'concentration', unit: 'M', scale: 'linear' });
    expect(figure.subtitle).toBeUndefined();
  });

  it('takes the twelve that change most and counts the others', () => {
    const species = range(20).map((k) => `S${k}`);
    // The first eight are the largest, and never change.
    const columns = species.map((_, k) => (k < 8 ? flat(1e6) : times.map((t) => k * t)));
    const figure = timeCourseFigure({ species, times, columns });
    expect(lines(figure).map((l) => l.name)).toEqual(species.slice(8));
    expect(figure.subtitle).toBe('12 of 20 species drawn, those that change most; 8 left out.');
  });

  it('notices a logarithmic grid, and says that time zero is not on it', () => {
    const data = { species: ['A'], times: grid, columns: [grid.map((t) => 1 / (1 + t))] };
    const figure = timeCourseFigure(data);
    expect(figure.x.scale).toBe('log');
    expect(lines(figure)[0].x).toEqual(grid.slice(1));
    expect(figure.subtitle).toBe('Time 0 is not on the logarithmic time axis.');
    expect(timeCourseFigure({ ...data, logTime: false }).x.scale).toBe('linear');
    expect(timeCourseFigure({ species: ['A'], times, columns: [flat(1)] }).x.scale).toBe('linear');
    expect(timeCourseFigure({ species: ['A'], times, columns: [flat(1)], logTime: true }).x.scale).toBe(
      'log',
    );
  });

  it('chooses a log concentration axis above four decades only when left to choose', () => {
    const data = { species: ['A', 'B'], times, columns: [flat(1), times.map((t) => 10 ** (-t / 2))] };
    expect(timeCourseFigure(data).y.scale).toBe('linear');
    expect(timeCourseFigure({ ...data, yScale: 'auto' }).y.scale).toBe('log');
    const narrow = { ...data, columns: [flat(1), times.map((t) => 10 ** (-t / 3))] };
    expect(timeCourseFigure({ ...narrow, yScale: 'auto' }).y.scale).toBe('linear');
  });

  it('says what a log concentration axis cannot show', () => {
    const figure = timeCourseFigure({
      species: ['A', 'B', 'never'],
      times,
      columns: [times.map((t) => 10 ** (-2 * t)), times, flat(0)],
      yScale: 'log',
    });
    expect(lines(figure).map((l) => l.name)).toEqual(['A', 'B']);
    expect(named(figure, 'B').y.slice(0, 2)).toEqual([null, 1]);
    expect(figure.subtitle).toContain('Never above 0, so not on the logarithmic axis: never.');
    expect(figure.subtitle).toContain('Values ≤ 0 are gaps.');
    expect(figure.subtitle).toContain('more than 16 decades below the largest');
    expect(() => figureToSvg(figure)).not.toThrow();
  });

  it.each([
    [{ species: ['A'], times, columns: [flat(Number.NaN)] }, /series "A": value 0 is NaN/],
    [{ species: ['A', 'B'], times, columns: [flat(1)] }, /2 species but 1 columns/],
    [{ species: ['A'], times, columns: [[1, 2]] }, /series "A" has 2 values where 11 are needed/],
    [{ species: [], times, columns: [] }, /series is empty/],
    [{ species: ['A'], times, columns: [flat(0)], yScale: 'log' as const }, /no value of "A" is > 0/],
    [{ species: ['A'], times: [0], columns: [[1]], logTime: true }, /times: none is > 0/],
    [{ species: ['A'], times, columns: [flat(1)], maxLines: 0 }, /maxLines is 0/],
  ])('refuses by name (%#)', (bad, message) => {
    expect(() => timeCourseFigure(bad)).toThrow(message);
  });
});

it('figures are plain data', () => {
  const figure: Panels = concentrationsFigure(twoPhases(1));
  expect(JSON.parse(JSON.stringify(figure))).toEqual(figure);
});
