import type { NetworkPicture, TraceFrame } from '../worker/protocol';
import type { Graph } from './graph';

/** The phase that a row of a trace belongs to: at an edge the earlier row is the earlier phase's. */
export function phaseAt({ times, phases }: TraceFrame, row: number): number {
  let phase = 0;
  for (let k = 1; k <= row; k++) {
    if (phase + 1 >= phases.length) break;
    if (times[k] === times[k - 1] || times[k] > phases[phase].to * (1 + 1e-6)) phase++;
  }
  return phase;
}

/** How fast every reaction goes at a row of a trace: k · ∏ xᵒ, and 0 where its phase is another. */
export function fluxes(network: NetworkPicture, trace: TraceFrame, row: number): Float64Array {
  const count = trace.times.length;
  const phase = phaseAt(trace, row);
  return Float64Array.from(network.reactions, ({ rate, orders, active }) => {
    if (active.length > 1 && active[phase] === false) return 0;
    let flux = rate;
    for (const { species, count: order } of orders) {
      const level = trace.values[species * count + row];
      flux *= order === 1 ? level : level ** order;
    }
    return Number.isFinite(flux) ? Math.max(0, flux) : 0;
  });
}

/** The same for the reactions of a graph: families sum those of their members. */
export const graphFluxes = ({ reactions }: Graph, all: Float64Array): Float64Array =>
  Float64Array.from(reactions, ({ members }) => members.reduce((sum, place) => sum + all[place], 0));
