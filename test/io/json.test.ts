import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseNetwork } from '../../src/index.js';
import { formatNamed } from '../../src/io/index.js';

const { read, write } = formatNamed('json', 'read') as Required<ReturnType<typeof formatNamed>>;

const file = (parts: object) =>
  JSON.stringify({
    format: 'neural-crn network',
    version: 1,
    species: [{ name: 'A' }],
    reactions: [],
    ...parts,
  });

const issueOf = (text: string) => {
  const { network, issues } = read(text);
  expect(network).toBeNull();
  return issues.find(({ severity }) => severity === 'error')!;
};

describe('a network as JSON', () => {
  it('needs no more than species and reactions', () => {
    const { network, issues } = read(file({ reactions: [{ reactants: [['A', 2]] }] }));
    expect(issues).toEqual([]);
    expect(network!.reactions[0]).toMatchObject({ label: null, law: 'massAction', rate: { value: 1 } });
  });

  it.each([
    [{ reactions: [{ rate: true }] }, /^reactions\[0\]\.rate must be a number or a text, not true/],
    [
      { reactions: [{ reactants: [['B', 1]] }] },
      /^reactions\[0\]\.reactants\[0\]\[0\]: there is no species `B`/,
    ],
    [
      {
        reactions: [
          {
            reactants: [
              ['A', 1],
              ['A', 2],
            ],
          },
        ],
      },
      /^reactions\[0\]\.reactants\[1\] names `A` a second time/,
    ],
    [{ reactions: [{ rate: '2*' }] }, /^reactions\[0\]\.rate: in "2\*"/],
    [{ reactions: [{ rats: 2 }] }, /^reactions\[0\]\.rats does not belong there/],
    [{ reactions: [{ rate: -1 }] }, /is -1, but it must be finite and not negative/],
    [{ species: [{}] }, /^species\[0\]\.name is missing/],
    [{ species: undefined }, /^species is missing/],
    [
      { doses: [{ species: 'A', amount: 1, at: { species: 'A', direction: 'up', level: 1 } }] },
      /^doses\[0\]\.at\.direction must be/,
    ],
    [{ phases: [{ name: 'p', duration: 1, active: ['x'] }] }, /no reaction has the label `x`/],
    [{ version: 2 }, /^the file has version 2 of the format; this is version 1/],
    [{ format: 'other' }, /^format must be "neural-crn network"/],
  ])('%j is refused, with its path', (parts, message) => {
    expect(issueOf(file(parts)).message).toMatch(message);
  });

  it('says where in the text an issue stands', () => {
    const text =
      '{"format":"neural-crn network","version":1,\n "species":[{"name":"A"}],\n "reactions":[\n  {"rate":-1}]}';
    expect(issueOf(text)).toMatchObject({ line: 4 });
    expect(issueOf('{\n "format": 1,,\n}')).toMatchObject({ code: 'malformedJson', line: 2 });
    expect(issueOf('')).toMatchObject({ code: 'malformedJson', line: 1, column: 1 });
    expect(issueOf('['.repeat(100_000)).code).toBe('malformedJson');
  });

  it('keeps names that objects have of their own', () => {
    const names = ['__proto__', 'constructor', '1', '0'];
    const network = parseNetwork(
      `${names.map((name) => `\`${name}\` -> `).join('\n')}\nsimulate atol \`__proto__\`=1e-9`,
    ).network!;
    const again = read(write(network)).network!;
    expect(again.species.map(({ name }) => name)).toEqual(names);
    expect(Object.entries(again.simulation.atolBySpecies!)).toEqual([['__proto__', 1e-9]]);
  });
});

it('the schema in docs/ is the one that the package holds; copy it from dist/ after a change', () => {
  const at = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
  expect(at('docs/network.schema.json')).toBe(at('dist/network.schema.json'));
});
