import { afterEach, describe, expect, test } from 'vitest';
import { type Circuit, doses, neuralCrn } from '../../src/circuits/index.js';
import { createReactor, type Reactor, type SolverOptions } from '../../src/index.js';
import { createRandom } from '../../src/learning/index.js';

const random = createRandom(7);
const INPUTS = 30;
const OUTPUTS = 3;
const circuitOf = (more: object): Circuit =>
  neuralCrn({
    inputs: INPUTS,
    hidden: 8,
    outputs: OUTPUTS,
    dynamics: 'relu',
    readout: 'trained',
    theta: Array.from({ length: 8 * INPUTS }, () => random.normal() / Math.sqrt(INPUTS)),
    readoutWeights: Array.from({ length: 8 * OUTPUTS }, () => random.normal() / 3),
    ...more,
  });
const single = { inputRails: 'single', targetRails: 'single' } as const;
const examples = Array.from({ length: 4 }, (_, k) => ({
  x: Array.from({ length: INPUTS }, () => (random.uniform() < 0.4 ? 0 : random.uniform())),
  y: Array.from({ length: OUTPUTS }, (_unused, i) => (i === k % OUTPUTS ? 1 : 0)),
}));

const tight: SolverOptions = { rtol: 1e-10, atol: 1e-13 };
const made: Reactor[] = [];
async function pot(circuit: Circuit, options: SolverOptions): Promise<Reactor> {
  const reactor = await createReactor(circuit.network, options);
  made.push(reactor);
  return reactor;
}
afterEach(() => {
  for (const reactor of made.splice(0)) reactor.dispose();
});
const dose = (reactor: Reactor, circuit: Circuit, k: number) => {
  for (const { species, amount } of doses(circuit, examples[k].x, examples[k].y)) {
    reactor.state[reactor.index(species)] += amount;
  }
};
/** What anybody can see: species without rails, and differences of rails. */
const seen = ({ species, state }: Reactor): Map<string, number> => {
  const values = new Map<string, number>();
  species.forEach((name, s) => {
    const signal = name.replace(/[+-]$/, '');
    values.set(signal, (values.get(signal) ?? 0) + (name.endsWith('-') ? -1 : 1) * state[s]);
  });
  return values;
};
const furthest = (one: Map<string, number>, other: Map<string, number>) =>
  [...one].reduce((most, [name, value]) => Math.max(most, Math.abs(value - other.get(name)!)), 0);

describe('a folded reactor', () => {
  test.each([
    ['single rails of inputs', single],
    ['dual rails of inputs', {}],
    ['a rate that decays', { ...single, fuel: 50 }],
    ['a fixed read-out', { ...single, readout: 'signed' }],
  ])('learns what the complete network learns: %s', async (_, more) => {
    const circuit = circuitOf(more);
    const folded = await pot(circuit, tight);
    const complete = await pot(circuit, { ...tight, fold: false });
    const before = seen(folded);
    examples.forEach((_example, k) => {
      for (const reactor of [folded, complete]) {
        dose(reactor, circuit, k);
        reactor.run('feed');
        reactor.run('learn');
      }
    });
    const step = furthest(seen(folded), before);
    expect(step).toBeGreaterThan(1e-3);
    expect(furthest(seen(folded), seen(complete))).toBeLessThan(1e-9 * step);
    expect(folded.stats.derivatives).toBeGreaterThan(0);
  });

  test('shows the complete network where more than the end is seen', async () => {
    const circuit = circuitOf(single);
    const folded = await pot(circuit, tight);
    const complete = await pot(circuit, { ...tight, fold: false });
    const run = (reactor: Reactor) => {
      dose(reactor, circuit, 0);
      return reactor.run('feed', { saveAt: [0.5, 1, 2] }).rows;
    };
    expect(run(folded)).toEqual(run(complete));
    expect([...folded.state]).toEqual([...complete.state]);
    folded.run('learn');
    complete.run('learn');
    expect(furthest(seen(folded), seen(complete))).toBeLessThan(1e-10);
    // A rail of what the phase has written is empty.
    const at = (name: string) => folded.state[folded.index(name)];
    expect(Math.min(at('P[1,1]+'), at('P[1,1]-'))).toBe(0);
  });

  test('gives many runs the bits of one run at a time', async () => {
    const circuit = circuitOf(single);
    const reactor = await pot(circuit, { rtol: 1e-5 });
    const start = reactor.state.slice();
    const alone = examples.map((_example, k) => {
      reactor.state.set(start);
      dose(reactor, circuit, k);
      reactor.run('feed');
      reactor.run('learn');
      return [...reactor.state];
    });
    reactor.state.set(start);
    const together: number[][] = [];
    const runs = reactor.runMany({
      count: examples.length,
      phases: [{ name: 'feed' }, { name: 'learn' }],
      fill: (k, state) => {
        state.set(start);
        for (const { species, amount } of doses(circuit, examples[k].x, examples[k].y)) {
          state[reactor.index(species)] += amount;
        }
      },
      after: (k, phase, state) => {
        if (phase === 1) together[k] = [...state];
      },
    });
    for (const _told of runs);
    expect(together).toEqual(alone);
  });

  test('has the same bits by both engines and by generated kernels', async () => {
    const circuit = circuitOf(single);
    const ends = [];
    for (const options of [{}, { engine: 'js' }, { kernels: 'generated' }] as const) {
      const reactor = await pot(circuit, options);
      dose(reactor, circuit, 0);
      reactor.run('feed');
      reactor.run('learn');
      ends.push([...reactor.state]);
    }
    expect(ends[1]).toEqual(ends[0]);
    expect(ends[2]).toEqual(ends[0]);
  });

  test('takes far fewer operations', async () => {
    const circuit = circuitOf(single);
    const work = async (fold: boolean) => {
      const reactor = await pot(circuit, { fold });
      dose(reactor, circuit, 0);
      reactor.run('feed');
      return reactor.run('learn').stats.steps;
    };
    expect(await work(true)).toBeLessThanOrEqual(1.2 * (await work(false)));
    await expect(createReactor(circuit.network, { fold: 'yes' as never })).rejects.toThrow(
      'fold must be true or false',
    );
  });
});
