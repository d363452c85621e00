import { activeReactions } from '../network/active.js';
import { evaluateExpression, parameterValues } from '../network/expression.js';
import type { Expression, Network } from '../network/model.js';

/** What happens at a time of a run under an outside schedule. */
export interface Edge {
  time: number;
  phase: number;
  /** In the network's order. */
  doses: { species: number; amount: Expression; mode: 'add' | 'set' }[];
}

/** Most edges that are written out one by one. */
const mostEdges = 20_000;

/** True where every phase runs all reactions, so that a schedule is nothing but doses. */
export const runsAll = (network: Network): boolean =>
  network.phases.every(({ active }) => activeReactions(network, active).length === network.reactions.length);

/**
 * The beginnings of all phases until the end of the run: once through, or again and again until `simulate to`.
 * @returns null when there are too many to write out
 */
export function timetable(network: Network): Edge[] | null {
  const { phases, doses, simulation } = network;
  if (phases.length === 0) return [];
  const values = parameterValues(network);
  const durations = phases.map(({ duration }) => evaluateExpression(duration, values));
  const once = durations.reduce((sum, duration) => sum + duration, 0);
  const end = simulation.to ? evaluateExpression(simulation.to, values) : once;
  const edges: Edge[] = [];
  let time = 0;
  for (let k = 0; time < end; k++) {
    if (edges.length >= mostEdges) return null;
    const phase = k % phases.length;
    const { name } = phases[phase]!;
    edges.push({
      time,
      phase,
      doses: doses.filter(({ at }) => at.kind === 'phase' && at.phase === name),
    });
    time += durations[phase]!;
  }
  return edges;
}
