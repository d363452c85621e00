import { describe, expect, it } from 'vitest';
import { clockOfCourse, coopClock, measureClock, NoOscillation } from '../../src/circuits/index.js';
import { simulate, simulateStochastic } from '../../src/index.js';

const rows = 20_000;
const course = (times: Float64Array, value: (t: number) => number, species: string) => ({
  species,
  values: times.map(value),
});
const grid = (to: number) => Float64Array.from({ length: rows + 1 }, (_, i) => (to * i) / rows);

describe('a clock measured from one course', () => {
  it('has the numbers of the clock measured turn by turn', async () => {
    const { network, phases } = coopClock();
    const wanted = await measureClock(network, { phases, within: 1000 });
    const solution = await simulate(network, { to: 1000, save: rows, rtol: 1e-8, atol: 1e-12 });
    const found = clockOfCourse(
      solution.times,
      phases.map((species) => ({ species, values: solution.column(species) })),
    );
    expect(found.period.mean / wanted.period.mean).toBeCloseTo(1, 2);
    expect(found.period.deviation / found.period.mean).toBeLessThan(0.01);
    expect(found.phases[0].peak / wanted.phases[0].peak).toBeCloseTo(1, 2);
    expect(found.phases[1].exposure / wanted.phases[1].exposure).toBeCloseTo(1, 1);
    expect(found.phases[0].duty).toBeCloseTo(wanted.phases[0].duty, 2);
    expect(found.leak / wanted.leak).toBeCloseTo(1, 0);
  });

  it('noise about half the peak is no turn', () => {
    const times = grid(100);
    const wave = (t: number) => Math.max(0, Math.sin((2 * Math.PI * t) / 10)) + 0.05 * Math.sin(300 * t) ** 2;
    const { period } = clockOfCourse(times, [
      course(times, wave, 'A'),
      course(times, (t) => wave(t - 5), 'B'),
    ]);
    expect(period.mean).toBeCloseTo(10, 1);
    expect(period.deviation).toBeLessThan(0.1);
  });

  it('says when a clock turns too seldom, or has stopped', () => {
    const times = grid(100);
    const still = [course(times, () => 1, 'A'), course(times, () => 0, 'B')];
    expect(() => clockOfCourse(times, still)).toThrow(NoOscillation);
    const dies = (t: number) => (t > 62 ? 0 : Math.max(0, Math.sin((2 * Math.PI * t) / 10)));
    const stopping = [course(times, dies, 'A'), course(times, (t) => dies(t - 5), 'B')];
    expect(() => clockOfCourse(times, stopping)).toThrow(/does not rise again after/);
  });

  it('at 100 and 1000 molecules coop-4 goes on, slower and less evenly where they are few', async () => {
    const { network, phases } = coopClock({ leak: 1e-2 });
    const measure = async (volume: number) => {
      const solution = await simulateStochastic(network, { volume, to: 400, save: rows, seed: 1 });
      const { period } = clockOfCourse(
        solution.times,
        phases.map((species) => ({ species, values: solution.column(species) })),
      );
      return { ...period, spread: period.deviation / period.mean };
    };
    // An independent program found periods of 16.2 and 13.6, spread by 12 to 16 % and 3 to 5 %.
    const few = await measure(100);
    expect(few.mean).toBeGreaterThan(15);
    expect(few.mean).toBeLessThan(17.5);
    expect(few.spread).toBeGreaterThan(0.09);
    expect(few.spread).toBeLessThan(0.2);
    const many = await measure(1000);
    expect(many.mean).toBeGreaterThan(13.2);
    expect(many.mean).toBeLessThan(14);
    expect(many.spread).toBeGreaterThan(0.02);
    expect(many.spread).toBeLessThan(0.065);
  });
});
