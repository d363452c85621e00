import { describe, expect, it } from 'vitest';
import { measureClock } from '../../src/circuits/index.js';
import { fuelReport, translateToDsd } from '../../src/lab/index.js';
import {
  type Network,
  networkBuilder,
  parseNetwork,
  printNetwork,
  validateNetwork,
} from '../../src/network/index.js';
import { simulate } from '../../src/simulate/inlined.js';
import type { Solution } from '../../src/simulate/solution.js';

const read = (text: string): Network => {
  const { network, issues } = parseNetwork(text);
  if (network === null) throw new Error(JSON.stringify(issues));
  return network;
};

/** X₁ + X₂ → 2 X₂, … around a ring, idle species at 0.01. */
function ring(length: number): Network {
  const builder = networkBuilder();
  for (let i = 0; i < length; i++) {
    builder.init(`X[${i + 1}]`, i < 2 ? 1 : 0.01);
    builder.reaction(`X[${i + 1}] + X[${((i + 1) % length) + 1}] -> 2 X[${((i + 1) % length) + 1}]`);
  }
  return builder.build();
}

const periodOf = async (network: Network) => {
  const { period } = await measureClock(network, {
    phases: ['X[1]', 'X[3]'],
    within: 150,
    turns: 2,
    settle: 0,
  });
  return period.mean;
};

describe('rings of strands at 10 nM, beside figures measured elsewhere', () => {
  // Formal, then of strands: at 5e5 buffered, 5e5 not, 1e5 buffered, 1e5 not. To 2 %, since pulses of a ring differ, and
  // its period drifts as fuels are used: it matters which turns are measured.
  it.each([
    [3, [10.05, 10.13, 22.6, 9.97, 12.1]],
    [5, [14.36, 14.45, 32.1, 14.39, 17.5]],
  ])('%i in the ring', async (length, figures) => {
    const network = ring(length);
    const ways = [
      null,
      { rate: '5e5 /M/s' },
      { rate: '5e5 /M/s', buffered: false },
      { rate: '1e5 /M/s' },
      { rate: '1e5 /M/s', buffered: false },
    ];
    for (const [k, options] of ways.entries()) {
      const measured = await periodOf(options === null ? network : translateToDsd(network, options).network);
      expect(Math.abs(measured / figures[k] - 1), `${JSON.stringify(options)}: ${measured}`).toBeLessThan(
        0.02,
      );
    }
  });

  it('uses 2 to 3 % of its fuels in 80 time units; equal strands need no buffer', async () => {
    for (const length of [3, 5]) {
      const made = translateToDsd(ring(length), { rate: '5e5 /M/s' });
      expect(made).toMatchObject({
        gain: 2,
        counts: { buffers: 0, species: 6 * length, reactions: 4 * length },
      });
      const { most, depleted, fuels } = fuelReport(made, (await simulate(made.network, { to: 80 })).final);
      expect(most?.used).toBeGreaterThan(0.02);
      expect(most?.used).toBeLessThan(0.035);
      expect(depleted).toEqual([]);
      expect(fuels.length).toBe(3 * length);
    }
  });
});

const all = `
param k = 2;  const C = 0.7;  init A = 1;  init B = 0.4;  init \`half[1]\` = 0.2
-> A
A ->{k/2} B + D
A + B ->{k} 2 D
pair: 2 D <->{0.5}{0.3} E
A + C ->{0.4} C + F
B + A -> 
E -> ∅
A + B ->{0} F
`;

/** Largest difference of what two runs end with, over the species of the first. */
const difference = (formal: Solution, strands: Solution): number =>
  formal.species.reduce(
    (most, name) => Math.max(most, Math.abs(strands.final[name] - formal.final[name])),
    0,
  );

describe('translateToDsd', () => {
  it('does what the formal network does, and the better the more fuel there is', async () => {
    const formal = await simulate(read(all), { to: 4, rtol: 1e-9, atol: 1e-12 });
    const errors: number[] = [];
    for (const cMax of [100, 1000, 10_000]) {
      const { network } = translateToDsd(read(all), { cMax, fuels: 'held' });
      expect(validateNetwork(network)).toEqual([]);
      errors.push(difference(formal, await simulate(network, { to: 4, rtol: 1e-9, atol: 1e-12 })));
    }
    expect(errors[0]).toBeLessThan(0.03);
    expect(errors[1] / errors[0]).toBeCloseTo(0.1, 1);
    expect(errors[2] / errors[1]).toBeCloseTo(0.1, 1);
  });

  it('unbuffered, the error stays however much fuel there is, and goes with k/qMax', async () => {
    const formal = await simulate(read(all), { to: 4 });
    const errorAt = async (qMax: number, buffered: boolean) => {
      const { network } = translateToDsd(read(all), { cMax: 1e5, qMax, fuels: 'held', buffered });
      return difference(formal, await simulate(network, { to: 4 }));
    };
    const [slow, fast] = [await errorAt(10, false), await errorAt(100, false)];
    expect(slow / (await errorAt(10, true))).toBeGreaterThan(100);
    expect(slow / fast).toBeGreaterThan(5);
  });

  it('is a network like any other: printed and read back it is the same', () => {
    const { network } = translateToDsd(read(all), { leak: 1e-6, occlusion: 0.1 });
    expect(read(printNetwork(network))).toEqual(expect.objectContaining({ species: expect.anything() }));
    expect(printNetwork(read(printNetwork(network)))).toBe(printNetwork(network));
  });

  it('has as many strands and steps as the rules say, and maps every signal', () => {
    const { counts, signals, fuels, gain, network, notes } = translateToDsd(read(all));
    // Sources 2 fuels; first order gate, output, release (no output: a gate); second linker, half, back, output, release (no
    // output: without the last two); a buffer linker, half, back.
    const of = { source: 2, first: 3, first0: 1, second: 5, second0: 3, buffer: 3 };
    const steps = { source: 1, first: 2, first0: 1, second: 4, second0: 3, buffer: 2 };
    const has = { source: 1, first: 2, first0: 1, second: 3, second0: 1, buffer: 6 };
    const sum = (each: typeof of) =>
      Object.keys(has).reduce(
        (total, key) => total + has[key as keyof typeof has] * each[key as keyof typeof each],
        0,
      );
    expect(counts.formal).toEqual({ species: 7, reactions: 9 });
    // The reaction of a held signal binds that first, and a held signal has no buffer; A binds most, so neither has it.
    expect(counts.buffers).toBe(5);
    expect(counts.species).toBe(7 + sum(of) - of.buffer);
    expect(counts.reactions).toBe(sum(steps) - steps.buffer);
    expect(counts.fuels).toBe(fuels.length);
    expect(fuels.every((fuel) => network.species.some(({ name }) => name === fuel))).toBe(true);
    const held = signals.find(({ name }) => name === 'C');
    expect(held).toMatchObject({ held: true, binding: 0 });
    expect(held?.bound.length).toBe(1);
    expect(signals.find(({ name }) => name === 'A')).toMatchObject({ binding: 2, held: false });
    expect(gain).toBe(2);
    expect(notes.join('\n')).toContain('1 reaction with the constant 0 left out');
  });

  it('takes names that are free, and keeps those of the formal network', () => {
    const { network, signals } = translateToDsd(
      read(`param gain = 3\nphase p gain: bind\nbind: A + B -> C\ninit \`half[1]\` = 1`),
    );
    const names = network.species.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.slice(0, 4)).toEqual(['A', 'B', 'C', 'half[1]']);
    expect(signals[0].bound).toEqual(['half_[1]']);
    expect(network.parameters.map(({ name }) => name)).toEqual(['gain', 'cMax', 'qMax', 'gain_']);
    expect(network.phases[0].active).toEqual(['bind', 'bind_[*]', 'give[*]', 'buffer[*]']);
    expect(validateNetwork(network).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('keeps schedule, doses and levels: what is added is more by the gain, what is set is free and bound', async () => {
    const text =
      'init P = 0.5\nload: P + X -> P + Z\nclear[1]: X -> ∅\nclear[2]: Z <->{1}{0.2} W\nphase a 1: load\n' +
      'phase b 2: clear[*]\ndose X += 2 at a\ndose Z = 0.1 at b\ndose Z += 0.3 when X falls 0.5\nsimulate to 6';
    const formal = await simulate(read(text), { rtol: 1e-8, save: 60 });
    const { network } = translateToDsd(read(text), { cMax: 1e5, fuels: 'held' });
    expect(read(printNetwork(network)).phases).toMatchObject([{ name: 'a' }, { name: 'b' }]);
    const strands = await simulate(network, { rtol: 1e-8, save: 60 });
    for (const name of ['P', 'X', 'Z', 'W']) {
      const [one, other] = [formal.column(name), strands.column(name)];
      // A row at a dose shows what is added before it has bound.
      const far = [...one.keys()].filter((row) => Math.abs(one[row] - other[row]) > 2e-3);
      expect(
        far.filter((row) => row % 30 !== 0),
        name,
      ).toEqual([]);
    }
  });

  it('nothing is lost: free, bound and half done are what the formal network has', async () => {
    const { network, signals, gain } = translateToDsd(
      read('init A = 1; init B = 2\nA + B ->{3} B + B\nB -> A'),
    );
    const { final } = await simulate(network, { to: 3, rtol: 1e-9 });
    const strands = signals.reduce(
      (sum, { name, bound }) => sum + [name, ...bound].reduce((part, one) => part + final[one], 0),
      0,
    );
    // An output of the first reaction is two molecules.
    expect(strands + 2 * final['output[1]'] + final['output[2]']).toBeCloseTo(3 * gain, 6);
  });

  it('fuels run out, or are held', async () => {
    const network = read('init A = 1\nA -> 2 A\nA -> ∅');
    const finite = translateToDsd(network, { cMax: 10 });
    const { final } = await simulate(finite.network, { to: 40 });
    const { most, depleted } = fuelReport(finite, final);
    expect(most?.used).toBeGreaterThan(0.6);
    expect(depleted).toContain('gate[1]');
    const held = translateToDsd(network, { cMax: 10, fuels: 'held' });
    expect(held.network.species.filter(({ constant }) => constant).length).toBe(3);
    expect((await simulate(held.network, { to: 40 })).final['gate[1]']).toBe(10);
    expect(() => fuelReport(finite, {})).toThrow(/no concentration of the fuel gate\[1\]/);
  });

  it('leaks make products of nothing, and strands that stick slow everything', async () => {
    const network = read('init A = 1\nA + B -> C');
    const leak = 1e-5;
    const { network: leaky } = translateToDsd(network, { cMax: 100, leak, fuels: 'held' });
    // No B, so that nothing else makes C: leak·Cmax² of it, of which gain is bound and free.
    const { final } = await simulate(leaky, { to: 2 });
    expect(final.C).toBeCloseTo((2 * leak * 100 ** 2) / 2, 3);
    const decay = read('init A = 1\nA -> ∅');
    const { network: sticky } = translateToDsd(decay, { cMax: 1e5, occlusion: 0.25, fuels: 'held' });
    expect((await simulate(sticky, { to: 1 })).final.A).toBeCloseTo(0.75 * Math.exp(-0.75), 3);
  });

  it('units: texts, or numbers of the model', () => {
    const network = ring(3);
    expect(translateToDsd(network).settings).toMatchObject({
      cMax: 1000,
      qMax: 2,
      concentration: 1e-8,
      one: 5e5,
      second: 200,
    });
    const other = translateToDsd(network, {
      concentration: '20 nM',
      cMax: '4 uM',
      rate: '1e5 /M/s',
      qMax: '1e6 /M/s',
      leak: '2 /M/s',
    }).settings;
    expect(other).toMatchObject({ cMax: 200, qMax: 10, one: 1e5, second: 500 });
    expect(other.leak).toBeCloseTo(2e-5, 15);
    expect(translateToDsd(network, { cMax: 50, qMax: 8 })).toMatchObject({
      gain: 8 / 7,
      settings: { cMax: 50, qMax: 8 },
    });
  });

  it.each([
    ['A + B + C -> D', {}, /`A \+ B \+ C -> D` cannot be made of strands: it has 3 reactants/],
    ['3 A -> D', {}, /it has 3 reactants, and strands meet two at a time; split it by an intermediate/],
    ['A -> 0.5 D', {}, /0.5 D is no whole number of molecules/],
    ['A -> D [rate 2*A*D]', {}, /its rate law is not that of its reactants/],
    ['A + B ->{4} D', { qMax: 3 }, /A binds first in reactions whose constants add up to 4, and qMax is 3/],
    [
      'A + B ->{4} D',
      { qMax: 3, buffered: false },
      /reaction 1 needs a strand displacement at 4, and qMax is 3/,
    ],
    ['A + B ->{4} D', { rate: '2e6 /M/s' }, /take a lower rate, or a larger qMax/],
    ['A -> D', { rate: '1e5 /M/s', qMax: 3 }, /rate and a number for qMax both set the time/],
    ['A -> D', { cMax: 0 }, /cMax must be a finite number > 0, got 0/],
    ['A -> D', { cMax: '5 s' }, /cMax must be a concentration/],
    ['A -> D', { occlusion: 1 }, /occlusion must be a number from 0 to below 1, got 1/],
    ['A -> D', { fuels: 'endless' as never }, /fuels must be 'finite' or 'held', got "endless"/],
    ['A -> D', { occlusion: Number.NaN }, /occlusion must be/],
    ['A -> D', { qmax: 3 } as never, /there is no option "qmax"; the options are concentration/],
  ])('refuses %s with %j', (text, options, message) => {
    expect(() => translateToDsd(read(text), options)).toThrow(RangeError);
    expect(() => translateToDsd(read(text), options)).toThrow(message);
  });
});
