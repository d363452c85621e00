import { describe, expect, it } from 'vitest';
import { coopClock, ringClock } from '../../src/circuits/clock.js';
import { measureClock } from '../../src/circuits/measure-clock.js';
import { analyse, parseNetwork } from '../../src/index.js';

describe('the cooperative ring', () => {
  // Period, duty and leak as measured independently with another integrator; exposures from the same source.
  it.each([
    { leak: 1e-2, period: 13.35, duty: 0.266, relative: 3.6e-3, exposure: 7.29 },
    { leak: 1e-3, period: 36.41, duty: 0.256, relative: 3.9e-4, exposure: 18.87 },
    { leak: 1e-4, period: 106.0, duty: 0.252, relative: 4.2e-5, exposure: 53.73 },
  ])('with leak $leak', async ({ leak, period, duty, relative, exposure }) => {
    const { network, phases } = coopClock({ leak });
    const measure = await measureClock(network, { phases });
    expect(measure.period.mean / period).toBeCloseTo(1, 2);
    expect(measure.period.deviation).toBeLessThan(1e-3);
    for (const phase of measure.phases) {
      expect(phase.duty).toBeCloseTo(duty, 2);
      expect(phase.peak).toBeCloseTo(2, 1);
      expect(phase.exposure / exposure).toBeCloseTo(1, 2);
    }
    expect(measure.leak / relative).toBeCloseTo(1, 1);
  });

  it('has 8 species, 16 reactions, order 2, and one conserved sum', () => {
    const { species, reactions, maxMolecularity, moieties } = analyse(coopClock().network);
    expect([species, reactions, maxMolecularity, moieties.length]).toEqual([8, 16, 2, 1]);
    expect(moieties[0].total).toBe(10);
  });

  it('separates its phases the better the smaller the leak', async () => {
    const measures = await Promise.all(
      [1e-2, 1e-3].map((leak) => {
        const { network, phases } = coopClock({ leak });
        return measureClock(network, { phases });
      }),
    );
    expect(measures[1].product).toBeLessThan(measures[0].product);
    expect(measures[1].overlap).toBe(0);
    expect(measures[1].idle).toBeCloseTo(0.27, 2);
  });
});

describe('the autocatalytic ring', () => {
  it('of five turns with the period of its ε', async () => {
    const { network, phases } = ringClock({ length: 5, epsilon: 1e-3 });
    const { period, leak } = await measureClock(network, { phases, turns: 20 });
    expect(period.mean).toBeCloseTo(20.16, 0);
    // Quasi-periodic, not a limit cycle.
    expect(period.deviation).toBeGreaterThan(0.05);
    expect(leak).toBeLessThan(5e-3);
  });

  it('has exposures that do not depend on the turn at which one looks', async () => {
    const { network, phases } = ringClock({ length: 7, epsilon: 1e-5 });
    const from = async (settle: number) => {
      const measure = await measureClock(network, { phases, settle, turns: 20 });
      return measure.phases.map(({ exposure }) => exposure);
    };
    const [early, late] = [await from(2), await from(3)];
    early.forEach((exposure, p) => {
      expect(Math.abs(exposure / late[p] - 1)).toBeLessThan(0.01);
    });
    // One turn alone has 12.2 or 12.9.
    expect(Math.abs(early[0] / early[1] - 1)).toBeLessThan(0.01);
  });

  it('is not built with an even length', () => {
    expect(() => ringClock({ length: 6 })).toThrow(/odd number ≥ 5, got 6/);
  });
});

describe('rings of nine phases', () => {
  it('the autocatalytic one of 27, three species a phase', async () => {
    const { network, phases } = ringClock({ phases: 9, length: 27, epsilon: 1e-6 });
    expect(analyse(network)).toMatchObject({ species: 27, reactions: 27, maxMolecularity: 2 });
    expect(phases).toEqual(['C[1]', 'C[4]', 'C[7]', 'C[10]', 'C[13]', 'C[16]', 'C[19]', 'C[22]', 'C[25]']);
    const measure = await measureClock(network, { phases, turns: 4, within: 2000 });
    // The period was measured independently; on average a species holds 2/27 of the total.
    expect(measure.period.mean).toBeCloseTo(196.5, 0);
    for (const { exposure } of measure.phases) {
      expect(exposure / ((2 * measure.period.mean) / 27)).toBeCloseTo(1, 1);
    }
    expect(measure.overlap).toBe(0);
    expect(measure.leak).toBeLessThan(1e-6);
  });

  it('the cooperative one, which is a limit cycle', async () => {
    const { network, phases } = coopClock({ phases: 9, length: 18, leak: 1e-2 });
    const measure = await measureClock(network, { phases, turns: 3 });
    expect(measure.phases).toHaveLength(9);
    expect(measure.period.deviation).toBeLessThan(1e-3);
    expect(measure.overlap).toBe(0);
    expect(measure.leak).toBeLessThan(1e-6);
  });

  it('are as long as their phases need', () => {
    expect(ringClock({ phases: 9 }).network.species).toHaveLength(19);
    expect(coopClock({ phases: 9 }).network.species).toHaveLength(36);
    expect(() => ringClock({ phases: 9, length: 17 })).toThrow(/odd number ≥ 19, got 17/);
    expect(() => coopClock({ phases: 9, length: 20 })).toThrow(
      /multiple of 9, the number of phases, ≥ 18, got 20/,
    );
    expect(() => ringClock({ phases: 1 })).toThrow(/phases must be an integer ≥ 2, got 1/);
  });
});

describe('what is not a clock', () => {
  it('is said so', async () => {
    const { network } = parseNetwork('init A = 1 \n A <-> B');
    await expect(measureClock(network!, { phases: ['A', 'B'], within: 50 })).rejects.toThrow(/does not rise/);
    await expect(measureClock(network!, { phases: ['A'] })).rejects.toThrow(/at least two species/);
  });

  it('bad options are named', () => {
    expect(() => coopClock({ length: 5 })).toThrow(/even number ≥ 4, got 5/);
    expect(() => coopClock({ leak: 0 })).toThrow(/leak must be a finite number > 0, got 0/);
    expect(() => ringClock({ epsilon: 1 })).toThrow(/epsilon/);
  });
});
