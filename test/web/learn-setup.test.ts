import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packText, unpackText } from '../../web/learn/packed-text.js';
import {
  CSV,
  DEFAULT_SETUP,
  DEFAULT_TABLE,
  type Look,
  parseSetup,
  printSetup,
  type Setup,
} from '../../web/learn/setup.js';

const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const whole = fc.nat();
const words = <const W extends string>(...all: W[]) => fc.constantFrom(...all);

const circuit = fc.record(
  {
    wiring: words('diagonal', 'full', 'recurrent'),
    adjoint: words('constant', 'leaky', 'frozen', 'exact'),
    readout: words('sum', 'signed', 'trained'),
    rails: words('dual', 'positive'),
    hidden: number,
    horizon: number,
    learnTime: number,
    rate: number,
    readoutRate: number,
    constants: fc.dictionary(fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9]*$/), number, { minKeys: 1 }),
  },
  { requiredKeys: [] },
);

const table = fc.record({
  name: fc.string(),
  target: fc.string(),
  test: number,
  classes: fc.option(fc.boolean()),
});

const setups: fc.Arbitrary<Setup> = fc
  .record({
    task: fc.oneof(words('xor', 'iris', 'linear-regression', CSV), fc.string()),
    recipe: fc.option(fc.string()),
    seed: whole,
    epochs: fc.option(whole),
    order: fc.option(words('fixed', 'shuffled')),
    circuit,
    clock: fc.option(words('none', 'coop', 'ring')),
    gate: words('catalyst', 'proxy', 'rate'),
    table,
  })
  .map((setup) => (setup.task === CSV ? setup : { ...setup, table: DEFAULT_TABLE })) as fc.Arbitrary<Setup>;

const looks: fc.Arbitrary<Look> = fc.record({
  speed: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  example: fc.option(whole),
});

describe('the address of the Learn view', () => {
  it('holds every setup and look exactly', () => {
    fc.assert(
      fc.property(setups, looks, (setup, look) => {
        const address = new URLSearchParams(printSetup(setup, look).toString());
        expect(parseSetup(address)).toEqual({ setup, look, ignored: [] });
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('says nothing where nothing differs', () => {
    expect(printSetup(DEFAULT_SETUP).toString()).toBe('');
  });

  it('names what it cannot read, and takes the usual in its place', () => {
    const { setup, ignored } = parseSetup(new URLSearchParams('seed=x&adjoint=sideways&rate=1e999&epochs=3'));
    expect(setup).toEqual({ ...DEFAULT_SETUP, epochs: 3 });
    expect(ignored).toEqual(['adjoint=sideways', 'rate=1e999', 'seed=x']);
  });

  it('reads any text without failing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        parseSetup(new URLSearchParams(text));
      }),
      { seed: 2 },
    );
  });

  it('carries a table, packed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        const packed = await packText(text);
        expect(packed).toMatch(/^[\w-]*$/);
        expect(await unpackText(packed)).toBe(text.replace(/^\ufeff/, ''));
      }),
      { seed: 3, numRuns: 60 },
    );
  });
});
