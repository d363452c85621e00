import { describe, expect, it } from 'vitest';
import { type Network, simulate, simulateStochastic, simulateStochasticMany } from '../../src/index.js';
import { ExportError, type Format, formats } from '../../src/io/index.js';
import { runsAll } from '../../src/io/timetable.js';
import { parameterValues, rateConstants } from '../../src/network/index.js';
import { type SystemCase, systemCases } from './systems.js';

/** Building some of them measures a clock or trains; each is built once. */
const built = new Map<string, Promise<Network>>();
const networkOf = (name: string): Promise<Network> => {
  const found = built.get(name) ?? Promise.resolve(systemCases[name]!.network());
  built.set(name, found);
  return found;
};

/** Tolerances are said, for not every format keeps those that a network has of its own. */
const RUN = { save: 16, rtol: 1e-6, atol: 1e-10 };
type End = { to?: number };
const endOf = ({ to }: SystemCase): End => (to === undefined ? {} : { to });

async function rowsOf(network: Network, options: End & { engine?: 'wasm' | 'js' }): Promise<Float64Array[]> {
  const run = await simulate(network, { ...RUN, ...options });
  return [...run.times.keys()].map((i) => Float64Array.of(run.times[i]!, ...run.row(i)));
}

/** Species by their places, to a part of the largest value of each. */
function expectSame(rows: readonly Float64Array[], wanted: readonly Float64Array[], part: number): void {
  expect(rows.length).toBe(wanted.length);
  for (const k of wanted[0]!.keys()) {
    const largest = Math.max(...wanted.map((row) => Math.abs(row[k]!)));
    const off = Math.max(...wanted.map((row, i) => Math.abs(row[k]! - rows[i]![k]!)));
    expect(off, `species ${k}`).toBeLessThanOrEqual(part * largest);
  }
}

type Held = Required<Pick<Format, 'name' | 'read' | 'write'>>;
const held = formats.filter((format): format is Format & Held => Boolean(format.read && format.write));
/** What a run needs of the network beside its reactions. */
const keepsSchedules = ['crn', 'json', 'sbml', 'antimony'];

/** The text without what the package keeps in it of its own, so that what other programs see is read. */
const foreign: Record<string, (text: string) => string> = {
  sbml: (text) => text.replace(/<annotation>[\s\S]*?<\/annotation>/, ''),
  antimony: (text) => text.replace(/^\/\/~.*\n/gm, ''),
};

function again({ name, read }: Held, text: string): Network {
  const { network, issues } = read(text);
  expect(network, `${name}: ${issues.map(({ message }) => message).join('; ')}`).not.toBeNull();
  return network!;
}

const refusal = (act: () => unknown): ExportError => {
  try {
    act();
  } catch (error) {
    if (error instanceof ExportError) return error;
    throw error;
  }
  throw new Error('it is not refused');
};

/** Phases in which everything runs, begun by doses that add, have a place in the language of Visual DSD. */
const isDosesAlone = (network: Network): boolean =>
  runsAll(network) && network.doses.every(({ mode }) => mode === 'add');

describe.each(Object.keys(systemCases))('%s', (name) => {
  const system = systemCases[name]!;

  it('runs with equal bits on both engines', async () => {
    const network = await networkOf(name);
    expect(await rowsOf(network, { ...endOf(system), engine: 'js' })).toEqual(
      await rowsOf(network, { ...endOf(system), engine: 'wasm' }),
    );
  });

  it('runs the same after any format that holds its schedule; others refuse it with the reason', async () => {
    const network = await networkOf(name);
    const wanted = await rowsOf(network, endOf(system));
    const to = { to: wanted.at(-1)![0]! };
    for (const format of held) {
      const holds = network.phases.length === 0 || keepsSchedules.includes(format.name);
      if (holds || (format.name === 'dsd' && isDosesAlone(network))) {
        const text = format.write(network, { name: 'system' });
        expectSame(await rowsOf(again(format, text), to), wanted, 1e-12);
        continue;
      }
      // A schedule in which everything runs all the time is no loss.
      if (runsAll(network) && network.doses.length === 0) {
        const text = format.write(network, { name: 'system' });
        expectSame(await rowsOf(again(format, text), { ...endOf(system), ...to }), wanted, 1e-12);
        continue;
      }
      const { issues, message } = refusal(() => format.write(network));
      const codes = issues.map(({ code }) => code);
      if (runsAll(network)) expect(codes).toEqual(['doses']);
      else {
        expect(codes).toContain('schedule');
        expect(message).toContain(network.phases[0]!.name);
      }
    }
  });

  it('runs the same after any format where its schedule is left out, as other programs see it, too', async () => {
    const network: Network = { ...(await networkOf(name)), phases: [], doses: [], simulation: {} };
    const to = { to: Math.min(system.to ?? 20, 60) };
    const wanted = await rowsOf(network, to);
    const constants = rateConstants(network, parameterValues(network));
    for (const format of held) {
      const text = format.write(network, { name: 'system' });
      const read = again(format, text);
      expectSame(await rowsOf(read, to), wanted, 1e-12);
      const bare = foreign[format.name]?.(text);
      if (bare === undefined) continue;
      expect(bare.length).toBeLessThan(text.length);
      const seen = again(format, bare);
      // Factors of a rate may be multiplied in another order, which the steps of the solver magnify.
      rateConstants(seen, parameterValues(seen)).forEach((value, r) => {
        expect(Math.abs(value - constants[r]!)).toBeLessThanOrEqual(4 * Number.EPSILON * constants[r]!);
      });
      expectSame(await rowsOf(seen, to), wanted, 1e-10);
    }
  });
});

const RUNS = 12;
/** What phases of finite length leave of molecules that all of them go. */
const REST = 1e-6;
const byMolecules = Object.entries(systemCases).flatMap(([name, { molecules, to }]) =>
  typeof molecules === 'string' ? [] : [{ name, to, ...molecules }],
);

describe('by molecules, as a mean over runs, within four standard errors of the ODE', () => {
  it.each(byMolecules)('$name', async ({ name, to, volume, watch }) => {
    const network = await networkOf(name);
    const end = { ...(to !== undefined && { to }), save: 1 };
    const { final } = await simulate(network, { ...end, rtol: 1e-8, atol: 1e-11 });
    const { solutions } = await simulateStochasticMany(network, RUNS, {
      ...end,
      volume,
      seed: 5,
      keep: true,
    });
    const value = (state: Record<string, number>, [plus, minus]: readonly string[]) =>
      state[plus!]! - (minus === undefined ? 0 : state[minus]!);
    for (const signal of watch) {
      const values = solutions.map((solution) => value(solution.final, signal));
      const mean = values.reduce((sum, one) => sum + one, 0) / RUNS;
      const spread = Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (RUNS - 1));
      const allowed = (4 * spread) / Math.sqrt(RUNS) + REST;
      expect.soft(Math.abs(mean - value(final, signal)), signal.join()).toBeLessThanOrEqual(allowed);
    }
  });
});

describe('clocks by molecules', () => {
  it('an autocatalytic ring dies in its first step: its idle species have less than a molecule', async () => {
    const network = await networkOf('CRN++ with its clock: gcd');
    const { final } = await simulateStochastic(network, { volume: 1000, to: 400, seed: 3 });
    const ring = Object.keys(final).filter((name) => /^X\[/.test(name));
    expect(ring.filter((name) => final[name]! > 0)).toEqual(['X[2]']);
    // So nothing of the program has happened.
    expect(final).toMatchObject({ a: 32, b: 12, oldA: 0, oldB: 0 });
  });

  it('a cooperative ring goes on, slower than in the ODE', async () => {
    const network = await networkOf('linear Neural CRN with a cooperative ring inside');
    const options = { to: 200, save: 2000 };
    const ode = turnsOf(await simulate(network, options));
    expect(ode).toBe(6);
    for (const seed of [3, 4]) {
      const turns = turnsOf(await simulateStochastic(network, { ...options, volume: 100, seed }));
      expect(turns).toBeGreaterThanOrEqual(3);
      expect(turns).toBeLessThanOrEqual(ode);
    }
  });
});

/** How often a ring's second species comes to three quarters of its total of 2, having been away. */
function turnsOf(run: { column(name: string): Iterable<number> }): number {
  let [turns, isOn] = [0, false];
  for (const value of run.column('C[2]')) {
    if (value > 1.5 && !isOn) turns++;
    isOn = value > 1.5 || (isOn && value > 0.5);
  }
  return turns;
}
