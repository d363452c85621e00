import { describe, expect, it } from 'vitest';
import type { CellsLayer, Chart, TextLayer } from '../../src/plot/index.js';
import { confusionFigure } from '../../src/plot/index.js';
import { figureToSvg } from '../../src/plot/node.js';
import { range } from './samples.js';

const base = {
  counts: [
    [10, 0, 0],
    [0, 6, 2],
    [0, 1, 11],
  ],
  labels: ['setosa', 'versicolor', 'virginica'],
};
const cellsOf = (figure: Chart) => figure.layers.find((l): l is CellsLayer => l.kind === 'cells')!;
const textOf = (figure: Chart) => figure.layers.find((l): l is TextLayer => l.kind === 'text');
/** Count and colour where the true and the predicted class meet. */
function at(figure: Chart, truth: number, predicted: number): { text?: string; color: string } {
  const y = base.labels.length - 1 - truth;
  const { x, cells, colors } = cellsOf(figure);
  const text = textOf(figure);
  const k = text ? range(text.x.length).find((i) => text.x[i] === predicted && text.y[i] === y) : undefined;
  return {
    ...(text && k !== undefined && { text: text.text[k] }),
    color: colors[cells[y * x.length + predicted]!],
  };
}

describe('confusionFigure', () => {
  it('has true classes from top to bottom, and a count in each cell', () => {
    const figure = confusionFigure(base);
    expect(figure.y.ticks!.map(({ value, label }) => [value, label])).toEqual([
      [2, 'setosa'],
      [1, 'versicolor'],
      [0, 'virginica'],
    ]);
    expect(figure.x.ticks!.map(({ label }) => label)).toEqual(base.labels);
    for (const [truth, row] of base.counts.entries()) {
      for (const [predicted, count] of row.entries()) {
        expect(at(figure, truth, predicted).text).toBe(String(count));
      }
    }
    expect(figure.subtitle).toBe('27 of 30 examples right: 90.0 %.');
  });

  it('colours a cell by its part of the row, right and wrong in hues of their own', () => {
    const figure = confusionFigure(base);
    expect(at(figure, 0, 0).color).toBe('#8fd3f5');
    expect(at(figure, 0, 1).color).toBe('#ffffff');
    const wrong = confusionFigure({ counts: [[0, 4, 0], ...base.counts.slice(1)], labels: base.labels });
    expect(at(wrong, 0, 1).color).toBe('#fec36e');
    const [more, less] = [at(figure, 1, 2).color, at(figure, 2, 1).color];
    expect(more).not.toBe(less);
    expect(more < less).toBe(true);
  });

  it('keeps a class without examples, whose row stays white', () => {
    const figure = confusionFigure({ counts: [[0, 0, 0], ...base.counts.slice(1)], labels: base.labels });
    expect([0, 1, 2].map((k) => at(figure, 0, k).color)).toEqual(['#ffffff', '#ffffff', '#ffffff']);
    expect(figure.subtitle).toContain('17 of 20');
  });

  it('writes numbers in place of names and counts where there are many classes', () => {
    const n = 50;
    const figure = confusionFigure({
      counts: range(n).map((k) => range(n).map((c) => Number(k === c))),
      labels: range(n).map((k) => `class ${String.fromCharCode(65 + (k % 26))}${k}`),
      what: 'validation examples',
    });
    expect(textOf(figure)).toBeUndefined();
    expect(figure.x.ticks!.slice(0, 2).map(({ label }) => label)).toEqual(['1', '2']);
    expect(figure.y.ticks![0].label).toBe('class A0 1');
    expect(figure.subtitle).toBe('50 of 50 validation examples right: 100.0 %.');
    expect(figureToSvg(figure)).toContain('>50<');
  });

  it('draws the counts into the cells', () => {
    const svg = figureToSvg(confusionFigure(base));
    for (const word of ['11', 'setosa', 'true class', 'predicted class']) expect(svg).toContain(`>${word}<`);
  });

  it.each([
    [{ ...base, labels: ['a'] }, /at least two classes/],
    [{ ...base, labels: ['a', 'a', 'b'] }, /"a" is given twice/],
    [{ ...base, labels: ['a', 'b'] }, /counts has 3 rows for 2 classes/],
    [{ ...base, counts: [[1, 2], ...base.counts.slice(1)] }, /counts\[0\] has 2 values for 3 classes/],
    [
      { ...base, counts: [[1, -2, 0], ...base.counts.slice(1)] },
      /counts\[0\]\[1\] is -2; .*whole number ≥ 0/,
    ],
    [{ ...base, counts: range(3).map(() => [0, 0, 0]) }, /counts are all 0/],
  ])('refuses by name (%#)', (data, message) => {
    expect(() => confusionFigure(data)).toThrow(message);
  });
});

describe('a text layer', () => {
  const figure = (text: Partial<TextLayer>): Chart => ({
    title: 'Words',
    width: 300,
    height: 300,
    x: { label: 'x', scale: 'linear' },
    y: { label: 'y', scale: 'linear' },
    layers: [
      { kind: 'points', name: 'p', x: [0, 1], y: [0, 1] },
      { kind: 'text', name: 'words', x: [0.5, 0.2], y: [0.5, 0.8], text: ['one', 'a < b'], ...text },
    ],
  });

  it('is drawn, escaped, and not listed', () => {
    const svg = figureToSvg(figure({ color: '#123456' }));
    expect(svg).toContain('>one<');
    expect(svg).toContain('>a &lt; b<');
    expect(svg).toContain('#123456');
    expect(svg).not.toContain('>words<');
  });

  it.each([
    [{ text: ['one'] }, /text "words": x has 2 values but text has 1/],
    [{ y: [1] }, /text "words": x has 2 values but y has 1/],
    [{ text: ['one', ' '] }, /text "words": text\[1\] must be a non-empty string/],
    [{ x: [0, Number.NaN] }, /text "words": x\[1\] is NaN/],
  ])('refuses by name (%#)', (over, message) => {
    expect(() => figureToSvg(figure(over))).toThrow(message);
  });
});
