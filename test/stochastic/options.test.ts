import { describe, expect, it } from 'vitest';
import {
  type Network,
  type StochasticFailure,
  type StochasticManyOptions,
  type StochasticOptions,
  simulateStochastic,
  simulateStochasticMany,
} from '../../src/index.js';
import { networkOf } from '../tools/network.js';

const decay = networkOf('init A = 1; A ->{1} B');
const base = { volume: 100, to: 1 };

describe('options of stochastic runs', () => {
  it.each<[StochasticOptions | object, new (message: string) => Error, RegExp]>([
    [{ volume: undefined }, RangeError, /^volume is missing: give the number of molecules/],
    [{ volume: 0 }, RangeError, /volume must be greater than 0, not 0/],
    [{ volume: '10' }, TypeError, /volume must be a number, not "10"/],
    [
      { volume: { cell: 3 } },
      RangeError,
      /volume names the compartment "cell", which the network lacks; it has none/,
    ],
    [{ seed: -1 }, RangeError, /seed must be a whole number from 0 to 2\^53 - 1, not -1/],
    [{ seed: 1.5 }, RangeError, /seed must be a whole number/],
    [{ run: 2 ** 53 }, RangeError, /run must be a whole number/],
    [
      { method: 'rodas5p' },
      RangeError,
      /method must be one of auto, direct, sorted, rejection, next, tau, not "rodas5p"/,
    ],
    [{ epsilon: 1 }, RangeError, /epsilon must be below 1, not 1/],
    [{ epsilon: 0 }, RangeError, /epsilon must be greater than 0/],
    [{ unit: 'mol' }, RangeError, /unit must be one of concentration, molecules/],
    [{ rounding: 'down' }, RangeError, /rounding must be one of random, refuse/],
    [{ maxEvents: 0.5 }, RangeError, /maxEvents must be a whole number/],
    [{ rtol: 1e-3 }, TypeError, /simulateStochastic has no option "rtol"; it has to, from/],
    [{ to: -1 }, RangeError, /to must be greater than 0/],
    [{ saveAt: [2] }, RangeError, /saveAt\[0\] = 2 must lie inside the run/],
    [{ initial: { Q: 1 } }, RangeError, /initial names the species "Q"/],
    [{ parameters: { k: Number.NaN } }, RangeError, /parameters.k must be finite/],
    [{ onProgress: 3 }, TypeError, /onProgress must be a function/],
    [{ signal: {} }, TypeError, /signal must be an AbortSignal/],
    [{ engine: 'gpu' }, RangeError, /engine must be one of wasm, js/],
    [
      { volume: 1e17 },
      RangeError,
      /the start of A is 1e\+?17|100000000000000000 molecules; there can be no fewer than 0 and no more than 2\^53/,
    ],
  ])('%j is refused by name', async (options, kind, message) => {
    const run = simulateStochastic(decay, { ...base, ...options } as StochasticOptions);
    await expect(run).rejects.toThrow(kind);
    await expect(run).rejects.toThrow(message);
  });

  it.each<[number, StochasticManyOptions | object, RegExp]>([
    [0, {}, /runs must be a whole number from 1 on, not 0/],
    [2.5, {}, /runs must be a whole number/],
    [2, { keep: 1 }, /keep must be true or false, not 1/],
    [2, { first: -3 }, /first must be a whole number/],
    [2, { first: 2 ** 53 - 2 }, /go beyond number 2\^53 - 1/],
    [1e6, { keep: true }, /keep would hold 402000000 numbers/],
    [2, { run: 1 }, /simulateStochasticMany has no option "run"/],
  ])('an ensemble of %d with %j is refused', async (runs, options, message) => {
    await expect(
      simulateStochasticMany(decay, runs, { ...base, ...options } as StochasticManyOptions),
    ).rejects.toThrow(message);
  });
});

/** A copy whose species are in compartments, or are amounts. */
function placed(
  network: Network,
  sizes: Record<string, number>,
  where: (string | 'amount' | undefined)[],
): Network {
  const names = Object.keys(sizes);
  const number = (value: number) => ({ kind: 'number', value }) as const;
  return {
    ...network,
    compartments: names.map((name) => ({ name, size: number(sizes[name]) })),
    species: network.species.map((species, s) => {
      const place = where[s];
      if (place === undefined) return species;
      return place === 'amount'
        ? { ...species, quantity: 'amount' }
        : { ...species, compartment: names.indexOf(place) };
    }),
  };
}

describe('volumes', () => {
  const start = async (network: Network, volume: StochasticOptions['volume']) => {
    const options = {
      to: 1,
      saveAt: [0],
      unit: 'molecules' as const,
      ...(volume !== undefined && { volume }),
    };
    return [...(await simulateStochastic(network, options)).row(0)];
  };
  const free = networkOf('init A = 2, B = 3; A -> ∅; B -> ∅');

  it('multiply sizes of compartments, by name where they differ', async () => {
    const network = placed(free, { cell: 5, nucleus: 0.5 }, ['cell', 'nucleus']);
    expect(await start(network, 10)).toEqual([2 * 50, 3 * 5]);
    expect(await start(network, { cell: 1, nucleus: 4 })).toEqual([2 * 5, 3 * 2]);
    await expect(start(network, { cell: 1 })).rejects.toThrow(
      /volume lacks the compartment nucleus, in which there is B/,
    );
  });

  it('do not touch amounts, and are not needed for them alone', async () => {
    expect(await start(placed(free, { cell: 5 }, ['amount', 'cell']), 2)).toEqual([2, 30]);
    expect(await start(placed(free, {}, ['amount', 'amount']), undefined)).toEqual([2, 3]);
  });

  it('by compartment are no answer for a species in none', async () => {
    const network = placed(free, { cell: 5 }, ['cell', undefined]);
    await expect(start(network, { cell: 1 })).rejects.toThrow(
      /the species B is in none; give one number for all/,
    );
  });

  it('give concentrations back: the same run, divided', async () => {
    const network = networkOf('init A = 3; const F = 0.25; A + F -> B + F');
    const options = { volume: 8, to: 1, save: 5, seed: 2 };
    const numbers = await simulateStochastic(network, { ...options, unit: 'molecules' });
    const concentrations = await simulateStochastic(network, options);
    for (const name of ['A', 'B', 'F']) {
      expect([...concentrations.column(name)]).toEqual([...numbers.column(name)].map((n) => n / 8));
    }
    expect(numbers.final.F).toBe(2);
    expect(numbers.unit).toBe('molecules');
  });
});

describe('starts and doses that are no whole number of molecules', () => {
  const network = networkOf('init A = 0.123, B = 0.3; A ->{0} C; phase p 1: *; dose A += 0.05 at p');

  it('are rounded by chance, with the right mean, and named', async () => {
    const ensemble = await simulateStochasticMany(network, 4000, {
      volume: 10,
      to: 1,
      saveAt: [1],
      unit: 'molecules',
    });
    // 1.23 + 0.5 molecules: variances 0.23·0.77 and 0.5·0.5.
    const sd = Math.sqrt(0.23 * 0.77 + 0.25);
    expect(Math.abs(ensemble.mean('A')[0] - 1.73)).toBeLessThan((4 * sd) / Math.sqrt(4000));
    expect(ensemble.sd('A')[0]).toBeCloseTo(sd, 1);
    // 0.3 · 10 is 3 but for the rounding of decimals.
    expect(ensemble.mean('B')[0]).toBe(3);
    expect(ensemble.rounded).toEqual(['A']);
  });

  it('draw from a stream of their own: events are those of whole starts', async () => {
    const text = (extra: number) => networkOf(`init A = 50, B = ${extra}; A ->{1} C; B ->{0} C`);
    const options = { volume: 1, to: 1, seed: 8 };
    const [whole, fraction] = await Promise.all(
      [3, 3.5].map((extra) => simulateStochastic(text(extra), options)),
    );
    expect([...fraction.column('A')]).toEqual([...whole.column('A')]);
    expect(whole.rounded).toEqual([]);
    expect(fraction.rounded).toEqual(['B']);
  });

  it('are refused where that is asked for', async () => {
    const options = { volume: 10, to: 1, rounding: 'refuse' as const };
    await expect(simulateStochastic(network, options)).rejects.toThrow(
      /the start of A is 1.23 molecules, which is no whole number; take another volume/,
    );
    await expect(simulateStochastic(network, { ...options, initial: { A: 0.1 } })).rejects.toThrow(
      /a dose of A is 0.5 molecules/,
    );
    expect((await simulateStochastic(network, { ...options, volume: 1000 })).status).toBe('done');
  });
});

/** What a run fails with. */
const failure = (text: string, options: StochasticOptions = {}): Promise<StochasticFailure> =>
  simulateStochastic(networkOf(text), { ...base, ...options }).then(
    () => expect.unreachable(),
    (error) => error,
  );

describe('runs that do not reach their end', () => {
  it('too many events: what was saved is there', async () => {
    const error = await failure('init A = 1; A <->{5}{5} B', {
      to: 100,
      save: 100,
      maxEvents: 5000,
      seed: 3,
    });
    expect(error).toMatchObject({ name: 'StochasticFailure', code: 'eventLimit', events: 5000 });
    expect(error.message).toMatch(/after 5000 events \[eventLimit\]; raise maxEvents/);
    expect(error.time).toBeGreaterThan(5);
    expect(error.partial?.times.length).toBe(Math.floor(error.time) + 1);
    expect(error.partial?.status).toBe('eventLimit');
  });

  it('a law that does not vanish with what it takes', async () => {
    const error = await failure('use: A -> B [rate 3]', { volume: 1, to: 50, initial: { A: 2 } });
    expect(error).toMatchObject({ code: 'negative', species: 'A', reaction: 'reaction `use`', events: 2 });
    expect(error.message).toMatch(/its rate law must be 0 there/);
    expect(error.partial?.final).toEqual({ A: 0, B: 2 });
    // In a leap the channel is critical: it fails in the same way.
    expect(
      await failure('A -> B [rate 3]', { volume: 1, to: 50, initial: { A: 2 }, method: 'tau' }),
    ).toMatchObject({
      code: 'negative',
      species: 'A',
    });
  });

  it('a difference that goes below 0', async () => {
    const network = networkOf('init A = 3; -> A [rate 2]; A -> [rate 0.1*A^2]');
    network.reactions[0].channel = { name: 'net', sign: 1 };
    network.reactions[1].channel = { name: 'net', sign: -1 };
    for (const method of ['direct', 'sorted', 'rejection', 'next'] as const) {
      const error: StochasticFailure = await simulateStochastic(network, {
        volume: 1,
        to: 100,
        method,
      }).catch((e) => e);
      expect(error).toMatchObject({ code: 'propensity', reaction: '`-> A [rate 2, channel net]`' });
      expect(error.message).toMatch(/a propensity is negative or not finite/);
      // At 4 molecules 2 − 1.6 is still above 0, at 5 it is not.
      expect(error.partial?.final).toEqual({ A: 5 });
    }
  });

  it('an explosion, one event at a time and by leaps', async () => {
    for (const method of ['direct', 'sorted', 'rejection', 'next'] as const) {
      const single = await failure('init A = 10; 5 A ->{1} 6 A', { volume: 1, to: 10, method });
      expect(single).toMatchObject({ code: 'blowUp' });
      expect(single.time).toBeLessThan(1e-3);
      expect(single.message).toMatch(/numbers grow without bound in finite time/);
    }
    const leaps = await failure('init A = 1; 2 A ->{1} 3 A', { volume: 1e4, to: 10, method: 'tau' });
    expect(leaps).toMatchObject({ code: 'blowUp' });
    expect(leaps.time).toBeCloseTo(1, 1);
  });

  it('cancelled, before and on the way; progress rises', async () => {
    const controller = new AbortController();
    const told: number[] = [];
    const error = await failure('init A = 1; A <->{1}{1} B', {
      volume: 1e6,
      to: 1e4,
      maxEvents: 1e12,
      save: 10_000,
      signal: controller.signal,
      onProgress: ({ fraction }) => {
        told.push(fraction);
        if (told.length === 3) controller.abort();
      },
    });
    expect(error.code).toBe('cancelled');
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(error.partial?.times.length).toBeGreaterThan(0);
    expect(await failure('A -> B', { signal: AbortSignal.abort() })).toMatchObject({
      code: 'cancelled',
      events: 0,
    });
  });

  it('out of time', async () => {
    const error = await failure('init A = 1; A <->{1}{1} B', { volume: 1e6, to: 1e6, maxSeconds: 0.05 });
    expect(error).toMatchObject({ code: 'timeLimit' });
  });

  it('a dose that takes more than there is', async () => {
    const schedule = [
      { name: 'p', duration: 1, active: '*' as const, doses: [{ species: 'A', amount: -2 }] },
    ];
    await expect(simulateStochastic(decay, { volume: 10, schedule })).rejects.toThrow(
      /the dose of A at phase p would make its number of molecules -10; it must stay between 0 and 2\^53/,
    );
  });
});

it('a solution knows its saved times and its end, and no others', async () => {
  const solution = await simulateStochastic(decay, { ...base, save: 4, seed: 5, run: 7 });
  expect(solution).toMatchObject({ seed: 5, run: 7, status: 'done', unit: 'concentration' });
  expect(solution.at(0)).toEqual({ A: 1, B: 0 });
  expect(solution.at(1)).toEqual(solution.final);
  expect(() => solution.at(0.3)).toThrow(
    /known at its saved times and at its end, not at 0.3: name the time in saveAt/,
  );
  expect(solution.toCSV().split('\n')).toHaveLength(7);
});
