import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fraction, type ResolvedScale, resolveScale } from '../../src/plot/scale.js';
import { EXPONENT } from '../../src/plot/text.js';
import { ticksFor } from '../../src/plot/ticks.js';

const scale = (kind: ResolvedScale['kind'], low: number, high: number, constant = 1): ResolvedScale => ({
  kind,
  low,
  high,
  constant,
});
const labels = (s: ResolvedScale, count = 6, integer = false) =>
  ticksFor(s, count, integer).labels.map((l) => l.replace(EXPONENT, '^'));

/** What a reader takes a label to mean. */
function read(label: string): number {
  const plain = label.replace(/−/g, '-');
  if (!plain.includes(EXPONENT)) return Number(plain);
  const [base, exponent] = plain.split(EXPONENT);
  const lead = base.includes('×') ? Number(base.split('×')[0]) : base.startsWith('-') ? -1 : 1;
  return lead * 10 ** Number(exponent);
}

describe('ticks', () => {
  it('are round numbers with no more digits than needed', () => {
    expect(labels(scale('linear', 0, 0.5))).toEqual(['0.0', '0.1', '0.2', '0.3', '0.4', '0.5']);
    expect(labels(scale('linear', -1, 1), 4)).toEqual(['−1.0', '−0.5', '0.0', '0.5', '1.0']);
    expect(labels(scale('linear', 0, 24_000), 5)).toEqual(['0', '5000', '10000', '15000', '20000']);
    expect(labels(scale('linear', 0, 2.4e-6), 5)).toEqual([
      '0',
      '0.5×10^−6',
      '1.0×10^−6',
      '1.5×10^−6',
      '2.0×10^−6',
    ]);
  });

  it('are the nearest numbers to what they say', () => {
    expect(ticksFor(scale('linear', 0, 0.75), 7).values).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]);
  });

  it('stay whole where epochs are counted', () => {
    expect(labels(scale('linear', 0, 3), 12, true)).toEqual(['0', '1', '2', '3']);
    expect(labels(scale('linear', 0, 1), 12, true)).toEqual(['0', '1']);
  });

  it('are decades on a log axis, with 2 and 5 where there is room', () => {
    expect(labels(scale('log', 0.06, 7), 7)).toEqual(['0.1', '0.2', '0.5', '1', '2', '5']);
    expect(labels(scale('log', 0.06, 7), 4)).toEqual(['0.1', '0.3', '1', '3']);
    expect(labels(scale('log', 1e-12, 10), 5)).toEqual(['10^−12', '10^−9', '10^−6', '10^−3', '10^0']);
    expect(labels(scale('log', 0.097, 0.123), 6)).toEqual(['0.100', '0.105', '0.110', '0.115', '0.120']);
    expect(labels(scale('log', 2e-6, 5e-5), 6)).toEqual([
      '2×10^−6',
      '5×10^−6',
      '10^−5',
      '2×10^−5',
      '5×10^−5',
    ]);
  });

  it('meet at zero on a symlog axis', () => {
    expect(labels(scale('symlog', -100, 100, 0.1), 9)).toEqual([
      '−100',
      '−10',
      '−1',
      '−0.1',
      '0',
      '0.1',
      '1',
      '10',
      '100',
    ]);
  });

  it('do not crowd around the zero of a symlog axis', () => {
    const s = scale('symlog', -1, 1, 1e-9);
    const { values, minor } = ticksFor(s, 6);
    const places = values.map((v) => fraction(s, v));
    for (let i = 1; i < places.length; i++) expect(places[i] - places[i - 1]).toBeGreaterThan(0.45 / 6);
    expect(minor.length).toBeGreaterThan(0);
  });

  it.each(['linear', 'log', 'symlog'] as const)(
    'lie inside any %s domain, in order, and say their value',
    (kind) => {
      const size = fc.double({ min: -12, max: 12, noNaN: true }).map((p) => 10 ** p);
      fc.assert(
        fc.property(
          size,
          fc.double({ min: 0.001, max: 1, noNaN: true }),
          fc.boolean(),
          (high, part, negative) => {
            const low = kind === 'log' ? high * part * 0.999 : negative ? -high : high * part * 0.9;
            const s = scale(kind, low, high, high * 1e-3);
            const { values, labels, minor } = ticksFor(s, 6);
            expect(values.length).toBeGreaterThanOrEqual(2);
            expect(values.length).toBeLessThanOrEqual(13);
            expect(labels.length).toBe(values.length);
            expect(new Set(labels).size).toBe(values.length);
            const slack = 1e-6 * (high - low);
            for (const v of [...values, ...minor]) {
              expect(v).toBeGreaterThanOrEqual(low - slack);
              expect(v).toBeLessThanOrEqual(high + slack);
            }
            for (let i = 1; i < values.length; i++) expect(values[i]).toBeGreaterThan(values[i - 1]);
            labels.forEach((label, i) => {
              expect(Math.abs(read(label) - values[i])).toBeLessThanOrEqual(
                1e-9 * Math.max(Math.abs(low), high),
              );
            });
          },
        ),
      );
    },
  );
});

describe('domains', () => {
  const domain = (y: number[], kind: ResolvedScale['kind'] = 'linear') => {
    const { low, high } = resolveScale(
      {
        x: { label: 'x', scale: 'linear' },
        y: { label: 'y', scale: kind },
        layers: [{ kind: 'line', name: 'a', x: y.map((_, i) => i), y }],
      },
      'y',
    );
    return [low, high];
  };

  it('start at zero for concentrations and leave room above', () => {
    expect(domain([0, 1])[0]).toBe(0);
    expect(domain([0, 1])[1]).toBeCloseTo(1.04);
  });

  it('open up around a constant', () => {
    expect(domain([4, 4, 4])).toEqual([3, 5]);
    expect(domain([0, 0])).toEqual([-1, 1]);
    const [low, high] = domain([0.1, 0.1], 'log');
    expect(low).toBeLessThan(0.1);
    expect(high).toBeGreaterThan(0.1);
  });

  it('do not magnify rounding errors', () => {
    const [low, high] = domain([1, 1 + 1e-15]);
    expect(high - low).toBeGreaterThan(0.1);
  });
});
