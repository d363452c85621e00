import { describe, expect, it } from 'vitest';
import { differenceFigure, learnerCourseFigure } from '../../src/plot/index.js';
import { figureToSvg } from '../../src/plot/node.js';

describe('learnerCourseFigure', () => {
  const base = { steps: [1, 2, 3], error: [2, 1, 0.5], twin: [2, 1, 0.4] };

  it('draws both errors, and the latch where it ever closes', () => {
    const names = (going?: number[]) =>
      learnerCourseFigure({ ...base, ...(going && { going }) }).layers.map(
        (layer) => 'name' in layer && layer.name,
      );
    expect(names()).toEqual(['chemistry', 'ideal twin']);
    expect(names([1, 1, 1])).toEqual(['chemistry', 'ideal twin']);
    expect(names([1, 0.5, 0])).toEqual(['chemistry', 'ideal twin', 'part of the step made']);
    const figure = learnerCourseFigure({ ...base, tolerance: 0.4, title: 'OR' });
    expect(figure.layers.at(-1)).toMatchObject({ kind: 'rule', at: { y: 0.4 }, name: 'tolerance' });
    expect(figureToSvg(figure)).toContain('>OR<');
  });

  it('refuses values that cannot be drawn', () => {
    expect(() => learnerCourseFigure({ ...base, error: [1, Number.NaN, 1] })).toThrow(
      /error: value 1 is NaN/,
    );
    expect(() => learnerCourseFigure({ ...base, twin: [1] })).toThrow(/twin has 1 values where 3 are needed/);
  });
});

describe('differenceFigure', () => {
  it('has a dot for every seed, a line through the medians, names below', () => {
    const figure = differenceFigure({
      columns: [
        { name: 'T10', values: [1e-2, 4e-3, 2e-3] },
        { name: 'T20', values: [2e-6, 4e-6] },
      ],
    });
    expect(figure.y.scale).toBe('log');
    expect(figure.x.ticks).toEqual([
      { value: 0, label: 'T10' },
      { value: 1, label: 'T20' },
    ]);
    expect(figure.layers[0]).toMatchObject({ kind: 'line', x: [0, 1], y: [4e-3, 3e-6] });
    expect(figure.layers[1]).toMatchObject({ kind: 'points', x: [0, 0, 0, 1, 1] });
    expect(figureToSvg(figure)).toContain('T20');
    expect(() => differenceFigure({ columns: [{ name: 'T10', values: [Number.NaN] }] })).toThrow(
      /T10: value 0 is NaN/,
    );
  });
});
