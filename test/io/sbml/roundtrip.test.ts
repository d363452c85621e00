import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  initialConcentrations,
  parameterValues,
  parseNetwork,
  printNetwork,
  rateConstants,
  simulate,
} from '../../../src/index.js';
import { readSbml, writeSbml } from '../../../src/io/sbml/index.js';
import type { Network } from '../../../src/network/model.js';
import { anyNetwork } from '../../network/arbitraries.js';
import { read, withoutSpans } from '../../network/helpers.js';
import { naiveDerivative } from '../../tools/naive.js';
import { randomNetwork } from '../../tools/random-network.js';
import { amounts, stripped } from './foreign.js';
import { Interpreter } from './interpreter.js';

/** Networks whose names XML can hold. */
const writable = anyNetwork.filter(
  ({ species, parameters, reactions, phases, compartments, observables }) => {
    const named = [...species, ...parameters, ...phases, ...(compartments ?? []), ...(observables ?? [])];
    const names = [...named.map(({ name }) => name), ...reactions.map(({ label }) => label ?? '')];
    return !names.some((name) => /[\p{Cc}\p{Cs}\ufffe\uffff]/u.test(name));
  },
);

describe('a file of ours', () => {
  it('gives back every network as it was, schedule and directives included', () => {
    fc.assert(
      fc.property(writable, (network) => {
        const { network: again, issues } = readSbml(writeSbml(network));
        expect(issues).toEqual([]);
        expect(withoutSpans(again)).toEqual(network);
      }),
      { seed: 1, numRuns: 150 },
    );
  });

  it('is not gone by when the model has been changed', () => {
    const text = writeSbml(read('init A = 1\nA ->{0.5} B\nsimulate to 10'));
    const changed = readSbml(text.replace('<cn>0.5</cn>', '<cn>0.25</cn>'));
    expect(changed.issues).toMatchObject([{ severity: 'warning', code: 'changedModel' }]);
    expect(printNetwork(changed.network!)).toBe('A ->{0.25} B\n\ninit A = 1\n\ncompartment vessel 1: A, B\n');
    const spoilt = readSbml(text.replace('A -&gt;{0.5} B', 'A -&gt;{0.5 B'));
    expect(spoilt.issues).toMatchObject([{ severity: 'warning', code: 'changedModel' }]);
    expect(printNetwork(spoilt.network!)).toContain('A ->{0.5} B');
  });

  it('may be laid out anew by another program', () => {
    const network = read('init A = 1\nA ->{0.5} B\nphase p 2: *\ndose A += 1 at p');
    const text = writeSbml(network)
      .replace(/>\n\s*</g, '><')
      .replace('<model id="model" name="network"', '<model name="network" id="model"');
    expect(withoutSpans(readSbml(text).network)).toEqual(withoutSpans(network));
  });

  it('keeps its schedule only as it was written', () => {
    const text = writeSbml(read('init A = 1\nA ->{0.5} B\nphase p 2: *\ndose A += 1 at p'));
    expect(readSbml(text.replace('<cn type="integer">2</cn>', '<cn type="integer">3</cn>'))).toMatchObject({
      network: null,
    });
    expect(readSbml(stripped(text)).issues).toMatchObject([
      { code: 'unsupportedEvent' },
      { code: 'unsupportedEvent' },
    ]);
  });
});

const constantsOf = (network: Network): number[] => [...rateConstants(network, parameterValues(network))];

/** Rates of change in amounts, with what they are sums of. */
function change(network: Network, inAmounts: readonly number[]) {
  const one = amounts(
    network,
    network.species.map(() => 1),
  );
  const state = inAmounts.map((amount, s) => amount / one[s]!);
  const { value, magnitude } = naiveDerivative(network, constantsOf(network), state);
  return { value: amounts(network, value), magnitude: amounts(network, magnitude) };
}

/** Random networks, some of whose species are amounts, in compartments of many sizes. */
const placedNetwork = fc
  .tuple(
    randomNetwork(),
    fc.array(fc.double({ min: 0.1, max: 20, noNaN: true }), { maxLength: 3 }),
    fc.array(fc.nat(3), { minLength: 8, maxLength: 8 }),
    fc.array(fc.nat(3), { minLength: 8, maxLength: 8 }),
  )
  .map(([{ network, state }, sizes, places, kinds]) => {
    const compartments = sizes.map((size, c) => ({
      name: `c${c}`,
      size: { kind: 'number' as const, value: size },
    }));
    const species = network.species.map((one, s) => ({
      ...one,
      ...(places[s]! < sizes.length ? { compartment: places[s]! } : {}),
      ...(kinds[s] === 0 ? { quantity: 'amount' as const } : {}),
    }));
    return { network: { ...network, species, ...(sizes.length > 0 ? { compartments } : {}) }, state };
  });

describe('a file without our text', () => {
  it('has the same rates of change', () => {
    fc.assert(
      fc.property(placedNetwork, ({ network, state }) => {
        const { network: again, issues } = readSbml(stripped(writeSbml(network)));
        expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
        const start = amounts(network, initialConcentrations(network, new Map()));
        const startAgain = amounts(again!, initialConcentrations(again!, new Map()));
        for (const [s, amount] of start.entries()) expect(startAgain[s]! / amount).toBeCloseTo(1, 13);
        const here = amounts(network, state);
        const mine = change(network, here);
        const theirs = change(again!, here);
        for (const s of mine.value.keys()) {
          const off = Math.abs(mine.value[s]! - theirs.value[s]!);
          expect(off).toBeLessThanOrEqual(1e-12 * mine.magnitude[s]!);
        }
      }),
      { seed: 2, numRuns: 150 },
    );
  });

  it('has the same course where it counts as the network does', async () => {
    const options = { to: 3, save: 20, rtol: 1e-7 };
    await fc.assert(
      fc.asyncProperty(randomNetwork({ fractional: false }), async ({ network }) => {
        const again = readSbml(stripped(writeSbml(network))).network!;
        const run = (one: Network) => simulate(one, options).catch(({ partial }) => partial);
        const [mine, theirs] = [await run(network), await run(again)];
        expect(theirs.times).toEqual(mine.times);
        for (const i of mine.times.keys()) {
          const [row, other] = [mine.row(i), theirs.row(i)];
          for (const s of row.keys()) {
            expect(Math.abs(row[s]! - other[s]!)).toBeLessThanOrEqual(1e-12 * Math.max(1, ...row));
          }
        }
      }),
      { seed: 3, numRuns: 40 },
    );
  });

  it('means to the specification what the network means', () => {
    fc.assert(
      fc.property(placedNetwork, ({ network }) => {
        const model = new Interpreter(writeSbml(network));
        const state = initialConcentrations(network, new Map());
        const { value, magnitude } = naiveDerivative(network, constantsOf(network), [...state]);
        const changes = model.derivative();
        for (const [s, id] of model.species.entries()) {
          expect(model.values.get(id)! / state[s]!).toBeCloseTo(1, 13);
          expect(Math.abs(changes.get(id)! - value[s]!)).toBeLessThanOrEqual(1e-12 * magnitude[s]!);
        }
      }),
      { seed: 4, numRuns: 150 },
    );
  });

  it('has constants, observables, names and laws of several terms', () => {
    const text = `param k = 2
param half = k/2 + exp(-k)*sqrt(k)
bind: A + B ->{k} \`R(a,l!1)\`
R[1]: 2 P -> D [rate 0.5*k*P^2, channel R]
R[2]: D -> 2 P [rate 0.5*k*P, channel -R]
Z+ + Z- ->{half} ∅
init A = half
init P = 100
const Z- = 2
observable total = A + 2 \`R(a,l!1)\` - 0.5 B
`;
    const xml = writeSbml(parseNetwork(text).network!);
    const { network, issues } = readSbml(
      xml.replace(/<network[\s\S]*?<\/network>/, '<network xmlns="urn:neural-crn:sbml">-</network>'),
    );
    expect(issues).toMatchObject([{ code: 'changedModel' }]);
    const printed = printNetwork(network!);
    for (const line of text
      .trim()
      .split('\n')
      .filter((one) => !one.startsWith('init'))) {
      expect(printed).toContain(
        line.replace('half = k/2 + exp(-k)*sqrt(k)', 'half = 0.5*k + exp(-k)*sqrt(k)'),
      );
    }
  });
});

it('gives no name that is the id of another', () => {
  const network = read('init `A+` = 1\n`A+` -> B');
  const changed = writeSbml(network).replace('name="B"', 'name="A_p"');
  const { species } = readSbml(changed).network!;
  expect(species.map(({ name }) => name)).toEqual(['A+', 'B']);
});

it('refuses names that XML cannot hold', () => {
  const network = read('A -> B');
  const odd = { ...network, species: [{ ...network.species[0]!, name: 'a\u0001' }, network.species[1]!] };
  expect(() => writeSbml(odd)).toThrow(/SBML.*"a\\u0001"/);
});

it('says what other programs will not see', () => {
  const warned = (text: string) => {
    const codes: string[] = [];
    writeSbml(read(text), { warn: ({ code }) => codes.push(code) });
    return codes;
  };
  expect(warned('A -> B')).toEqual([]);
  expect(warned('A -> B\nsimulate to 2')).toEqual(['directives']);
  expect(warned('A -> B\ndose A += 1 when B rises 2')).toEqual(['crossings']);
});
