import { describe, expect, it } from 'vitest';
import { type Claim, judge } from '../../src/validation/index.js';

const claim = (also: Partial<Claim>): Claim => ({
  name: 'n',
  by: 'mathematics',
  wanted: 10,
  tolerance: { kind: 'within', by: 1 },
  ...also,
});

describe('judging a number over seeds', () => {
  it.each<[Partial<Claim>, (number | null)[], string]>([
    // The median, not the worst.
    [{}, [9.5, 10.5, 90], 'within'],
    [{}, [9.5, 11.5, 90], 'out'],
    [{ over: 'every' }, [9, 11], 'within'],
    [{ over: 'every' }, [9, 11.001], 'out'],
    [{ over: 'mean', wanted: 0.75, tolerance: { kind: 'atLeast' } }, [1, 1, 1, 0], 'within'],
    [{ over: 'mean', wanted: 0.75, tolerance: { kind: 'atLeast' } }, [1, 1, 0, 0], 'out'],
    [{ tolerance: { kind: 'within', by: 0.1, relative: true }, wanted: 200 }, [181], 'within'],
    [{ tolerance: { kind: 'within', by: 0.1, relative: true }, wanted: 200 }, [179], 'out'],
    [{ tolerance: { kind: 'atMost' } }, [10], 'within'],
    [{ tolerance: { kind: 'atMost' } }, [10.1], 'out'],
    [{ wanted: [9, 12] }, [13], 'within'],
    [{ wanted: [9, 12] }, [7.9], 'out'],
    // A seed without a number is outside of everything; without seeds there is nothing to say.
    [{}, [10, null, 10], 'out'],
    [{}, [null], 'out'],
    [{}, [], 'open'],
  ])('%j of %j is %s', (also, values, verdict) => {
    expect(judge(claim(also), values).verdict).toBe(verdict);
  });

  it('allows three standard errors between two means of random runs', () => {
    const sampled = claim({ over: 'mean', tolerance: { kind: 'sampled', runs: 4 } });
    // Standard deviation 2, four seeds: 3·2·√(1/4 + 1/4) = 4.243.
    const around = (mean: number) => [-2, -1, 1, 2].map((d) => mean + d * Math.sqrt(1.2));
    const { bounds, measured, verdict } = judge(sampled, around(14.2));
    expect(verdict).toBe('within');
    expect(measured?.mean).toBeCloseTo(14.2, 12);
    expect([bounds.least, bounds.most]).toEqual([expect.closeTo(5.757, 3), expect.closeTo(14.243, 3)]);
    expect(judge(sampled, around(14.3)).verdict).toBe('out');
    expect(judge(sampled, [14.2])).toMatchObject({ verdict: 'open', bounds: { least: null, most: null } });
  });
});
