import { coopClock } from '../src/circuits/index.js';
import type { Network } from '../src/index.js';
import { networkOf } from '../test/tools/network.js';

export interface EventProblem {
  network: () => Network;
  /** Molecules to a concentration of 1. */
  volume: number;
  /** Events to a unit of time, roughly. */
  pace: number;
  /** Of the events of other problems, the part that runs of this one make: where an event costs much. Default 1. */
  share?: number;
}

const lines = (count: number, line: (i: number) => string): Network =>
  networkOf(Array.from({ length: count }, (_, i) => line(i)).join('\n'));

/** Molecules that go round a ring of species: as many channels, each with two dependents. */
const ring = (length: number): Network =>
  lines(length, (i) => `init A${i} = 1; A${i} ->{${1 + (i % 7)}} A${(i + 1) % length}`);

/** Molecules that switch on and off, all by themselves, with constants over so many decades. */
const switches = (count: number, decades = 0): Network =>
  lines(count, (i) => {
    const k = 10 ** (decades * (((i * 37) % 61) / 61));
    return `init A${i} = 1; A${i} <->{${k}}{${k * (1 + (i % 5))}} B${i}`;
  });

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
  'clock coop-4': { network: () => coopClock().network, volume: 1000, pace: 80_000 },
  'ring of 100': { network: () => ring(100), volume: 100, pace: 30_000 },
  'ring of 160': { network: () => ring(160), volume: 100, pace: 45_000 },
  '80 switches': { network: () => switches(80), volume: 100, pace: 11_000 },
  '80 switches, 4 decades': { network: () => switches(80, 4), volume: 100, pace: 11_000_000 },
  'square of 4 × 4': { network: () => square(4), volume: 50, pace: 5700 },
  'hub of 150': { network: () => hub(150), volume: 100, pace: 20_000, share: 0.1 },
  'ring of 1000': { network: () => ring(1000), volume: 100, pace: 300_000 },
  '2500 switches': { network: () => switches(2500), volume: 10, pace: 35_000 },
  'square of 20 × 20': { network: () => square(20), volume: 50, pace: 140_000 },
};
