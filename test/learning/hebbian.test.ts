import { describe, expect, it } from 'vitest';
import { hebbian } from '../../src/circuits/index.js';
import {
  type HebbianTask,
  hebbianSystem,
  hebbianTasks,
  poissonSpikes,
  runHebbian,
  spikeSchedule,
} from '../../src/learning/index.js';

const median = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1];
const SEEDS = [0, 1, 2, 3, 4];

describe('spike trains', () => {
  const patterns = [{ rates: [0.5, 0, 0.1], follow: [{ channel: 2, leader: 1, after: 2 }], to: 4000 }];
  const spikes = poissonSpikes(patterns, 3);
  const times = (channel: number) =>
    spikes.filter((spike) => spike.channel === channel).map(({ time }) => time);

  it('are Poisson: as many as their rate says, with gaps that are exponential', () => {
    // Within four standard deviations.
    expect(Math.abs(times(1).length - 2000)).toBeLessThan(4 * Math.sqrt(2000));
    expect(Math.abs(times(3).length - 400)).toBeLessThan(4 * Math.sqrt(400));
    const gaps = times(1).map((time, k, all) => time - (all[k - 1] ?? 0));
    const longer = gaps.filter((gap) => gap > 2).length / gaps.length;
    expect(Math.abs(longer - Math.exp(-1))).toBeLessThan(4 * Math.sqrt(0.23 / gaps.length));
  });

  it('follow their leaders, come in order, and are the same for a seed', () => {
    expect(times(2)).toEqual(
      times(1)
        .map((time) => time + 2)
        .filter((time) => time < 4000),
    );
    expect(spikes.every(({ time }, k) => k === 0 || time >= spikes[k - 1].time)).toBe(true);
    expect(poissonSpikes(patterns, 3)).toEqual(spikes);
    expect(poissonSpikes(patterns, 4)).not.toEqual(spikes);
  });

  it('become a schedule with a dose at each spike, several at once too', () => {
    const circuit = hebbian({ channels: 2, spike: 0.5 });
    const schedule = spikeSchedule(
      circuit,
      [
        { time: 0, channel: 2 },
        { time: 3, channel: 1 },
        { time: 3, channel: 2 },
      ],
      10,
    );
    expect(schedule.map(({ duration, doses }) => [duration, doses])).toEqual([
      [3, [{ species: 'I[2]', amount: 0.5 }]],
      [
        7,
        [
          { species: 'I[1]', amount: 0.5 },
          { species: 'I[2]', amount: 0.5 },
        ],
      ],
    ]);
    expect(() => spikeSchedule(circuit, [{ time: 1, channel: 3 }], 10)).toThrow(
      /channel must be from 1 to 2, got 3/,
    );
    expect(() => spikeSchedule(circuit, [{ time: 10, channel: 1 }], 10)).toThrow(
      /from 0 to below 10, got 10/,
    );
  });

  it('refuse what cannot be', () => {
    expect(() => poissonSpikes([{ rates: [-1], to: 1 }])).toThrow(/rates\[1\] must be a finite number ≥ 0/);
    expect(() => poissonSpikes([{ rates: [1], to: 0 }])).toThrow(/patterns\[1\].to must be above 0, got 0/);
    expect(() =>
      poissonSpikes([{ rates: [1], follow: [{ channel: 2, leader: 1, after: 1 }], to: 1 }]),
    ).toThrow(/follow: a channel from 1 to 1 follows another/);
  });
});

describe('a Hebbian neuron', () => {
  const many = (task: HebbianTask, options: Parameters<typeof hebbian>[0]) =>
    Promise.all(SEEDS.map((seed) => runHebbian(hebbian(options), task, { seed })));

  it('learns which channel spikes most often', async () => {
    for (const reversible of [false, true]) {
      const runs = await many(hebbianTasks.bias, { reversible });
      for (const { settled } of runs) expect(settled[0].indexOf(Math.max(...settled[0]))).toBe(0);
      // An independent simulation of other trains has 1.44.
      expect(Math.abs(median(runs.map(({ ratios }) => ratios[0])) - 1.44)).toBeLessThan(0.2);
    }
  });

  it('and unlearns it when another does', async () => {
    for (const { settled } of await many(hebbianTasks.swap, {})) {
      expect(settled.map((weights) => weights.indexOf(Math.max(...weights)))).toEqual([0, 1]);
    }
  });

  it('raises channels that spike together, the later one most', async () => {
    const runs = await many(hebbianTasks.correlation, { cooperativity: 5 });
    expect(median(runs.map(({ ratios }) => ratios[0]))).toBeGreaterThan(1.1);
    for (const { settled } of runs) expect(settled[0][1]).toBeGreaterThan(settled[0][0]);
  });

  it('without learning signal learns nothing', async () => {
    const [{ weights }] = await many(hebbianTasks.bias, { signal: 1e-12 });
    for (const values of weights) expect(Math.max(...values)).toBeLessThan(1e-9);
  });

  it('learns by molecules what it learns by rates', async () => {
    const circuit = hebbian();
    const { settled } = await runHebbian(circuit, hebbianTasks.bias, { seed: 1 });
    const many = await runHebbian(circuit, hebbianTasks.bias, { seed: 1, volume: 1000 });
    many.settled[0].forEach((weight, n) => {
      expect(Math.abs(weight / settled[0][n] - 1)).toBeLessThan(0.15);
    });
    expect(many.settled[0].indexOf(Math.max(...many.settled[0]))).toBe(0);
  });

  it('refuses tasks of another size', async () => {
    await expect(runHebbian(hebbian({ channels: 2 }), hebbianTasks.bias)).rejects.toThrow(
      /channels: the task has spike trains for 3, the neuron has 2/,
    );
    await expect(runHebbian(hebbian(), hebbianTasks.bias, { every: 0 })).rejects.toThrow(/every must be/);
  });
});

describe('a Hebbian neuron behind the common interface', () => {
  const examples = {
    inputs: [
      [0.1, 0.05],
      [0.05, 0.1],
    ],
    labels: [
      [1, 0],
      [0, 1],
    ],
  };
  const circuit = () => hebbianSystem.build({ ...hebbianSystem.choose(examples, { seed: 3 }), stretch: 200 });

  it('lives through a row a step, and predictions change nothing of it', async () => {
    const { weights, counts, phases } = circuit();
    expect([weights.length, counts.species, counts.reactions, phases]).toEqual([2, 11, 19, []]);
    const [asked, left] = await Promise.all([1, 2].map(() => hebbianSystem.pot(circuit(), {}, examples)));
    try {
      expect(asked.stepsPerEpoch).toBe(2);
      const start = asked.weights();
      expect(start).toEqual(circuit().hebbian.settings.weights);
      for (let step = 1; step <= 3; step++) {
        asked.predict(examples.inputs);
        const own = asked.step();
        expect(own).toEqual(left.step());
        expect(own).toMatchObject({ step, rows: [(step - 1) % 2], time: 200 * step });
        expect(own.outputs[0]).toEqual(asked.weights());
      }
      expect(asked.weights()).not.toEqual(start);
      // What it is asked begins from what it has learned: in silence weights fade by e^{−0.002 t}, and by nothing else.
      const [silent] = asked.predict([[0, 0]]);
      const last = asked.weights();
      silent.forEach((weight, n) => {
        expect(weight).toBeLessThan(last[n]);
        expect(weight).toBeGreaterThan(0.9 * Math.exp(-0.4) * last[n]);
      });
    } finally {
      asked.dispose();
      left.dispose();
    }
  });

  it('refuses what it cannot live through', async () => {
    expect(() => hebbianSystem.choose({ inputs: [], labels: [] })).toThrow(/at least one row/);
    expect(() => hebbianSystem.build({ neuron: {}, stretch: 0 })).toThrow(
      /stretch must be a finite number > 0/,
    );
    await expect(hebbianSystem.pot(circuit())).rejects.toThrow(/examples must be given/);
    const wide = { inputs: [[0.1, 0.1, 0.1]], labels: [[1, 0, 0]] };
    await expect(hebbianSystem.pot(circuit(), {}, wide)).rejects.toThrow(
      /a row has 3 values, the neuron has 2 channels/,
    );
  });
});
