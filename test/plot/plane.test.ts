import { describe, expect, it } from 'vitest';
import { cellBorders, cellEdges, cellRectangles } from '../../src/plot/cells.js';
import { CLASS_STYLES, percentText } from '../../src/plot/figures/plane.js';
import type { CellsLayer, Chart, DecisionMapData, PointsLayer } from '../../src/plot/index.js';
import { dataFigure, decisionMapFigure, gridFromSamples } from '../../src/plot/index.js';
import { figureToSvg } from '../../src/plot/node.js';
import { range } from './samples.js';

const cellsOf = (figure: Chart): CellsLayer => figure.layers.find((l) => l.kind === 'cells')!;
const pointsOf = (figure: Chart): PointsLayer[] =>
  figure.layers.filter((l): l is PointsLayer => l.kind === 'points');
const legendOf = (figure: Chart): string[] =>
  figure.legend && figure.legend !== 'none' ? figure.legend.entries!.map((e) => e.label) : [];
/** Width and height of the frame as drawn. */
function frame(svg: string): [number, number] {
  const [across, up] = [
    ...svg.matchAll(/aria-label="frame"[^>]*x1="([\d.]+)" x2="([\d.]+)" y1="([\d.]+)" y2="([\d.]+)"/g),
  ].map((m) => m.slice(1).map(Number));
  return [Math.abs(across[1] - across[0]), Math.abs(up[3] - up[2])];
}

const base: DecisionMapData = {
  x: [0, 1, 2],
  y: [0, 1],
  // Row by row from below: the first row is y = 0.
  classes: [0, 0, 1, 0, 1, 1],
  truth: [0, 0, 1, 0, 0, 1],
  labels: ['no', 'yes'],
  xLabel: 'a',
  yLabel: 'b',
};

describe('cells', () => {
  it('meet halfway between their centres', () => {
    expect(cellEdges([0, 1, 3])).toEqual([-0.5, 0.5, 2, 4]);
  });

  it('are joined where they have one colour, and cover the plane once', () => {
    const cells = [0, 0, 1, 0, 0, 1, null, 1, 1];
    const layer: CellsLayer = {
      kind: 'cells',
      name: 'c',
      x: [0, 1, 2],
      y: [0, 1, 2],
      cells,
      colors: ['r', 'g'],
    };
    const rectangles = cellRectangles(layer);
    expect(rectangles).toEqual([
      { x1: -0.5, x2: 1.5, y1: -0.5, y2: 1.5, color: 'r' },
      { x1: 1.5, x2: 2.5, y1: -0.5, y2: 1.5, color: 'g' },
      { x1: 0.5, x2: 2.5, y1: 1.5, y2: 2.5, color: 'g' },
    ]);
    cells.forEach((cell, i) => {
      const [x, y] = [i % 3, Math.floor(i / 3)];
      const over = rectangles.filter((r) => r.x1 < x && x < r.x2 && r.y1 < y && y < r.y2);
      expect(over.map((r) => r.color)).toEqual(cell === null ? [] : [layer.colors[cell]]);
    });
  });

  it('have borders where neighbours differ, none at blank cells', () => {
    expect(cellBorders([0, 1], [0, 1], [0, 1, 1, 1])).toEqual({
      x: [-0.5, 0.5, 0.5, 0.5, 0.5],
      y: [0.5, 0.5, null, -0.5, 0.5],
    });
    expect(cellBorders([0, 1], [0, 1], [0, null, null, 1]).x).toEqual([]);
  });
});

describe('decisionMapFigure', () => {
  const figure = decisionMapFigure(base);

  it('colours by predicted class and darkens what is wrong', () => {
    const layer = cellsOf(figure);
    expect(layer.cells.map((c) => layer.colors[c!])).toEqual(
      [0, 0, 1, 0, 1, 1].map((k, i) => (i === 4 ? CLASS_STYLES[1].wrong : CLASS_STYLES[k].fill)),
    );
    expect(legendOf(figure)).toEqual(['no', 'yes', 'wrong prediction', 'true border']);
    const svg = figureToSvg(figure);
    expect(svg.match(new RegExp(`fill="${CLASS_STYLES[1].wrong}"`, 'g'))).toHaveLength(2);
    expect(svg).toContain('shape-rendering="crispEdges"');
  });

  it('puts cell (x[i], y[j]) where it belongs', () => {
    // The only wrong cell is the middle one of the upper row.
    const svg = figureToSvg(figure);
    const [, height, width, x, y] = new RegExp(
      `<rect fill="${CLASS_STYLES[1].wrong}" height="([\\d.]+)" width="([\\d.]+)" x="([\\d.]+)" y="([\\d.]+)"/>`,
    )
      .exec(svg.slice(svg.indexOf('shape-rendering')))!
      .map(Number);
    const [frameWidth, frameHeight] = frame(svg);
    expect(width / frameWidth).toBeCloseTo(1 / 3, 2);
    expect(height / frameHeight).toBeCloseTo(1 / 2, 2);
    const left = Number(/aria-label="frame"[^>]*x1="([\d.]+)"/.exec(svg)![1]);
    const tops = [...svg.matchAll(/aria-label="frame"[^>]*y1="([\d.]+)" y2="([\d.]+)"/g)].flatMap((m) =>
      m.slice(1).map(Number),
    );
    expect((x - left) / frameWidth).toBeCloseTo(1 / 3, 2);
    expect(y).toBeCloseTo(Math.min(...tops), 0);
  });

  it('states the accuracy of the grid', () => {
    expect(figure.subtitle).toBe('Accuracy on the 3 × 2 grid: 83.3 % (5 of 6).');
    const holes = decisionMapFigure({ ...base, truth: [0, 0, null, 0, 0, null] });
    expect(holes.subtitle).toBe('Accuracy on the 3 × 2 grid: 75.0 % (3 of 4 cells that have a class).');
    const { truth: _, ...untold } = base;
    expect(decisionMapFigure(untold).subtitle).toBeUndefined();
    expect(legendOf(decisionMapFigure(untold))).toEqual(['no', 'yes']);
  });

  it('does not round an accuracy up to 100 % nor down to 0 %', () => {
    expect([1599, 1600, 0, 1].map((n) => percentText(n, 1600))).toEqual([
      '99.9 %',
      '100.0 %',
      '0.0 %',
      '0.1 %',
    ]);
    expect(percentText(99_999, 100_000)).toBe('99.9 %');
    expect(percentText(1, 100_000)).toBe('0.1 %');
  });

  it('takes scores: at the threshold the second class, of several the largest', () => {
    const { classes: _, ...open } = base;
    const scores = [0.1, 1.9, 2, 0, 2.1, 4];
    const byScore = decisionMapFigure({ ...open, scores, threshold: 2 });
    expect(byScore.subtitle).toContain('83.3 %');
    expect(byScore).toEqual(figure);
    expect(decisionMapFigure({ ...open, scores: [0.4, 0.49, 0.5, 0, 0.6, 1] })).toEqual(figure);
    const { truth: __, ...untold } = open;
    const three = decisionMapFigure({
      ...untold,
      labels: ['a', 'b', 'c'],
      scores: [
        [1, 0, 0, 1, 0, 2],
        [0, 1, 0, 1, 0, 3],
        [0, 0, 1, 0, 0, 1],
      ],
    });
    expect(cellsOf(three).cells).toEqual([0, 1, 2, 0, 0, 1]);
  });

  it('draws examples with a symbol for each class, also outside the grid', () => {
    const points = [
      { x: 0, y: 0, label: 0 },
      { x: 5, y: 1, label: 1 },
      { x: 1, y: 1, label: 1 },
    ];
    const drawn = decisionMapFigure({ ...base, points });
    expect(pointsOf(drawn).map((p) => [p.name, p.symbol, p.x, p.y])).toEqual([
      ['no', 'circle', [0], [0]],
      ['yes', 'triangle', [5, 1], [1, 1]],
    ]);
    expect(drawn.x.domain).toEqual([-0.5, 5]);
    expect(figureToSvg(drawn)).not.toContain('clip');
  });

  it('has axes to one scale, or says that it has not', () => {
    const [width, height] = frame(figureToSvg(figure));
    // Three cells by two.
    expect(width / height).toBeCloseTo(3 / 2, 1);
    const long = decisionMapFigure({ ...base, x: [0, 10, 20] });
    expect(long.subtitle).toContain('not to the same scale');
    expect(long.equal).toBeUndefined();
  });

  const { classes, ...open } = base;
  it.each<[Partial<DecisionMapData>, RegExp]>([
    [{ x: [] }, /x is empty/],
    [{ x: [0, 1] }, /classes has 6 values where 2 × 2 = 4 are needed/],
    [{ x: [0, Number.NaN, 2] }, /x: value 1 is NaN/],
    [{ x: [0, 2, 1] }, /x\[2\] is 1, not above the one before \(2\)/],
    [{ classes: [0, 0, 1, 0, 1, 2] }, /classes\[5\] is 2; it must be the place of a class, .* 0 to 1/],
    [{ classes: [0, 0, 1, 0, 1, Number.NaN] }, /classes\[5\] is NaN/],
    [{ classes: [0, 0, 1, 0, 1, 0.5] }, /classes\[5\] is 0\.5/],
    [{ truth: [0] }, /truth has 1 values/],
    [{ truth: range(6).map(() => null) }, /no cell has both/],
    [{ labels: ['one'] }, /labels names 1 classes; 2 to 5/],
    [{ labels: ['a', 'a'] }, /"a" is given twice/],
    [{ labels: ['a', ' '] }, /labels\[1\] must be a name/],
    [{ points: [{ x: 0, y: Number.POSITIVE_INFINITY, label: 0 }] }, /points\[0\]\.y is Infinity/],
    [{ points: [{ x: 0, y: 0, label: 4 }] }, /points\[0\]\.label is 4/],
    [{ scores: [1] }, /either classes or scores/],
    [{ xLabel: '' }, /x\.label must be a non-empty string/],
  ])('refuses by name (%#)', (over, message) => {
    expect(() => decisionMapFigure({ ...base, ...over })).toThrow(message);
  });

  it.each<[Partial<DecisionMapData>, RegExp]>([
    [{}, /either classes or scores/],
    [{ scores: [0, 1] }, /scores has 2 values where 6 are needed/],
    [{ scores: [0, 1, 0, 1, 0, Number.NaN] }, /scores: value 5 is NaN/],
    [{ scores: range(6), threshold: Number.NaN }, /threshold is NaN/],
    [{ scores: [range(6), range(6)], threshold: 1 }, /the largest score wins/],
    [{ scores: [range(6)] }, /scores has 1 grids for 2 classes/],
    [{ scores: [range(6), [1]] }, /scores\[1\] has 1 values/],
    [{ scores: range(6), labels: ['a', 'b', 'c'] }, /there are 3 classes; give one grid for each/],
  ])('refuses scores by name (%#)', (over, message) => {
    expect(classes).toBeDefined();
    expect(() => decisionMapFigure({ ...open, ...over })).toThrow(message);
  });
});

describe('gridFromSamples', () => {
  it('sorts samples of any order into rows, holes being null', () => {
    const inputs = [
      [0, 0],
      [0, 1],
      [2, 0],
      [1, 1],
      [1, 0],
    ];
    expect(gridFromSamples(inputs, [1, 2, 3, 4, 5])).toEqual({
      x: [0, 1, 2],
      y: [0, 1],
      values: [1, 5, 3, 2, 4, null],
    });
  });

  it('refuses what is no grid', () => {
    const scattered = range(9).map((i) => [i, i]);
    expect(() => gridFromSamples(scattered, range(9))).toThrow(
      /9 different x and 9 different y; they are no grid/,
    );
    expect(() =>
      gridFromSamples(
        [
          [0, 0],
          [0, 0],
        ],
        [1, 2],
      ),
    ).toThrow(/\(0, 0\) occurs twice/);
    expect(() => gridFromSamples([], [])).toThrow(/inputs is empty/);
    expect(() => gridFromSamples([[0, 0]], [1, 2])).toThrow(/values has 2 values where 1 are needed/);
    expect(() => gridFromSamples([[0, 0, 0]], [1])).toThrow(/inputs\[0\] has 3 values where 2/);
  });
});

describe('dataFigure', () => {
  const at = (labels: number[]) => labels.map((label, i) => ({ x: i, y: i % 3, label }));

  it('counts the examples of each class', () => {
    const figure = dataFigure({ points: at([0, 1, 1, 0, 1]), labels: ['off', 'on', 'never'] });
    expect(legendOf(figure)).toEqual(['off: 2', 'on: 3', 'never: 0']);
    expect(pointsOf(figure).map((p) => [p.name, p.x])).toEqual([
      ['off', [0, 3]],
      ['on', [1, 2, 4]],
    ]);
    expect(figure.subtitle).toBe('5 examples.');
  });

  it('codes a target by ranges between round numbers, each example in its own', () => {
    const targets = [0, 0.99, 1, 2.5, 5, 4.2];
    const figure = dataFigure({ points: at(targets), targetLabel: 'y', unit: 'µM' });
    expect(figure.subtitle).toBe('6 examples. Colour: y (µM).');
    // Largest first, as on a colour bar; an edge belongs to the upper range, the topmost to the last.
    expect(legendOf(figure)).toEqual(['4 to 5', '3 to 4', '2 to 3', '1 to 2', '0 to 1']);
    expect(pointsOf(figure).map((p) => [p.name, p.x])).toEqual([
      ['0 to 1', [0, 1]],
      ['1 to 2', [2]],
      ['2 to 3', [3]],
      ['4 to 5', [4, 5]],
    ]);
    expect(new Set(pointsOf(figure).map((p) => p.color)).size).toBe(4);
  });

  it.each([
    [[0.1, 0.2, 0.3]],
    [[-1e-9, 3e-9, 2e-9]],
    [[1e6 + 0.1, 1e6 + 0.7, 1e6 + 0.3]],
    [[-7, 7e8, 1]],
    [[0.30000000000000004, 0.1, 0.2, 0.7]],
    [[5, 5]],
  ])('loses no example: %j', (targets) => {
    const figure = dataFigure({ points: at(targets) });
    const drawn = pointsOf(figure).flatMap((p) => p.x);
    expect(drawn.sort()).toEqual(range(targets.length));
    expect(legendOf(figure).length).toBeLessThanOrEqual(9);
    expect(new Set(legendOf(figure)).size).toBe(legendOf(figure).length);
    expect(() => figureToSvg(figure)).not.toThrow();
  });

  it('writes tiny targets with a power of ten', () => {
    expect(legendOf(dataFigure({ points: at([-4e-8, 6e-8]) }))).toContain('−2×10⁻⁸ to 0');
  });

  it('refuses by name', () => {
    expect(() => dataFigure({ points: [] })).toThrow(/points is empty/);
    expect(() => dataFigure({ points: at([1, Number.NaN]) })).toThrow(/points\[1\]\.label is NaN/);
    expect(() => dataFigure({ points: at([0, 2]), labels: ['a', 'b'] })).toThrow(
      /points\[1\]\.label is 2; .* from 0 to 1/,
    );
    expect(() => dataFigure({ points: at([0]), labels: ['a'] })).toThrow(/labels names 1 classes/);
  });
});

describe('the colours of classes', () => {
  /** Machado, Oliveira & Fernandes 2009, severity 1, on linear RGB. */
  const SIGHT: Record<string, number[][]> = {
    normal: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
    protanopia: [
      [0.152286, 1.052583, -0.204868],
      [0.114503, 0.786281, 0.099216],
      [-0.003882, -0.048116, 1.051998],
    ],
    deuteranopia: [
      [0.367322, 0.860646, -0.227968],
      [0.280085, 0.672501, 0.047413],
      [-0.01182, 0.04294, 0.968881],
    ],
    tritanopia: [
      [1.255528, -0.076749, -0.178779],
      [-0.078411, 0.930809, 0.147602],
      [0.004733, 0.691367, 0.3039],
    ],
  };
  /** CIE 1976 L*a*b* of a colour as seen. */
  function lab(hex: string, sight: number[][]): number[] {
    const linear = [1, 3, 5]
      .map((i) => Number.parseInt(hex.slice(i, i + 2), 16) / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    const [r, g, b] = sight.map((row) =>
      Math.min(
        1,
        Math.max(
          0,
          row.reduce((sum, w, i) => sum + w * linear[i], 0),
        ),
      ),
    );
    const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
    const [x, y, z] = [
      f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047),
      f(0.2126 * r + 0.7152 * g + 0.0722 * b),
      f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883),
    ];
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
  }
  const apart = (a: string, b: string, sight: number[][]) =>
    Math.hypot(...lab(a, sight).map((v, i) => v - lab(b, sight)[i]));

  it.each(Object.entries(SIGHT))('stay apart with %s sight', (_, sight) => {
    CLASS_STYLES.forEach((one, i) => {
      expect(apart(one.fill, one.wrong, sight), `class ${i}, right and wrong`).toBeGreaterThan(28);
      CLASS_STYLES.slice(i + 1).forEach((other, k) => {
        const pair = `classes ${i} and ${i + 1 + k}`;
        expect(apart(one.fill, other.fill, sight), `fills of ${pair}`).toBeGreaterThan(16);
        expect(apart(one.wrong, other.wrong, sight), `wrong cells of ${pair}`).toBeGreaterThan(13);
        for (const [a, b] of [
          [one.fill, other.wrong],
          [other.fill, one.wrong],
        ]) {
          expect(apart(a, b, sight), `right and wrong of ${pair}`).toBeGreaterThan(16);
        }
      });
    });
    expect(new Set(CLASS_STYLES.map((s) => s.symbol)).size).toBe(CLASS_STYLES.length);
  });
});
