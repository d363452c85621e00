import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/index.js';
import { formatNamed } from '../../src/io/index.js';
import { initialConcentrations, parameterValues } from '../../src/network/index.js';
import { rateConstants } from '../../src/network/lookup.js';
import type { Network } from '../../src/network/model.js';
import { storedNetwork } from '../tools/stored-network.js';

const checkout = new URL('../../', import.meta.url);
const folder = new URL('../shared/data/bionetgen/', checkout);
const net = formatNamed('net', 'read');

function read(text: string): Network {
  const { network, issues } = net.read!(text);
  expect(issues).toEqual([]);
  return network!;
}

const file = (blocks: string) => `begin parameters
  1 k 2
  2 half k/2 # ConstantExpression
end parameters
begin species
  1 A(b) 10
  2 $@c::F() half
  3 A(b!1).B(a!1) 0
end species
${blocks}`;

describe('a .net file', () => {
  it('has parameters, species, reactions and groups', () => {
    const network = read(
      file(
        'begin reactions\n 1 1,1,2 3 0.5*half #_R1\n 2 3 0 k\nend reactions\nbegin groups\n 1 Tot 1,2*3\n 2 No\nend groups\n',
      ),
    );
    expect(network.species.map(({ name, constant }) => [name, constant])).toEqual([
      ['A(b)', false],
      ['@c::F()', true],
      ['A(b!1).B(a!1)', false],
    ]);
    expect([...initialConcentrations(network, parameterValues(network))]).toEqual([10, 1, 0]);
    // The rate is what the file says: no factorial for the two A.
    expect([...rateConstants(network, parameterValues(network))]).toEqual([0.5, 2]);
    expect(network.reactions[0]!.orders).toEqual([
      { species: 0, value: 2 },
      { species: 1, value: 1 },
    ]);
    expect(network.observables!.map(({ name, terms }) => [name, terms])).toEqual([
      [
        'Tot',
        [
          { species: 0, value: 1 },
          { species: 2, value: 2 },
        ],
      ],
      ['No', []],
    ]);
  });

  it('counts molecules unless it says otherwise', () => {
    const body = file('begin reactions\n 1 1 3 k\nend reactions\n');
    expect(read(body).species.every(({ quantity }) => quantity === 'amount')).toBe(true);
    const other = read(`substanceUnits("Concentration");\n${body}`);
    expect(other.species.some(({ quantity }) => quantity !== undefined)).toBe(false);
  });

  it('may have functions of parameters', () => {
    const network = read(
      file(
        'begin functions\n 1 f() half*g()\n 2 g() exp(0)\nend functions\nbegin reactions\n 1 1 3 f()\nend reactions\n',
      ),
    );
    expect([...rateConstants(network, parameterValues(network))]).toEqual([1]);
  });

  it.each([
    [
      'begin functions\n 1 f() k*Tot\nend functions\nbegin reactions\n 1 1 3 f\nend reactions',
      'functionalRate',
      14,
    ],
    ['begin reactions\n 1 1 3 Sat k half\nend reactions', 'rateLaw', 11],
    ['begin reactions\n 1 1,9 3 k\nend reactions', 'unknownSpecies', 11],
    ['begin reactions\n 1 1 3 k*\nend reactions', 'unexpectedText', 11],
    ['begin reactions\n 1 1 3 q\nend reactions', 'unknownParameter', 11],
    ['begin reactions\n 1 1 3\nend reactions', 'unexpectedText', 11],
    ['begin groups\n 1 Tot 1,x\nend groups', 'unexpectedText', 11],
    ['begin reactions\n 1 1 3 k', 'malformedBlock', 10],
    ['end reactions', 'malformedBlock', 10],
  ])('%j is refused', (blocks, code, line) => {
    const { network, issues } = net.read!(file(blocks));
    expect(network).toBeNull();
    expect(issues.find(({ severity }) => severity === 'error')).toMatchObject({ code, line });
  });

  it('says when it drops or renames something', () => {
    const { network, issues } = net.read!(
      file('begin functions\n 1 f() k*Tot\nend functions\nbegin groups\n 1 A(b) 1\nend groups\n'),
    );
    expect(network!.observables![0]!.name).toBe('A(b)_group');
    expect(issues.map(({ code }) => code)).toEqual(expect.arrayContaining(['functionLeftOut', 'renamed']));
  });

  it('is written with catalysts where a law is no mass action, or refused', () => {
    const { network } = formatNamed('crn', 'read').read!('init A = 1; E -> E; A -> B [rate 2*A*E]');
    const text = net.write!(network!);
    expect(text).toContain('2 1,2 2,3 2');
    const other = formatNamed('crn', 'read').read!('A -> B [rate 2*A^0.5]').network!;
    expect(() => net.write!(other)).toThrow(/BioNetGen.*A\^0.5.*not whole|BioNetGen.*cannot be said/);
  });
});

// Files of BioNetGen and of what it computed are kept beside the checkout, and are no part of the project.
describe.skipIf(!existsSync(folder))('networks of BioNetGen', () => {
  const text = (name: string) => readFileSync(new URL(name, folder), 'utf8');

  it.each(['Haugh2b', 'Repressilator', 'birth-death', 'higherorder'])(
    '%s: every group as BioNetGen has it, to 1e-6 of its maximum',
    async (name) => {
      const network = read(text(`${name}.net`));
      const [head, ...rows] = text(`${name}.gdat`).trim().split('\n');
      const names = head!.replace('#', '').trim().split(/\s+/).slice(1);
      const table = rows.map((row) => row.trim().split(/\s+/).map(Number));
      const solution = await simulate(network, {
        to: table.at(-1)![0]!,
        saveAt: table.map(([time]) => time!),
        rtol: 1e-10,
        atol: 1e-12,
      });
      expect(solution.observables).toEqual(names);
      for (const [k, group] of names.entries()) {
        const column = solution.column(group);
        const largest = Math.max(...table.map((row) => Math.abs(row[k + 1]!)));
        const worst = Math.max(...table.map((row, i) => Math.abs(row[k + 1]! - column[i]!)));
        expect(worst, group).toBeLessThanOrEqual(1e-6 * largest);
      }
    },
  );

  it.each(['multistate', 'bcr'])('%s: the network of the stored problem', (name) => {
    const network = read(text(`${name}.net`));
    const stored = storedNetwork(name, checkout)!;
    const values = parameterValues(network);
    const start = initialConcentrations(network, values);
    const constants = rateConstants(network, values);
    expect(network.species).toHaveLength(stored.species.length);
    expect(network.reactions).toHaveLength(stored.reactions.length);
    const far = (found: number, wanted: number) => Math.abs(found - wanted) > 1e-12 * Math.abs(wanted);
    expect(stored.y0.filter((value, s) => far(start[s]!, value))).toEqual([]);
    const sides = (terms: readonly (readonly [number, number])[]) =>
      [...terms]
        .sort(([a], [b]) => a - b)
        .map(([s, n]) => `${n}*${s}`)
        .join(' ');
    const ours = (terms: { species: number; value: number }[]) =>
      sides(terms.map(({ species, value }) => [species, value]));
    const different = stored.reactions.filter(({ reactants, products, k }, r) => {
      const reaction = network.reactions[r]!;
      return (
        far(constants[r]!, k) ||
        ours(reaction.reactants) !== sides(reactants) ||
        ours(reaction.products) !== sides(products)
      );
    });
    expect(different).toEqual([]);
  });
});
