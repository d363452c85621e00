import type { Assembler } from '../network/assembler.js';
import type { Dose, Expression, Network, Phase, SourceSpan } from '../network/model.js';

/** A dose at a time. */
export interface TimedDose {
  species: string;
  amount: Expression;
  mode: Dose['mode'];
  time: number;
  at?: SourceSpan | undefined;
}

const number = (value: number): Expression => ({ kind: 'number', value });

const phaseAt = (time: number): string => `t${time}`;

/** Phases that follow each other from time to time, in all of which everything runs; the last ends at `end`. */
function phasesBetween(times: Iterable<number>, end: number): Phase[] {
  const starts = [0, ...[...new Set(times)].sort((a, b) => a - b)];
  return starts.map((from, i) => ({
    name: phaseAt(from),
    duration: number((starts[i + 1] ?? end) - from),
    active: '*',
  }));
}

/** Doses at times as doses of phases. Those of one time keep their order; all times lie above 0 and below `end`. */
export function addTimedDoses(assembler: Assembler, doses: readonly TimedDose[], end: number): void {
  if (doses.length === 0) return;
  const times = doses.map(({ time }) => time);
  for (const { name, duration, active } of phasesBetween(times, end)) assembler.phase(name, duration, active);
  for (const { species, amount, mode, time, at } of doses) {
    const when = { kind: 'phase' as const, phase: phaseAt(time) };
    assembler.dose({ species: { name: species, at }, amount, mode, when, at });
  }
}

/** The same for a network that has no schedule. */
export function giveTimedDoses(network: Network, doses: readonly TimedDose[], end: number): void {
  if (doses.length === 0) return;
  const places = new Map(network.species.map(({ name }, index) => [name, index]));
  const times = doses.map(({ time }) => time);
  network.phases.push(...phasesBetween(times, end));
  for (const { species, amount, mode, time, at } of doses) {
    const dose: Dose = {
      species: places.get(species)!,
      amount,
      mode,
      at: { kind: 'phase', phase: phaseAt(time) },
    };
    network.doses.push(at ? { ...dose, span: at } : dose);
  }
}
