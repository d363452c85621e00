import { describe, expect, it } from 'vitest';
import {
  type BfcnnOptions,
  bfcnn,
  type LakinOptions,
  type LayeredOptions,
} from '../../src/circuits/index.js';
import {
  bfcnnSystem,
  gateExamples,
  type LearnerExamples,
  type LearnerSystem,
  type LearnerTask,
  lakinSystem,
  learnerTasks,
  runLearner,
  startingWeights,
  systemNamed,
  unitUniform,
  wideNormal,
} from '../../src/learning/index.js';
import { stoppedAfter } from '../../src/learning/learners/report.js';
import { distance } from '../circuits/example.js';

const fine = { rtol: 1e-11, atol: 1e-14 };
const coarse = { rtol: 1e-6, atol: 1e-9 };

/** The start of the specification, drawn from N(0, 1.5²): layer by layer, a neuron's bias after its inputs. */
const XOR_START = [
  ...[-1.8102742295501624, 0.19703687688037788, -0.346495647673691],
  ...[-0.7863224264315309, 0.4370063815803137, 1.3925694676464548],
  ...[-0.01615062308971488, -1.7711339051521877, 0.6141648287096737],
];
const OR_START = [
  ...[-2.887596747155711, -4.528192845918005, 1.7316947198696748],
  ...[2.34417285953011, 1.994276056958781, -0.6443887430819458],
  ...[-0.10933248212833956, -0.4373204420437933, 2.0523640204313263],
];
/** Drawn between −1 and 1. */
const LEAKY_START = [
  ...[-0.9919435130139129, 0.7443538285410847, -0.5145152247911715],
  ...[0.3021225957233704, -0.03181523406007081, 0.5770669883350723],
  ...[0.7614451307379477, 0.7994439929536998, 0.0419857872171332],
];

/** Some examples for any sizes, inputs of either sign where asked for, labels in (0, 1). */
function someExamples(count: number, inputs: number, outputs: number, signed = false): LearnerExamples {
  const value = (k: number) => ((k * 7) % 11) / 11;
  return {
    inputs: Array.from({ length: count }, (_, s) =>
      Array.from({ length: inputs }, (_, i) => value(3 * s + i + 1) - (signed ? 0.5 : 0)),
    ),
    labels: Array.from({ length: count }, (_, s) =>
      Array.from({ length: outputs }, (_, o) => value(5 * s + o + 2)),
    ),
  };
}

/** Largest differences between chemistry and twin over some steps: of outputs and of weights. */
async function beside<O extends LayeredOptions>(
  system: LearnerSystem<O>,
  options: O,
  steps: number,
  solver = fine,
  examples?: LearnerExamples,
) {
  const circuit = system.build(options);
  const pot = await system.pot(circuit, solver, examples);
  const twin = system.twin(circuit, examples);
  const worst = { outputs: 0, weights: 0, predictions: 0 };
  for (let k = 0; k < steps; k++) {
    const [own, ideal] = [pot.step(), twin.step()];
    expect(own.rows).toEqual(ideal.rows);
    expect(own.error).toBeCloseTo(ideal.error, 2);
    worst.outputs = Math.max(worst.outputs, distance(own.outputs.flat(), ideal.outputs.flat()));
    worst.weights = Math.max(worst.weights, distance(pot.weights(), twin.weights));
  }
  const { inputs } = pot.examples;
  worst.predictions = distance(
    pot.predict(inputs).flat(),
    inputs.flatMap((x) => twin.outputs(x)),
  );
  pot.dispose();
  return worst;
}

describe('the ideal twin', () => {
  it.each([
    ['sigmoid', bfcnnSystem, [3, 4, 2], wideNormal],
    ['leaky', lakinSystem, [3, 4, 2], unitUniform],
  ] as const)('%s: a step is η times the slope of −½Σ(y − a)²', (_, system, sizes, draw) => {
    const examples = someExamples(3, 3, 2, true);
    const weights = startingWeights(sizes, 5, draw);
    const rate = 0.7;
    const twinOf = (start: number[]) =>
      (system as LearnerSystem<LayeredOptions>).twin(
        system.build({ sizes, batch: 3, samples: examples, weights: start, rate }),
      );
    const loss = (start: number[]) => {
      const twin = twinOf(start);
      return examples.inputs.reduce(
        (sum, x, s) =>
          sum + twin.outputs(x).reduce((own, a, o) => own + 0.5 * (examples.labels[s][o] - a) ** 2, 0),
        0,
      );
    };
    const twin = twinOf(weights);
    twin.step();
    weights.forEach((weight, e) => {
      const h = 1e-5;
      const moved = (by: number) => loss(weights.map((w, k) => (k === e ? w + by : w)));
      const slope = (moved(h) - moved(-h)) / (2 * h);
      expect(twin.weights[e] - weight).toBeCloseTo(-rate * slope, 8);
    });
  });

  it('does nothing below the tolerance', () => {
    const options = { sizes: [2, 2, 1], batch: 4, samples: gateExamples.or, weights: OR_START };
    const twin = bfcnnSystem.twin(bfcnn({ ...options, tolerance: 1.3 }));
    expect(twin.step()).toMatchObject({ going: 1 });
    while (twin.step().going === 1);
    const stopped = [...twin.weights];
    expect(twin.step()).toMatchObject({ going: 0 });
    expect(twin.weights).toEqual(stopped);
  });
});

describe('a BFCNN', () => {
  it('makes the steps of its ideal twin, the more exactly the longer its phases are', async () => {
    const off = await Promise.all(
      [10, 20, 30].map((phaseLength) =>
        beside(
          bfcnnSystem,
          {
            ...bfcnnSystem.choose(gateExamples.xor, { seed: 1, hidden: [2], batch: 1 }),
            tolerance: 0,
            phaseLength,
          },
          6,
        ),
      ),
    );
    // An independent simulation has 2e-3, 1.5e-6 and 4e-9 from another start.
    expect(off[0].weights).toBeLessThan(1e-2);
    expect(off[1].weights).toBeLessThan(1e-5);
    expect(off[2].weights).toBeLessThan(4e-9);
    for (const k of [0, 1]) {
      expect(off[k].weights / off[k + 1].weights).toBeGreaterThan(100);
      expect(off[k].outputs / off[k + 1].outputs).toBeGreaterThan(100);
    }
    expect(off[1].predictions).toBeLessThan(1e-5);
  });

  it.each<[string, BfcnnOptions]>([
    ['three layers and several outputs', { sizes: [3, 4, 3, 2], batch: 2, samples: someExamples(4, 3, 2) }],
    ['inputs of either sign', { sizes: [2, 3, 1], samples: someExamples(3, 2, 1, true) }],
    ['values as constants', { sizes: [2, 3, 1], samples: someExamples(3, 2, 1), data: 'constants' }],
    ['one neuron', { sizes: [2, 1], batch: 2, samples: someExamples(2, 2, 1) }],
  ])('of %s follows its twin', async (_, options) => {
    const weights = startingWeights(options.sizes, 3, wideNormal);
    const off = await beside(bfcnnSystem, { ...options, weights, rate: 1, tolerance: 0, phaseLength: 30 }, 4);
    expect(off.weights).toBeLessThan(1e-7);
    expect(off.outputs).toBeLessThan(1e-7);
    expect(off.predictions).toBeLessThan(1e-7);
  });

  it('learns dosed examples as it learns stored ones', async () => {
    const examples = someExamples(4, 2, 1, true);
    const options = {
      sizes: [2, 2, 1],
      batch: 2,
      rate: 1,
      tolerance: 0,
      weights: startingWeights([2, 2, 1], 8, wideNormal),
    };
    const dosed = { ...options, data: 'dosed', inputRails: 'dual' } as const;
    const off = await beside(bfcnnSystem, { ...dosed, phaseLength: 30 }, 4, fine, examples);
    expect(off.weights).toBeLessThan(1e-7);
    const circuit = bfcnn(dosed);
    await expect(bfcnnSystem.pot(circuit)).rejects.toThrow(/examples must be given/);
    await expect(bfcnnSystem.pot(circuit, {}, someExamples(3, 2, 1))).rejects.toThrow(/whole batches of 2/);
    await expect(bfcnnSystem.pot(circuit, {}, someExamples(2, 3, 1))).rejects.toThrow(
      /examples.inputs\[1\] must have 2 finite values/,
    );
    expect(() => bfcnnSystem.twin(bfcnn({ sizes: [2, 1] }), examples)).toThrow(/stores its own/);
  });

  it('gives the same bits by the other engine', async () => {
    const circuit = bfcnn({ sizes: [2, 2, 1], batch: 4, samples: gateExamples.or, weights: OR_START });
    const weights = await Promise.all(
      (['wasm', 'js'] as const).map(async (engine) => {
        const pot = await bfcnnSystem.pot(circuit, { engine });
        pot.step();
        pot.step();
        const all = [...pot.weights(), ...pot.predict(gateExamples.or.inputs).flat()];
        pot.dispose();
        return all;
      }),
    );
    expect(weights[0]).toEqual(weights[1]);
  });
});

/** A run from a given start, until the chemistry has stopped itself. */
const fromStart = (
  examples: LearnerExamples,
  weights: number[],
  also: Partial<BfcnnOptions> = {},
): LearnerTask => ({
  experiment: 'test',
  seed: 0,
  system: 'bfcnn',
  circuit: { sizes: [2, 2, 1], batch: 4, samples: examples, weights, tolerance: 0.4, ...also },
  epochs: 200,
  after: 7,
  measure: 'accuracy',
  solver: coarse,
  notes: [],
});

describe('learning that chemistry stops by itself', () => {
  it('XOR: after 86 steps, as its twin', async () => {
    const report = await runLearner(fromStart(gateExamples.xor, XOR_START));
    expect([report.stoppedAfter, report.twinStoppedAfter]).toEqual([86, 86]);
    expect(report.history).toHaveLength(94);
    // As simulated independently; the numbers there count steps from 0.
    [0.89, 0.12, 0.02, 0.008].forEach((going, k) => {
      expect(report.history[85 + k].going / going).toBeCloseTo(1, 0);
    });
    expect(report.history[93].going).toBeCloseTo(7e-4, 4);
    [0.101, 0.904, 0.89, 0.088].forEach((output, s) => {
      expect(report.predictions.chemistry?.[s][0]).toBeCloseTo(output, 2);
    });
    expect(report.metrics).toMatchObject({ accuracy: 1, twinAccuracy: 1, time: 94 * 180 });
    expect(report.metrics.runningDifference).toBeLessThan(1e-4);
    // What the soft latch lets through afterwards.
    expect(report.metrics.finalDifference).toBeGreaterThan(1e-3);
  });

  it('OR: after 20 steps, as its twin', async () => {
    const report = await runLearner(fromStart(gateExamples.or, OR_START));
    expect([report.stoppedAfter, report.twinStoppedAfter]).toEqual([20, 20]);
    [0.148, 0.916, 0.892, 0.95].forEach((output, s) => {
      expect(report.predictions.chemistry?.[s][0]).toBeCloseTo(output, 2);
    });
  });

  it('by majority it stops in one step, and no weight moves afterwards', async () => {
    const soft = await runLearner(fromStart(gateExamples.xor, XOR_START));
    const hard = await runLearner(fromStart(gateExamples.xor, XOR_START, { latch: 'majority' }));
    expect([hard.stoppedAfter, hard.twinStoppedAfter]).toEqual([86, 86]);
    for (const { step, going } of hard.history)
      expect(Math.abs(going - (step <= 86 ? 1 : 0))).toBeLessThan(1e-6);
    const between = ({ history }: typeof soft) =>
      history.filter(({ going }) => going > 1e-3 && going < 0.999).length;
    expect(between(soft)).toBeGreaterThanOrEqual(6);
    expect(hard.metrics.finalDifference).toBeLessThan(soft.metrics.finalDifference / 50);
  });

  it('with a clock inside it makes the same steps; nothing is done from outside', async () => {
    const circuit = bfcnn({
      sizes: [2, 2, 1],
      batch: 4,
      samples: gateExamples.or,
      weights: OR_START,
      data: 'constants',
      cursor: true,
    });
    for (const [clock, most] of [
      [{ kind: 'ring', gate: 'proxy', epsilon: 1e-6 }, 1e-4],
      [{ kind: 'coop', gate: 'proxy' }, 1e-5],
    ] as const) {
      const driven = await bfcnnSystem.drive(circuit, clock);
      expect([driven.phases, driven.network.phases, driven.network.doses]).toEqual([[], [], []]);
      const pot = await bfcnnSystem.pot(driven, { rtol: 1e-6, atol: 1e-12 });
      const twin = bfcnnSystem.twin(driven);
      for (let k = 0; k < 2; k++) {
        expect(pot.step().going).toBeCloseTo(1, 6);
        twin.step();
        expect(distance(pot.weights(), twin.weights)).toBeLessThan(most);
      }
      pot.dispose();
    }
    await expect(
      bfcnnSystem.drive(bfcnn({ sizes: [2, 1], data: 'dosed' }), { kind: 'ring' }),
    ).rejects.toThrow(/clock: data 'dosed' comes in the middle of a step/);
  });

  // At a turn's edge rails that annihilate are read off an interpolant.
  it.each(['catalyst', 'rate', 'proxy'] as const)(
    'a cooperative clock with the gate %s goes on from every edge, over seeds',
    async (gate) => {
      for (const seed of [0, 2, 5]) {
        const { circuit, solver } = learnerTasks['bfcnn-or'].create({ seed, recipe: '2-2-1' });
        const built = bfcnn({ ...(circuit as BfcnnOptions), data: 'constants', cursor: true });
        const pot = await bfcnnSystem.pot(await bfcnnSystem.drive(built, { kind: 'coop', gate }), solver);
        for (let turn = 0; turn < 3; turn++) {
          expect(pot.step().going).toBeGreaterThan(0);
          expect(pot.predict([[0, 0]])[0][0]).toBeGreaterThan(0);
        }
        pot.dispose();
      }
    },
  );

  it('counts a stop only where no batch of an epoch is learned any more', () => {
    expect(stoppedAfter([1, 0.4, 1, 0, 0.1, 0], 2)).toBe(3);
    expect(stoppedAfter([1, 0.4, 1, 0], 2)).toBeNull();
    expect(stoppedAfter([0.2], 1)).toBe(0);
    expect(stoppedAfter([], 1)).toBeNull();
  });
});

describe('a leaky-ReLU network', () => {
  const start = {
    sizes: [2, 2, 1],
    samples: gateExamples.xor,
    weights: LEAKY_START,
    data: 'constants',
  } as const;

  it('makes the steps of its ideal twin where no sum is near zero', async () => {
    const off = await beside(lakinSystem, start, 50, { rtol: 1e-8, atol: 1e-11 });
    // Simulated independently: 8e-6.
    expect(off.weights).toBeLessThan(1.2e-5);
  });

  it('of three layers with batches and values of either sign follows its twin', async () => {
    const sizes = [2, 3, 3, 2];
    const samples = someExamples(4, 2, 2, true);
    const labels = samples.labels.map((row) => row.map((value) => value - 0.5));
    const options: LakinOptions = {
      sizes,
      batch: 2,
      samples: { inputs: samples.inputs, labels },
      weights: startingWeights(sizes, 2, unitUniform),
      annihilation: 5000,
      phaseLength: 30,
    };
    expect((await beside(lakinSystem, options, 4)).weights).toBeLessThan(1e-6);
  });

  it('learns XOR; the faster rails annihilate, the less a sum near zero matters', async () => {
    const run = (annihilation: number) =>
      runLearner({
        experiment: 'test',
        seed: 0,
        system: 'lakin',
        circuit: { ...start, annihilation } satisfies LakinOptions,
        epochs: 100,
        measure: 'accuracy',
        solver: coarse,
        notes: [],
      });
    const [slow, fast] = [await run(50), await run(5000)];
    for (const report of [slow, fast]) {
      expect(report.metrics.accuracy).toBe(1);
      expect(report.stoppedAfter).toBeNull();
      [0.0014, 0.9999, 0.9995, 0].forEach((output, s) => {
        expect(report.predictions.chemistry?.[s][0]).toBeCloseTo(output, 2);
      });
    }
    // At step 100 a sum has come within 1.5e-3 of zero.
    expect(slow.history[99].difference).toBeCloseTo(6.9e-3, 3);
    expect(fast.metrics.difference).toBeLessThan(slow.metrics.difference / 50);
  });
});

describe('running a task', () => {
  it('can be cancelled, with what there is', async () => {
    const controller = new AbortController();
    const report = await runLearner(fromStart(gateExamples.or, OR_START), {
      signal: controller.signal,
      onStep: ({ step }, steps) => {
        expect(steps).toBe(200);
        if (step === 3) controller.abort();
      },
    });
    expect(report).toMatchObject({ status: 'cancelled', predictions: { chemistry: null } });
    expect(report.history).toHaveLength(3);
    const before = await runLearner(fromStart(gateExamples.or, OR_START), { signal: AbortSignal.abort() });
    expect(before).toMatchObject({ status: 'cancelled', history: [], metrics: { accuracy: null, time: 0 } });
  });

  it('ends when the observer has enough', async () => {
    const report = await runLearner(fromStart(gateExamples.or, OR_START), {
      enough: ({ error }) => error < 0.7,
    });
    expect(report.status).toBe('done');
    expect(report.history[report.history.length - 1].error).toBeLessThan(0.7);
    expect(report.history[report.history.length - 2].error).toBeGreaterThan(0.7);
  });

  it('reports chemistry that cannot go on', async () => {
    const report = await runLearner(fromStart(gateExamples.or, OR_START), { maxSteps: 20 });
    expect(report).toMatchObject({ status: 'failed', failure: { message: /20 steps/ } as object });
  });

  it('refuses what is no task', async () => {
    const task = fromStart(gateExamples.or, OR_START);
    await expect(runLearner({ ...task, epochs: -1 })).rejects.toThrow(
      /epochs must be an integer ≥ 0, got -1/,
    );
    await expect(runLearner({ ...task, system: 'hebb' as 'bfcnn' })).rejects.toThrow(
      /there is no system "hebb"; there are bfcnn, lakin/,
    );
    expect(() => systemNamed('__proto__')).toThrow(/there is no system/);
  });

  it('every named task can be built, and its seeds differ', () => {
    for (const task of Object.values(learnerTasks)) {
      expect(Object.keys(task.recipes)).toContain(task.standard);
      for (const recipe of Object.keys(task.recipes)) {
        const [one, two] = [0, 1].map((seed) => task.create({ seed, recipe }));
        const { counts, weights } = systemNamed(one.system).build(one.circuit);
        expect(counts.maxMolecularity).toBe(2);
        const given = (one.circuit as Partial<LayeredOptions>).weights;
        // Rate-independent networks learn nothing: their weights are part of the network they are made of.
        if (given !== undefined) expect(given).toHaveLength(weights.length);
        expect(one.circuit).not.toEqual(two.circuit);
      }
      expect(() => task.create({ recipe: 'none' })).toThrow(
        /there is no recipe "none" for this task; it has/,
      );
    }
  });
});
