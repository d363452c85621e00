import { describe, expect, test } from 'vitest';
import { linearCrn, neuralCrn } from '../../src/circuits/index.js';
import { differencePairs } from '../../src/compile/fold/pairs.js';
import { foldPhase } from '../../src/compile/fold/phase.js';
import { parameterValues, parseNetwork, rateConstants } from '../../src/network/index.js';
import type { Network } from '../../src/network/model.js';
import { makePlan } from '../../src/simulate/plan.js';

const read = (text: string): Network => {
  const { network, issues } = parseNetwork(text);
  expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  return network!;
};

function parts(network: Network) {
  const parameters = parameterValues(network, {});
  const constants = rateConstants(network, parameters);
  const phases = makePlan(network, parameters, undefined).phases.map(({ active }) => active);
  const names = network.species.map(({ name }) => name);
  return { constants, phases, names };
}

function pairsOf(network: Network): string[] {
  const { constants, phases, names } = parts(network);
  return [...differencePairs(network, phases, constants)].flatMap((b, a) =>
    b > a ? [`${names[a]} ${names[b]}`] : [],
  );
}

function foldOf(network: Network, phase = 0) {
  const { constants, phases, names } = parts(network);
  const partner = differencePairs(network, phases, constants);
  const folded = foldPhase(network, phases[phase], constants, partner);
  const named = (s: number) => names[s] ?? 'own';
  return {
    ...folded,
    decays: folded.decays.map(({ members }) => members.map(named).join(' ')),
    gained: [...new Set(folded.gains.map(({ species }) => named(species)))],
  };
}

const ANNIHILATING = 'init P = 2, N = 1, X = 1\nP + N -> ∅\n';

describe('pairs known by their difference', () => {
  test('annihilating rails whose readers undo each other, and what they make', () => {
    const network = read(
      `${ANNIHILATING}P + X -> U + P + X\nN + X -> V + N + X\nU -> ∅\nV -> ∅\nU + Z -> U + 2 Z\nV + Z -> V\nZ -> ∅`,
    );
    expect(pairsOf(network)).toEqual(['P N', 'U V']);
  });

  test.each([
    ['one rail is read alone', 'P -> Q + P'],
    ['the constants differ', 'P -> Q + P\nN + Q -> N @ 2'],
    ['a rail is read twice', '2 P -> 2 P + Q\n2 N + Q -> 2 N'],
    ['both rails are read together', 'P + N + X -> P + N + X + Q'],
    ['the rails decay at their own rates', 'P -> ∅ @ 1\nN -> ∅ @ 2'],
    ['annihilation makes something', 'P + N -> Q'],
    ['a reader does not undo the other', 'P -> Q + P\nN -> Q + N'],
  ])('none where %s', (_, more) => {
    expect(
      pairsOf(
        read(
          `${ANNIHILATING}init Q = 1\n${more.replaceAll(/(.*) @ (\d)/g, (_all, r, k) => r.replace('->', `->{${k}}`))}`,
        ),
      ),
    ).toEqual([]);
  });

  test('none where the reader of one rail runs in a phase of its own', () => {
    const phases = 'phase a 1: one\nphase b 1: one, two';
    const both = `${ANNIHILATING}one: P -> Q + P\ntwo: N + Q -> N\n${phases}`;
    expect(pairsOf(read(both))).toEqual([]);
    expect(pairsOf(read(`${ANNIHILATING}one: P -> Q + P\none[2]: N -> R + N\nQ -> ∅\nR -> ∅\n`))).toEqual([
      'P N',
      'Q R',
    ]);
  });

  test('a pair goes with the one that it relies on', () => {
    const text = `${ANNIHILATING}P + X -> U + P + X\nN + X -> V + N + X\nU -> ∅\nV -> ∅`;
    expect(pairsOf(read(text))).toEqual(['P N', 'U V']);
    expect(pairsOf(read(`${text}\n2 U -> U`))).toEqual([]);
  });
});

describe('a folded phase', () => {
  test('holds differences that it does not change', () => {
    const network = read(
      `${ANNIHILATING}P + X -> U + P + X\nN + X -> V + N + X\nU -> ∅\nV -> ∅\nU + Z -> U + 2 Z\nV + Z -> V\nZ -> ∅`,
    );
    const { changed, unknowns, decays } = foldOf(network);
    // P and N, U and V, Z; U, V and Z are left.
    expect([changed, unknowns]).toEqual([5, 3]);
    expect(decays).toEqual([]);
  });

  test('has one shape for what decays alike', () => {
    const network = read(
      'init A = 1, B = 2, C = 3\nA -> ∅\nB -> ∅\nC ->{2} ∅\nA + Z -> A + 2 Z\nB + Z -> B\nC + Z -> C + Z + Y\nZ + Y -> Z',
    );
    const { decays, unknowns } = foldOf(network);
    expect(decays).toEqual(['A B']);
    expect(unknowns).toBe(4);
  });

  test('gains what it does not read', () => {
    const network = read('init A = 1, B = 2\nA ->{2} B\nB -> A\nA -> G + A\n2 A ->{3} 2 G + H + 2 A');
    const { gained, unknowns, active } = foldOf(network);
    expect(gained).toEqual(['G', 'H']);
    // A, B, ∫A, ∫A².
    expect(unknowns).toBe(4);
    expect(active).toHaveLength(4);
  });

  test('keeps what a law uses up without reading it', () => {
    const network = read('init A = 1, G = 1\nA -> ∅\nG -> ∅ [rate 3*A]');
    expect(foldOf(network).gained).toEqual([]);
  });

  test('of rectifiers has no more unknowns than nodes and outputs make', () => {
    const sizes = (inputs: number) => {
      const { network } = neuralCrn({
        inputs,
        hidden: 4,
        outputs: 2,
        dynamics: 'relu',
        inputRails: 'single',
      });
      return [0, 1].map((phase) => foldOf(network, phase).unknowns);
    };
    expect(sizes(40)).toEqual(sizes(20));
    const { phases } = parts(linearCrn({ inputs: 4 }).network);
    expect(phases).toHaveLength(2);
  });
});
