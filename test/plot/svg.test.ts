import { Resvg } from '@resvg/resvg-js';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import type { Chart, Figure, Layer } from '../../src/plot/index.js';
import { isPanels } from '../../src/plot/index.js';
import { figureToSvg } from '../../src/plot/node.js';
import { textWidth } from '../../src/plot/text.js';
import { range, SAMPLES } from './samples.js';

const line = (over: Partial<Layer> = {}): Layer =>
  ({ kind: 'line', name: 'a', x: [0, 1, 2], y: [1, 2, 3], ...over }) as Layer;

const chart = (over: Partial<Chart> = {}): Chart => ({
  title: 'A chart',
  width: 400,
  height: 300,
  x: { label: 'time', unit: 's', scale: 'linear' },
  y: { label: 'concentration', unit: 'µM', scale: 'linear' },
  layers: [line()],
  ...over,
});

const panelsOf = (figure: Figure) => (isPanels(figure) ? figure.panels : [figure]);

/** All text of a figure with its extent in the figure's own pixels; widths are upper estimates. */
function texts(
  svg: string,
): { text: string; left: number; right: number; width: number; y: number; turned: boolean }[] {
  const { document } = parseHTML(`<html><body>${svg}</body></html>`);
  return [...document.querySelectorAll('text')].map((node) => {
    let x = 0;
    let y = 0;
    let size = 0;
    let anchor = '';
    let turned = false;
    let first = true;
    for (let at = node as Element | null; at && at.localName !== 'body'; at = at.parentElement) {
      const transform = at.getAttribute('transform') ?? '';
      const [, dx, dy] = /translate\(([-\d.]+),([-\d.]+)\)/.exec(transform) ?? ['', '0', '0'];
      x += Number(dx);
      y += Number(dy);
      if (first) x += Number(at.getAttribute('x') ?? 0);
      if (first && !/em$/.test(at.getAttribute('y') ?? '')) y += Number(at.getAttribute('y') ?? 0);
      first = false;
      turned ||= transform.includes('rotate');
      size ||= Number(at.getAttribute('font-size') ?? 0);
      anchor ||= at.getAttribute('text-anchor') ?? '';
    }
    const text = node.textContent ?? '';
    const width = textWidth(text, size) * (anchor === 'start' ? 1 : anchor === 'middle' ? 0.5 : 0);
    const before = textWidth(text, size) - width;
    expect(size, `font size of "${text}"`).toBeGreaterThanOrEqual(12);
    return { text, left: x - before, right: x + width, width: before + width, y, turned };
  });
}

describe('renderSvg', () => {
  describe.each(Object.entries(SAMPLES))('%s', (_, figure: Figure) => {
    const svg = figureToSvg(figure);

    it('is well-formed and standalone', () => {
      // resvg reads XML strictly and throws on anything else.
      expect(() => new Resvg(svg)).not.toThrow();
      expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
      expect(svg).not.toMatch(/<style|<script|class=|currentColor|var\(--|NaN|Infinity|undefined/);
      expect(svg).toContain('fill="#ffffff"');
      expect(svg).toContain('sans-serif');
    });

    it('gives the same bytes again, also after a trip through JSON', () => {
      expect(figureToSvg(figure)).toBe(svg);
      expect(figureToSvg(JSON.parse(JSON.stringify(figure)) as Figure)).toBe(svg);
    });

    it('keeps every label inside the picture, at 12 pixels or more', () => {
      for (const { text, left, right, y, turned } of texts(svg)) {
        expect(y, `"${text}" is above or below`).toBeGreaterThan(8);
        expect(y, `"${text}" is above or below`).toBeLessThan(figure.height);
        if (turned) continue;
        expect(left, `"${text}" begins outside`).toBeGreaterThanOrEqual(0);
        expect(right, `"${text}" ends outside`).toBeLessThanOrEqual(figure.width);
      }
    });

    it('has ticks that read like numbers', () => {
      const ticks = [...svg.matchAll(/aria-label="[xy]-axis tick label".*?<\/g>/gs)].flatMap((group) =>
        [...group[0].matchAll(/<text[^>]*>([^<]*)/g)].map((m) => m[1]),
      );
      expect(ticks.length).toBeGreaterThan(3);
      const named = panelsOf(figure).flatMap((panel) =>
        [panel.x, panel.y].flatMap((axis) => axis.ticks ?? []),
      );
      for (const { label } of named) expect(ticks).toContain(label);
      for (const tick of ticks.filter((tick) => !named.some(({ label }) => label === tick)))
        expect(tick).toMatch(/^−?\d{1,6}(\.\d{1,5})?(×10)?$/);
    });

    it('keeps the labels of y axes clear of their ticks', () => {
      const written = texts(svg);
      for (const label of written.filter((t) => t.turned)) {
        const right = label.left + label.width / 2 + 13 * 0.25;
        for (const t of written) {
          const level = Math.abs(t.y - label.y) < label.width / 2;
          if (!t.turned && level && t.left > label.left + label.width / 2 - 40) {
            expect(t.left, `"${label.text}" and "${t.text}"`).toBeGreaterThan(right);
          }
        }
      }
    });

    it('keeps neighbouring labels of an axis apart', () => {
      const rows = new Map<string, { left: number; right: number; text: string }[]>();
      for (const t of texts(svg)) {
        if (t.turned) continue;
        const row = rows.get(t.y.toFixed(1)) ?? [];
        row.push(t);
        rows.set(t.y.toFixed(1), row);
      }
      for (const row of rows.values()) {
        row.sort((a, b) => a.left - b.left);
        for (let i = 1; i < row.length; i++) {
          expect(row[i].left, `"${row[i - 1].text}" and "${row[i].text}"`).toBeGreaterThan(
            row[i - 1].right - 1,
          );
        }
      }
    });
  });

  it('shows title, subtitle, labels with units and the legend', () => {
    const layers = [line({ name: 'first' }), line({ name: 'second' })];
    const written = texts(figureToSvg(chart({ subtitle: 'Of two lines', layers }))).map((t) => t.text);
    expect(written).toEqual(
      expect.arrayContaining([
        'A chart',
        'Of two lines',
        'time (s)',
        'concentration (µM)',
        'first',
        'second',
      ]),
    );
  });

  it('puts the legend outside the frame', () => {
    const layers = range(9).map((i) => line({ name: `series ${i}` }));
    for (const position of ['top', 'right'] as const) {
      const svg = figureToSvg(chart({ layers, legend: { position } }));
      const [x1, x2, bottom] = /aria-label="frame"[^>]*x1="([\d.]+)" x2="([\d.]+)" y1="([\d.]+)"/
        .exec(svg)!
        .slice(1)
        .map(Number);
      const panel = /<g transform="translate\(([\d.]+),([\d.]+)\)"/.exec(svg)!.slice(1).map(Number);
      const top = Math.min(...[...svg.matchAll(/y1="([\d.]+)"/g)].map((m) => Number(m[1])));
      for (const entry of texts(svg).filter((t) => t.text.startsWith('series'))) {
        const inside =
          entry.right > panel[0] + x1 &&
          entry.left < panel[0] + x2 &&
          entry.y > panel[1] + top &&
          entry.y < panel[1] + bottom;
        expect(inside, `${entry.text} at ${position}`).toBe(false);
      }
    }
  });

  it('draws names that XML forbids or reserves', () => {
    const name = 'A<b>&"\'\u0000\u0007\ud800 \u{1f9ea} θ';
    const svg = figureToSvg(chart({ title: name, layers: [line({ name }), line({ name: 'b' })] }));
    expect(() => new Resvg(svg)).not.toThrow();
    expect(svg).toContain("A&lt;b&gt;&amp;&quot;'\ufffd\ufffd\ufffd 🧪 θ");
  });

  it('clips what an explicit domain leaves out, under ids of the figure’s own', () => {
    const cut = chart({ y: { label: 'y', scale: 'linear', domain: [1.5, 2.5] } });
    const svg = figureToSvg(cut);
    const ids = [...svg.matchAll(/ id="([^"]+)"/g)].map((m) => m[1]);
    const used = [...svg.matchAll(/url\(#([^)]+)\)/g)].map((m) => m[1]);
    expect(used.length).toBeGreaterThan(0);
    expect(new Set(ids)).toEqual(new Set(used));
    expect(figureToSvg(cut)).toBe(svg);
    expect(figureToSvg({ ...cut, title: 'Another' })).not.toContain(`id="${ids[0]}"`);
    expect(figureToSvg(chart())).not.toContain('clip');
  });

  it('breaks the line at a gap and marks a value alone between gaps', () => {
    const svg = figureToSvg(chart({ layers: [line({ x: range(7), y: [1, 2, null, 3, null, 1, 2] })] }));
    const [path] = [...svg.matchAll(/<path aria-label="a" d="([^"]+)"/g)].map((m) => m[1]);
    expect(path.match(/M/g)).toHaveLength(3);
    expect(svg.match(/<circle/g)).toHaveLength(1);
  });

  it('thins a long series without losing its extremes', () => {
    const n = 200_000;
    const y = range(n).map((i) => Math.sin(i / 9000) + (i === 123_456 ? 5 : 0) - (i === 77_777 ? 7 : 0));
    const svg = figureToSvg(
      chart({ y: { label: 'y', scale: 'linear', domain: [-10, 10] }, layers: [line({ x: range(n), y })] }),
    );
    expect(svg.length).toBeLessThan(80_000);
    const path = /<path aria-label="a" d="M([^"]+)"/
      .exec(svg)![1]
      .split('L')
      .map((p) => p.split(',').map(Number));
    const heights = path.map((p) => p[1]);
    const at = (value: number) => heights.filter((h) => Math.abs(h - value) < 0.02).length;
    const [top, bottom] = [Math.min(...heights), Math.max(...heights)];
    expect(at(top)).toBe(1);
    expect(at(bottom)).toBe(1);
    // 20 units of y between the frame's ends.
    const frame = [...svg.matchAll(/aria-label="frame"[^>]*y1="([\d.]+)" y2="([\d.]+)"/g)].map((m) =>
      m.slice(1).map(Number),
    );
    const [frameTop, frameBottom] = [Math.min(...frame.flat()), Math.max(...frame.flat())];
    const valueAt = (h: number) => -10 + (20 * (frameBottom - h)) / (frameBottom - frameTop);
    expect(valueAt(top)).toBeCloseTo(y[123_456], 1);
    expect(valueAt(bottom)).toBeCloseTo(y[77_777], 1);
  });

  it('refuses a figure too small for its labels', () => {
    expect(() => figureToSvg(chart({ width: 90, height: 80 }))).toThrow(/too small for its labels/);
  });
});

describe('what cannot be drawn is refused by name', () => {
  const draw = (over: Partial<Chart>) => () => figureToSvg(chart(over));
  const log = { label: 'y', scale: 'log' } as const;

  it.each([
    [
      'NaN',
      draw({ layers: [line({ name: 'Z[1]+', y: [1, Number.NaN, 3] })] }),
      /line "Z\[1\]\+": y\[1\] is NaN/,
    ],
    [
      'Infinity',
      draw({ layers: [line({ y: [1, 2, Number.POSITIVE_INFINITY] })] }),
      /line "a": y\[2\] is Infinity/,
    ],
    ['NaN in x', draw({ layers: [line({ x: [Number.NaN, 1, 2] })] }), /line "a": x\[0\] is NaN/],
    ['an empty series', draw({ layers: [line({ name: 'E', x: [], y: [] })] }), /line "E": x is empty/],
    ['only gaps', draw({ layers: [line({ y: [null, null, null] })] }), /line "a": y consists of gaps only/],
    ['unequal lengths', draw({ layers: [line({ y: [1, 2] })] }), /line "a": x has 3 values but y has 2/],
    [
      'a gap in points',
      draw({ layers: [{ kind: 'points', name: 'p', x: [1], y: [null as never] }] }),
      /points "p": y\[0\] is null/,
    ],
    [
      'zero on a log axis',
      draw({ y: log, layers: [line({ name: 'B', y: [1, 0, 1] })] }),
      /line "B": y\[1\] is 0.*log scale.*symlog/,
    ],
    [
      'a negative time on a log axis',
      draw({ x: log, layers: [line({ x: [-1, 1, 2] })] }),
      /x\[0\] is -1.*log scale/,
    ],
    [
      'a rule at zero on a log axis',
      draw({ y: log, layers: [line(), { kind: 'rule', at: { y: 0 }, name: 'floor' }] }),
      /rule "floor": y\[0\] is 0/,
    ],
    [
      'a band that ends early',
      draw({ layers: [line(), { kind: 'band', from: 2, to: 1, label: 'learning' }] }),
      /band "learning" goes from 2 to 1/,
    ],
    [
      'an area upside down',
      draw({ layers: [{ kind: 'area', name: 'seeds', x: [0, 1], low: [1, 3], high: [2, 2] }] }),
      /area "seeds": low\[1\] is 3, above high\[1\] = 2/,
    ],
    [
      'an area of unequal lengths',
      draw({ layers: [{ kind: 'area', name: 'seeds', x: [0, 1], low: [1, 1], high: [2] }] }),
      /area "seeds": x has 2 values but high has 1/,
    ],
    [
      'an area at zero on a log axis',
      draw({ y: log, layers: [{ kind: 'area', name: 'seeds', x: [0, 1], low: [0, 1], high: [2, 2] }] }),
      /area "seeds": low\[0\] is 0.*log scale/,
    ],
    [
      'cells without a colour',
      draw({
        layers: [{ kind: 'cells', name: 'map', x: [0, 1], y: [0, 1], cells: [0, 0, 0, 1], colors: ['#fff'] }],
      }),
      /cells "map": cells\[3\] is 1; it must be null or a place among 1 colours/,
    ],
    [
      'too few cells',
      draw({ layers: [{ kind: 'cells', name: 'map', x: [0, 1], y: [0, 1], cells: [0], colors: ['#fff'] }] }),
      /cells "map": 1 cells for 2 columns and 2 rows; 4 are needed/,
    ],
    ['equal axes of different kinds', draw({ equal: true, y: log }), /figure\.equal needs linear scales/],
    [
      'a tick at no place',
      draw({ y: { label: 'y', scale: 'linear', ticks: [{ value: Number.NaN, label: 'E1' }] } }),
      /ticks: "E1"\[0\] is NaN/,
    ],
    ['no layers', draw({ layers: [] }), /nothing to draw/],
    ['no title', draw({ title: ' ' }), /title must be a non-empty string/],
    ['no label', draw({ x: { label: '', scale: 'linear' } }), /figure\.x\.label must be a non-empty string/],
    [
      'an unknown scale',
      draw({ x: { label: 'x', scale: 'sqrt' as never } }),
      /scale is "sqrt"; allowed are linear, log and symlog/,
    ],
    [
      'a reversed domain',
      draw({ x: { label: 'x', scale: 'linear', domain: [2, 1] } }),
      /figure\.x\.domain is \[2, 1\]/,
    ],
    [
      'a log domain from zero',
      draw({ x: { label: 'x', scale: 'log', domain: [0, 1] }, layers: [line({ x: [1, 2, 3] })] }),
      /starts at 0.*log scale/,
    ],
    ['a width of nothing', draw({ width: Number.NaN }), /figure\.width is NaN/],
    ['an unknown layer', draw({ layers: [line(), { kind: 'bar' } as never] }), /unknown layer kind "bar"/],
    [
      'no panels',
      () => figureToSvg({ title: 't', width: 9, height: 9, columns: 1, panels: [] }),
      /panels is empty/,
    ],
  ])('%s', (_, act, message) => {
    expect(act).toThrow(message);
  });
});
