import { describe, expect, it } from 'vitest';
import { type HebbianOptions, hebbian, spikeEnergy } from '../../src/circuits/index.js';
import { parseNetwork, printNetwork, simulate } from '../../src/index.js';

describe('the size of a Hebbian neuron', () => {
  it.each([
    [1, 1],
    [3, 3],
    [5, 2],
  ])('%i channels, cooperativity %i: by the formulas', (N, m) => {
    expect(hebbian({ channels: N, cooperativity: m }).counts).toEqual({
      species: 3 * N + m + 2,
      reactions: 6 * N + 2 * m + 1,
      maxMolecularity: 2,
    });
    expect(hebbian({ channels: N, cooperativity: m, reversible: true }).counts).toEqual({
      species: 5 * N + m + 2,
      reactions: 16 * N + 2 * m + 2,
      maxMolecularity: 2,
    });
  });
});

it('moves as its equations say', async () => {
  const { network } = hebbian({ channels: 2, cooperativity: 2, weights: [0.5, 0] });
  const [to, dose] = [12, [1, 0.4]];
  const { final } = await simulate(network, {
    to,
    initial: { 'I[1]': dose[0], 'I[2]': dose[1] },
    rtol: 1e-10,
    atol: 1e-13,
  });
  // I A H of both channels, B, E0 E1 E2, by midpoint steps.
  let y = [1, 0.4, 0, 0, 0.5, 0, 0, 1, 0, 0];
  const rates = ([i1, i2, a1, a2, h1, h2, b, e0, e1, e2]: number[]) => {
    const [on1, on2] = [e0 * b - 2 * e1, e1 * b - 2 * e2];
    const [learn1, learn2] = [0.2 * e2 * a1, 0.2 * e2 * a2];
    const [in1, in2] = [a1 * (0.05 + 0.5 * h1), a2 * (0.05 + 0.5 * h2)];
    return [
      -i1,
      -i2,
      i1 - in1 - 0.02 * a1 - learn1,
      i2 - in2 - 0.02 * a2 - learn2,
      learn1 - 0.002 * h1,
      learn2 - 0.002 * h2,
      in1 + in2 - 0.3 * b - on1 - on2,
      -on1,
      on1 - on2,
      on2,
    ];
  };
  const h = 1e-3;
  for (let k = 0; k < to / h; k++) {
    const a = rates(y);
    const b = rates(y.map((value, s) => value + (h / 2) * a[s]));
    y = y.map((value, s) => value + h * b[s]);
  }
  ['I[1]', 'I[2]', 'A[1]', 'A[2]', 'H[1]', 'H[2]', 'B', 'E[0]', 'E[1]', 'E[2]'].forEach((name, s) => {
    expect(final[name]).toBeCloseTo(y[s], 6);
  });
});

describe('the reversible form', () => {
  const drive = 4;

  it('comes to the equilibrium of its free energies, where every reaction balances its reverse', async () => {
    const { network } = hebbian({ channels: 2, cooperativity: 2, reversible: true, drive });
    const { final } = await simulate(network, {
      to: 1e6,
      initial: { 'I[1]': 1, 'H[2]': 0.3 },
      rtol: 1e-9,
      atol: 1e-14,
    });
    const rungs = { 'I[1]': 3, 'I[2]': 3, 'A[1]': 2, B: 1, 'H[1]': 1, 'H[2]': 1 };
    for (const [name, rung] of Object.entries(rungs)) {
      expect(Math.log(final[name]) / -drive).toBeCloseTo(rung, 4);
    }
    // A switch is on as the law of mass action has it.
    expect(final['E[2]'] / final['E[1]']).toBeCloseTo(Math.exp(-drive) / 2, 6);
    expect(final['EA[1]'] / (final['E[2]'] * final['A[1]'])).toBeCloseTo(0.4 / 20, 6);
  });

  it('takes from a spike what it brings', () => {
    const { settings } = hebbian({ reversible: true, drive, spike: 2 });
    // By sums over thin slices.
    let sum = 0;
    const n = 200_000;
    for (let k = 0; k < n; k++) sum += (3 * drive + Math.log(0.5 + (2 * (k + 0.5)) / n)) * (2 / n);
    expect(spikeEnergy(settings, 0.5)).toBeCloseTo(sum, 6);
    expect(spikeEnergy(settings)).toBeCloseTo(2 * 3 * drive + 2 * Math.log(2) - 2, 12);
  });
});

it('is text like any other', () => {
  for (const reversible of [false, true]) {
    const text = printNetwork(hebbian({ reversible }).network);
    const { network, issues } = parseNetwork(text);
    expect(issues).toEqual([]);
    expect(printNetwork(network!)).toBe(text);
  }
});

it.each<[object, RegExp]>([
  [{ channels: 0 }, /channels must be an integer ≥ 1, got 0/],
  [{ cooperativity: 1.5 }, /cooperativity must be an integer ≥ 1, got 1.5/],
  [{ constants: { lern: 1 } }, /there is no constant "lern" \(did you mean "learn"\?\)/],
  [{ constants: { learn: 0 } }, /learn must be a finite number > 0, got 0/],
  [{ weights: [1] }, /weights needs 3 values, got 1/],
  [{ weights: [1, -1, 0] }, /weights\[2\] must be ≥ 0, got -1/],
  [{ drive: 3 }, /drive belongs to the reversible form/],
  [{ reversible: 'yes' }, /reversible must be true or false, got yes/],
  [{ spikes: 2 }, /there is no option "spikes" \(did you mean "spike"\?\)/],
])('%j is refused with the reason', (options, message) => {
  expect(() => hebbian(options as HebbianOptions)).toThrow(message);
});
