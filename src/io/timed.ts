import type { Assembler } from '../network/assembler.js';
import type { Dose, Expression, SourceSpan } from '../network/model.js';

/** A dose at a time. */
export interface TimedDose {
  species: string;
  amount: Expression;
  mode: Dose['mode'];
  time: number;
  at?: SourceSpan | undefined;
}

const number = (value: number): Expression => ({ kind: 'number', value });

/**
 * Doses at times as phases that follow each other, in all of which everything runs; the last ends at `end`.
 * Doses of one time keep their order. All times lie above 0 and below `end`.
 */
export function addTimedDoses(assembler: Assembler, doses: readonly TimedDose[], end: number): void {
  if (doses.length === 0) return;
  const times = [...new Set(doses.map(({ time }) => time))].sort((a, b) => a - b);
  const edges = [0, ...times, end];
  for (const [i, from] of edges.slice(0, -1).entries()) {
    assembler.phase(phaseAt(from), number(edges[i + 1]! - from), '*');
  }
  for (const { species, amount, mode, time, at } of doses) {
    assembler.dose({
      species: { name: species, at },
      amount,
      mode,
      when: { kind: 'phase', phase: phaseAt(time) },
      at,
    });
  }
}

const phaseAt = (time: number): string => `t${time}`;
