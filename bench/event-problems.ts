import { coopClock } from '../src/circuits/index.js';
import type { Network } from '../src/index.js';
import { hypercube } from '../test/problems/hypercube.js';
import { networkOf } from '../test/tools/network.js';

export interface EventProblem {
  network: () => Network;
  /** Molecules to a concentration of 1. */
  volume: number;
  /** Events to a unit of time, roughly. */
  pace: number;
}

const lines = (count: number, line: (i: number) => string): Network =>
  networkOf(Array.from({ length: count }, (_, i) => line(i)).join('\n'));

/** Molecules that go round a ring of species: as many channels, each with two dependents. */
const ring = (length: number): Network =>
  lines(length, (i) => `init A${i} = 1; A${i} ->{${1 + (i % 7)}} A${(i + 1) % length}`);

/** The same with constants over six decades, in no order. */
const uneven = (length: number): Network =>
  lines(length, (i) => `init A${i} = 1; A${i} ->{${10 ** (((i * 37) % 61) / 10 - 3)}} A${(i + 1) % length}`);

/** Molecules that switch on and off, all by themselves. */
const switches = (count: number): Network =>
  lines(count, (i) => `init A${i} = 1; A${i} <->{1}{${1 + (i % 5)}} B${i}`);

/** Predators and prey on a square that wraps around: they hop to four neighbours and meet where they are. */
const square = (side: number): Network =>
  lines(side * side, (at) => {
    const [x, y] = [at % side, Math.floor(at / side)];
    const beside = [y * side + ((x + 1) % side), ((y + 1) % side) * side + x];
    return [
      `init P${at} = 1, Q${at} = 1; P${at} -> 2 P${at}; P${at} + Q${at} -> 2 Q${at}; Q${at} -> ∅`,
      ...beside.flatMap((to) => [`P${at} <->{0.5}{0.5} P${to}`, `Q${at} <->{0.5}{0.5} Q${to}`]),
    ].join('\n');
  });

/** An enzyme that comes and goes as often as any of its substrates reacts: half of all events change every propensity. */
const hub = (substrates: number): Network =>
  networkOf(
    [
      `init E = 0.1, F = 0.1; E <->{${5 * substrates}}{${5 * substrates}} F`,
      ...Array.from(
        { length: substrates },
        (_, i) => `init A${i} = 1, B${i} = 1; A${i} + E ->{${1 + (i % 5)}} B${i} + E; B${i} + E -> A${i} + E`,
      ),
    ].join('\n'),
  );

/** Networks that go on for as long as one likes: small ones, loosely coupled ones, strongly coupled ones. */
export const eventProblems: Readonly<Record<string, EventProblem>> = {
  'birth and death': {
    network: () => networkOf('init A = 1; ∅ ->{1} A; A ->{1} ∅'),
    volume: 1000,
    pace: 2000,
  },
  'dimers, turning over': {
    network: () => networkOf('init A = 1; ∅ ->{1} A; A ->{1} ∅; 2 A ->{5} D; D ->{1} 2 A; D ->{0.1} ∅'),
    volume: 1000,
    pace: 4000,
  },
  'clock coop-4': { network: () => coopClock().network, volume: 1000, pace: 10_000 },
  'ring of 100': { network: () => ring(100), volume: 100, pace: 30_000 },
  'ring of 1000': { network: () => ring(1000), volume: 100, pace: 300_000 },
  'ring of 5000': { network: () => ring(5000), volume: 100, pace: 1_500_000 },
  'uneven ring of 100': { network: () => uneven(100), volume: 100, pace: 30_000 },
  'uneven ring of 5000': { network: () => uneven(5000), volume: 100, pace: 1_500_000 },
  '2500 switches': { network: () => switches(2500), volume: 10, pace: 40_000 },
  'square of 20 × 20': { network: () => square(20), volume: 20, pace: 50_000 },
  'hypercube of 64 states': { network: () => networkOf(hypercube(6)), volume: 1000, pace: 1000 },
  'hub of 150': { network: () => hub(150), volume: 100, pace: 30_000 },
};
