import { describe, expect, it } from 'vitest';
import {
  countsOf,
  doses,
  largestRate,
  linearCrn,
  updateConstants,
  withSample,
} from '../../src/circuits/index.js';
import { DEFAULT_CONSTANTS } from '../../src/circuits/rate.js';
import { parseNetwork, printNetwork } from '../../src/network/index.js';

describe('size of the linear circuit', () => {
  for (const n of [2, 3, 4, 5, 6]) {
    it(`follows its formulas for ${n} inputs`, () => {
      expect(linearCrn({ inputs: n, rails: 'positive' }).counts).toEqual({
        reactions: 9 * n + 6,
        species: 5 * n + 5,
        maxMolecularity: 2,
      });
      expect(linearCrn({ inputs: n, rails: 'dual' }).counts).toEqual({
        reactions: 20 * n + 5,
        species: 8 * n + 6,
        maxMolecularity: 2,
      });
      expect(linearCrn({ inputs: n, rails: 'positive', drift: false }).counts).toEqual({
        reactions: 9 * n + 5,
        species: 5 * n + 4,
        maxMolecularity: 2,
      });
      expect(linearCrn({ inputs: n, rails: 'dual', drift: false }).counts).toEqual({
        reactions: 18 * n + 5,
        species: 8 * n + 4,
        maxMolecularity: 2,
      });
    });
  }

  it('is 24 / 15, 33 / 20 and 45 / 22', () => {
    expect(linearCrn({ inputs: 2, rails: 'positive' }).counts).toMatchObject({ reactions: 24, species: 15 });
    expect(linearCrn({ inputs: 3, rails: 'positive' }).counts).toMatchObject({ reactions: 33, species: 20 });
    expect(linearCrn({ inputs: 2 }).counts).toMatchObject({ reactions: 45, species: 22 });
  });
});

describe('the network as text', () => {
  it('reads like the chemistry (positive rails)', () => {
    expect(
      printNetwork(linearCrn({ inputs: 2, rails: 'positive', theta: [0.3, 0.4] }).network),
    ).toMatchInlineSnapshot(`
      "param T = 0.5
      param T2 = 10
      param LR = 0.1
      param kf = 10
      param kd = 2
      param kg = 1
      param kx = 1
      param ka = 100
      param k1 = LR*T*(kf + kx)*(kd + kx)/(kg*kf)
      param k2 = 1 - k1

      forward[1]: P[1] + X[1] -> O + P[1] + X[1]
      forward[2]: P[2] + X[2] -> O + P[2] + X[2]
      drift: H ->{2} O + H
      readout: O ->{kf} E+
      target: Y ->{kf} E-
      fade[p]: E+ ->{kd} ∅
      fade[n]: E- ->{kd} ∅
      gradient[1,p]: E+ + X[1] ->{kg} G[1]+ + E+ + X[1]
      gradient[1,n]: E- + X[1] ->{kg} G[1]- + E- + X[1]
      gradient[2,p]: E+ + X[2] ->{kg} G[2]+ + E+ + X[2]
      gradient[2,n]: E- + X[2] ->{kg} G[2]- + E- + X[2]
      update[1,p]: G[1]+ ->{k1} N[1]
      update[1,n]: G[1]- ->{k1} P[1]
      discard[1,p]: G[1]+ ->{k2} ∅
      discard[1,n]: G[1]- ->{k2} ∅
      update[2,p]: G[2]+ ->{k1} N[2]
      update[2,n]: G[2]- ->{k1} P[2]
      discard[2,p]: G[2]+ ->{k2} ∅
      discard[2,n]: G[2]- ->{k2} ∅
      clearX[1]: X[1] ->{kx} ∅
      clearX[2]: X[2] ->{kx} ∅
      annihilateE: E+ + E- ->{ka} ∅
      annihilateP[1]: P[1] + N[1] ->{ka} ∅
      annihilateP[2]: P[2] + N[2] ->{ka} ∅

      init P[1] = 0.3
      init P[2] = 0.4
      init H = 0.1

      phase feed T: forward[*], drift, annihilateE, annihilateP[*]
      phase learn T2: readout, target, fade[*], gradient[*], update[*], discard[*], clearX[*], annihilateE, annihilateP[*]
      "
    `);
  });

  it('reads like the chemistry (dual rails)', () => {
    expect(printNetwork(linearCrn({ inputs: 1, theta: [-0.3] }).network)).toMatchInlineSnapshot(`
      "param T = 0.5
      param T2 = 10
      param LR = 0.1
      param kf = 10
      param kd = 2
      param kg = 1
      param kx = 1
      param ka = 100
      param k1 = LR*T*(kf + kx)*(kd + kx)/(kg*kf)
      param k2 = 1 - k1

      forward[1,pp]: P[1]+ + X[1]+ -> Z[1]+ + P[1]+ + X[1]+
      forward[1,pn]: P[1]+ + X[1]- -> Z[1]- + P[1]+ + X[1]-
      forward[1,np]: P[1]- + X[1]+ -> Z[1]- + P[1]- + X[1]+
      forward[1,nn]: P[1]- + X[1]- -> Z[1]+ + P[1]- + X[1]-
      drift[1,p]: H+ -> Z[1]+ + H+
      drift[1,n]: H- -> Z[1]- + H-
      readout[1,p]: Z[1]+ ->{kf} E+
      readout[1,n]: Z[1]- ->{kf} E-
      target[p]: Y+ ->{kf} E-
      target[n]: Y- ->{kf} E+
      fade[p]: E+ ->{kd} ∅
      fade[n]: E- ->{kd} ∅
      gradient[1,pp]: E+ + X[1]+ ->{kg} G[1]+ + E+ + X[1]+
      gradient[1,pn]: E+ + X[1]- ->{kg} G[1]- + E+ + X[1]-
      gradient[1,np]: E- + X[1]+ ->{kg} G[1]- + E- + X[1]+
      gradient[1,nn]: E- + X[1]- ->{kg} G[1]+ + E- + X[1]-
      update[1,p]: G[1]+ ->{k1} P[1]-
      update[1,n]: G[1]- ->{k1} P[1]+
      discard[1,p]: G[1]+ ->{k2} ∅
      discard[1,n]: G[1]- ->{k2} ∅
      clearX[1,p]: X[1]+ ->{kx} ∅
      clearX[1,n]: X[1]- ->{kx} ∅
      annihilateZ[1]: Z[1]+ + Z[1]- ->{ka} ∅
      annihilateE: E+ + E- ->{ka} ∅
      annihilateP[1]: P[1]+ + P[1]- ->{ka} ∅

      init P[1]- = 0.3
      init H+ = 0.1

      phase feed T: forward[*], drift[*], annihilateZ[*], annihilateE, annihilateP[*]
      phase learn T2: readout[*], target[*], fade[*], gradient[*], update[*], discard[*], clearX[*], annihilateZ[*], annihilateE, annihilateP[*]
      "
    `);
  });

  for (const rails of ['positive', 'dual'] as const) {
    it(`survives printing and parsing (${rails})`, () => {
      const { network } = linearCrn({ inputs: 3, rails });
      const text = printNetwork(network);
      const { network: again, issues } = parseNetwork(text);
      expect(issues).toEqual([]);
      expect(printNetwork(again!)).toBe(text);
      expect(countsOf(again!)).toEqual(countsOf(network));
    });

    it(`gives every reaction a label of its own and a phase to run in (${rails})`, () => {
      const { network } = linearCrn({ inputs: 3, rails });
      const labels = network.reactions.map(({ label }) => label);
      expect(new Set(labels).size).toBe(labels.length);
      const bases = new Set(labels.map((label) => label!.replace(/\[.*\]/, '')));
      const active = new Set(network.phases.flatMap((phase) => phase.active as string[]));
      expect(new Set([...active].map((label) => label.replace('[*]', '')))).toEqual(bases);
      // A family pattern stands for indexed labels only, a bare name for an unindexed one only.
      for (const pattern of active) {
        const matches = labels.filter((label) =>
          pattern.endsWith('[*]') ? label!.startsWith(pattern.slice(0, -2)) : label === pattern,
        );
        expect(matches.length, pattern).toBeGreaterThan(0);
      }
    });
  }

  it('can carry the doses of an example', () => {
    const circuit = linearCrn({ inputs: 2, rails: 'positive' });
    const text = printNetwork(withSample(circuit, [2, 3], 9.5));
    for (const line of [
      'dose X[1] += 2 at feed',
      'dose X[2] += 3 at feed',
      'dose O += 5 at feed',
      'dose Y += 9.5 at feed',
    ]) {
      expect(text).toContain(line);
    }
    expect(circuit.network.doses).toEqual([]);
  });
});

describe('doses', () => {
  it('go onto the rail of their sign', () => {
    const circuit = linearCrn({ inputs: 2 });
    expect(doses(circuit, [2, -3], -1)).toEqual([
      { species: 'X[1]+', amount: 2 },
      { species: 'X[2]-', amount: 3 },
      { species: 'Z[1]+', amount: 2 },
      { species: 'Z[2]-', amount: 3 },
      { species: 'Y-', amount: 1 },
    ]);
  });

  it('put the sum of the inputs into O on positive rails', () => {
    const circuit = linearCrn({ inputs: 2, rails: 'positive' });
    expect(doses(circuit, [2, 0])).toEqual([
      { species: 'X[1]', amount: 2 },
      { species: 'O', amount: 2 },
    ]);
  });

  it('refuse what the rails cannot hold', () => {
    const circuit = linearCrn({ inputs: 2, rails: 'positive' });
    expect(() => doses(circuit, [2, -3])).toThrow(/X\[2\] cannot be -3.*dual rails/);
    expect(() => doses(circuit, [2, 3], -1)).toThrow(/Y cannot be -1.*dual rails/);
    expect(() => doses(circuit, [2])).toThrow(/2 inputs, got 1/);
    expect(() => doses(circuit, [2, Number.NaN])).toThrow(/X\[2\] must be a finite number, got NaN/);
  });
});

describe('learning rate', () => {
  it('is turned into k1 and k2', () => {
    const { k1, k2, gamma } = updateConstants(0.1, 0.5, DEFAULT_CONSTANTS);
    expect(gamma).toBeCloseTo(0.05, 15);
    expect(k1).toBeCloseTo(0.165, 15);
    expect(k1 + k2).toBe(1);
  });

  it('is refused beyond what positive constants give, naming the constant to raise', () => {
    const largest = largestRate(DEFAULT_CONSTANTS, 0.5);
    expect(largest).toBeCloseTo(20 / 33, 12);
    expect(() => linearCrn({ inputs: 2, rate: largest })).toThrow(RangeError);
    expect(() => linearCrn({ inputs: 2, rate: 1 })).toThrow(
      /rate 1 is out of reach.*below 0\.6061; raise kg above 1\.65/,
    );
    expect(linearCrn({ inputs: 2, rate: 1, constants: { kg: 1.66 } }).gamma).toBe(0.5);
    expect(linearCrn({ inputs: 2, rate: largest * 0.999 }).gamma).toBeCloseTo((largest * 0.999) / 2, 12);
  });
});

describe('options', () => {
  const refused: [string, object, RegExp][] = [
    ['no inputs', { inputs: 0 }, /inputs must be an integer ≥ 1, got 0/],
    ['half an input', { inputs: 1.5 }, /inputs must be an integer/],
    ['unknown rails', { inputs: 1, rails: 'triple' }, /rails must be 'dual' or 'positive', got "triple"/],
    ['zero rate', { inputs: 1, rate: 0 }, /rate must be a finite number > 0, got 0/],
    ['endless horizon', { inputs: 1, horizon: Number.POSITIVE_INFINITY }, /horizon must be a finite/],
    ['negative learn time', { inputs: 1, learnTime: -1 }, /learnTime must be a finite/],
    ['zero constant', { inputs: 1, constants: { kf: 0 } }, /kf must be a finite number > 0/],
    [
      'unknown constant',
      { inputs: 1, constants: { kq: 1 } },
      /no constant "kq".*kf, kd, kg, kx, annihilation/,
    ],
    ['short theta', { inputs: 2, theta: [1] }, /theta needs 2 values, got 1/],
    ['NaN theta', { inputs: 1, theta: [Number.NaN] }, /theta\[1\] must be a finite/],
    ['negative theta', { inputs: 1, rails: 'positive', theta: [-1] }, /theta\[1\] cannot be -1.*dual rails/],
    ['negative drift', { inputs: 1, rails: 'positive', drift: -1 }, /drift cannot be -1.*dual rails/],
    ['NaN drift', { inputs: 1, drift: Number.NaN }, /drift must be a finite number or false/],
  ];
  for (const [name, options, message] of refused) {
    it(`refuse ${name}`, () => {
      expect(() => linearCrn(options as never)).toThrow(RangeError);
      expect(() => linearCrn(options as never)).toThrow(message);
    });
  }

  it('put negative values onto the negative rail', () => {
    const { network } = linearCrn({ inputs: 1, theta: [-0.3], drift: -0.1 });
    const initial = Object.fromEntries(network.species.map(({ name, initial }) => [name, initial]));
    expect(initial['P[1]-']).toEqual({ kind: 'number', value: 0.3 });
    expect(initial['P[1]+']).toEqual({ kind: 'number', value: 0 });
    expect(initial['H-']).toEqual({ kind: 'number', value: 0.1 });
  });
});
