import { describe, expect, it } from 'vitest';
import { accuracyCurveFigure, type CellsLayer, imagesFigure, type LineLayer } from '../../src/plot/index.js';
import { figureToSvg } from '../../src/plot/node.js';

describe('imagesFigure', () => {
  const side = 3;
  const image = (value: number) => Array.from({ length: side * side }, (_, k) => (k === 0 ? value : 0));
  const figure = imagesFigure({
    images: Array.from({ length: 9 }, (_, k) => image(k === 8 ? -2 : 1)),
    side,
    title: 'w',
  });
  const cells = figure.layers.find((layer): layer is CellsLayer => layer.kind === 'cells')!;
  /** Colour of pixel (row, column) of an image. */
  const colour = (k: number, row: number, column: number) => {
    const width = cells.x.length;
    const y = cells.y.length - 1 - (Math.floor(k / 8) * (side + 1) + row);
    const cell = cells.cells[y * width + (k % 8) * (side + 1) + column];
    return cell === null ? null : cells.colors[cell];
  };

  it('stands images in rows of eight with a blank between them, white for 0', () => {
    expect([cells.x.length, cells.y.length]).toEqual([31, 7]);
    expect(colour(0, 1, 1)).toBe('#ffffff');
    expect(colour(0, 0, 3)).toBeNull();
    // Beyond the last image nothing is drawn.
    expect(colour(9, 0, 0)).toBeNull();
  });

  it('has one scale for all: full colour is the largest size', () => {
    const [half, full] = [colour(0, 0, 0), colour(8, 0, 0)];
    expect(full).toBe(cells.colors[0]);
    expect(half).toBe(cells.colors[24 + 12]);
    expect(figure.subtitle).toContain('±2');
    expect(figureToSvg(figure)).toContain('<svg');
  });

  it('draws images that are all 0, and refuses what are none', () => {
    expect(() => imagesFigure({ images: [image(0)], side, title: 'w' })).not.toThrow();
    expect(() => imagesFigure({ images: [], side, title: 'w' })).toThrow('images is empty');
    expect(() => imagesFigure({ images: [[1, 2]], side, title: 'w' })).toThrow(
      'images[0] has 2 values; 3 × 3 pixels need 9',
    );
    expect(() => imagesFigure({ images: [image(Number.NaN)], side, title: 'w' })).toThrow(
      'images[0][0] is NaN',
    );
  });
});

describe('accuracyCurveFigure', () => {
  it('has per cent of training, validation and twin', () => {
    const figure = accuracyCurveFigure({
      epochs: [0, 1],
      train: [0.1, 0.9],
      validation: [0.2, 0.8],
      ideal: [0.2, 0.81],
    });
    const lines = figure.layers as LineLayer[];
    expect(lines.map(({ name, y }) => [name, y.map((value) => Math.round(value as number))])).toEqual([
      ['training', [10, 90]],
      ['validation', [20, 80]],
      ['validation, ideal rule', [20, 81]],
    ]);
    expect(figureToSvg(figure)).toContain('right decisions');
  });

  it('refuses what is no part, or too few', () => {
    expect(() => accuracyCurveFigure({ epochs: [0, 1], validation: [0, 1.2] })).toThrow(
      'validation[1] is 1.2; it must lie between 0 and 1',
    );
    expect(() => accuracyCurveFigure({ epochs: [0, 1], validation: [0] })).toThrow(
      'validation has 1 values for 2 epochs',
    );
  });
});
