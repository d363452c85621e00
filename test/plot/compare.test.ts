import { describe, expect, it } from 'vitest';
import { type CompareData, compareFigure } from '../../src/plot/index.js';

const value = (at: number, rate: number) => ({ at, rate, low: rate / 2, high: (1 + rate) / 2 });
const data: CompareData = {
  systems: ['one', 'other'],
  panels: [
    {
      name: 'xor',
      varied: 'mismatch',
      groups: [{ name: 'other', values: [value(0, 1), value(0.05, 0.5)] }],
    },
    {
      name: 'xor',
      varied: 'volume',
      groups: [{ name: 'one', values: [value(Number.POSITIVE_INFINITY, 1), value(10, 0), value(1000, 1)] }],
    },
  ],
};
const ticks = (panel: number) => compareFigure(data).panels[panel]!.x.ticks!.map(({ label }) => label);

describe('success of several systems', () => {
  it('is worst expected on the right: rates by how far they are off, molecules from the most on', () => {
    expect(ticks(0)).toEqual(['0 %', '5 %']);
    expect(ticks(1)).toEqual(['∞', '1000', '10']);
    const [{ layers }] = compareFigure(data).panels.slice(1);
    const line = layers.find((layer) => layer.kind === 'line' && layer.markers)!;
    // As given: 10 molecules stand right of 1000.
    const [first, second, third] = [...((line as { x: ArrayLike<number> }).x as number[])];
    expect(first! < third! && third! < second!).toBe(true);
  });

  it('refuses groups that are none of the systems, and nothing at all', () => {
    expect(() => compareFigure({ ...data, systems: ['one'] })).toThrow(/"other" is not one of the systems/);
    expect(() => compareFigure({ ...data, panels: [] })).toThrow(/nothing to draw/);
  });
});
