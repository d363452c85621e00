import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 as Ajv } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { planSweep, type Sweep, SweepError } from '../../src/batch/node.js';

const root = new URL('../../', import.meta.url);
const json = (path: string) => JSON.parse(readFileSync(new URL(path, root), 'utf8'));
const fits = new Ajv().compile(json('docs/sweep.schema.json'));

describe('the schema of sweep files', () => {
  it.each(readdirSync(new URL('examples/sweep/', root)).filter((name) => name.endsWith('.json')))(
    'takes examples/sweep/%s',
    (name) => {
      expect(fits(json(`examples/sweep/${name}`)), JSON.stringify(fits.errors)).toBe(true);
    },
  );

  const task = 'linear-regression';
  it.each<[boolean, Omit<Sweep, 'target'>]>([
    [true, { grid: { rate: [0.1, 0.2] } }],
    [true, { grid: { rate: { from: 0.1, to: 0.2, points: 3, scale: 'log' } }, replicates: [3, 1] }],
    [true, { latin: { samples: 3, seed: 1, over: { rate: { from: 0.1, to: 0.2 }, order: ['fixed'] } } }],
    [true, { list: [{ rate: 0.1 }], take: ['losses', { what: 'epoch', as: 'e' }], options: { epochs: 1 } }],
    [false, { grid: { rate: [] } }],
    [false, { grid: { rate: 0.1 as never } }],
    [false, { grid: { rate: { from: 0.1, to: 0.2 } } }],
    [false, { grid: { rate: { from: 0.1, to: 0.2, points: 1 } } }],
    [false, { grid: { rate: { from: 0.1, to: 0.2, points: 3, scale: 'sqrt' as never } } }],
    [false, { latin: { samples: 0, over: { rate: [1] } } }],
    [false, { latin: { samples: 2, over: {} } }],
    [false, { latin: { samples: 2, over: { rate: { from: 0.1, to: 0.2, points: 3 } } } }],
    [false, { list: [] }],
    [false, { replicates: 0 }],
    [false, { replicates: [1, 1] }],
    [false, { take: [] }],
    [false, { take: [{ as: 'epoch' } as never] }],
    [false, { girds: {} } as never],
  ])('says %s, as the command does, of %j', (isGood, sweep) => {
    expect(fits({ train: task, ...sweep })).toBe(isGood);
    const plan = () => planSweep({ target: { kind: 'train', task }, ...sweep });
    if (isGood) plan();
    else expect(plan).toThrow(SweepError);
  });
});
