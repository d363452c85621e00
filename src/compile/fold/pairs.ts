import type { Network, SpeciesTerm } from '../../network/model.js';
import { type Flow, flowKey, flowsOf } from './rates.js';

/** Rounding that a sum of rate constants may have beside its terms. */
const ROUNDING = 1e-12;

/**
 * Pairs of species of which all the rest of the network knows the difference only: dual rails. Returns the partner of each species,
 * −1 for those without. The first of a pair is the one with the lower index.
 *
 * Pairs are sought from annihilations (`A + B -> ∅`) and along what they make, and kept while this holds: whatever a
 * reaction does that reads one of a pair, a reaction of equal constant, orders and phases undoes that reads the other in its
 * place. Then the derivative of every other species, and of every difference, depends on differences only, so two states
 * with the same differences stay so. Reactions that change no difference and no other species may read what they like. (An
 * exact linear lumping in the sense of Li and Rabitz, Chem. Eng. Sci. 44, 1413, 1989.)
 *
 * @param phases reactions that each phase runs
 */
export function differencePairs(
  network: Network,
  phases: readonly (readonly number[])[],
  constants: ArrayLike<number>,
): Int32Array {
  const flows = flowsOf(network, phases, constants);
  const readers: Flow[][] = network.species.map(() => []);
  for (const flow of flows.values()) for (const { species } of flow.orders) readers[species].push(flow);
  const partner = new Int32Array(network.species.length).fill(-1);
  propose(flows, readers, partner);
  const members = [...partner.keys()].filter((a) => partner[a] > a);
  // A pair that is refused may have been what others rely on.
  for (let refused = true; refused; ) {
    refused = false;
    for (const a of members) {
      const b = partner[a];
      if (b < 0 || (isKnownByDifference(a, b) && isKnownByDifference(b, a))) continue;
      partner[a] = -1;
      partner[b] = -1;
      refused = true;
    }
  }
  return partner;

  function isKnownByDifference(a: number, b: number): boolean {
    return readers[a].every((flow) => {
      if (changesNothing(flow, partner)) return true;
      if (!flow.orders.every(({ species, value }) => species !== b && (species !== a || value === 1)))
        return false;
      const mirror = flows.get(flowKey(exchanged(flow.orders, a, b), flow.phases));
      return mirror !== undefined && cancels(flow, mirror, partner);
    });
  }
}

const exchanged = (orders: readonly SpeciesTerm[], a: number, b: number): SpeciesTerm[] =>
  orders.map((term) => (term.species === a ? { species: b, value: term.value } : term));

/** Marks pairs that annihilate, and those that the reactions of a pair make alike. */
function propose(flows: Map<string, Flow>, readers: readonly Flow[][], partner: Int32Array): void {
  const found: [number, number][] = [];
  const pair = (a: number, b: number) => {
    if (a === b || partner[a] >= 0 || partner[b] >= 0) return;
    partner[a] = b;
    partner[b] = a;
    found.push([Math.min(a, b), Math.max(a, b)]);
  };
  for (const { orders, change } of flows.values()) {
    if (orders.length !== 2 || change.size !== 2) continue;
    const [a, b] = orders.map(({ species }) => species);
    if (orders.every(({ value }) => value === 1) && change.get(a)! < 0 && change.get(a) === change.get(b)) {
      pair(a, b);
    }
  }
  for (let next = found.pop(); next !== undefined; next = found.pop()) {
    const [a, b] = next;
    for (const flow of readers[a]) {
      const mirror = flows.get(flowKey(exchanged(flow.orders, a, b), flow.phases));
      if (mirror === undefined || mirror === flow) continue;
      for (const [x, value] of flow.change) {
        if (partner[x] >= 0 || (mirror.change.get(x) ?? 0) !== 0) continue;
        const same = [...mirror.change].filter(
          ([y, v]) => partner[y] < 0 && v === value && (flow.change.get(y) ?? 0) === 0,
        );
        if (same.length === 1) pair(x, same[0][0]);
      }
    }
  }
}

/** Whether a flow changes neither a difference nor anything else. */
export function changesNothing({ change }: Pick<Flow, 'change'>, partner: Int32Array): boolean {
  for (const [s, value] of change) {
    if (partner[s] < 0 || change.get(partner[s]) !== value) return false;
  }
  return true;
}

/** Whether two flows change every difference, and everything that is in no pair, by opposite amounts. */
function cancels(one: Flow, other: Flow, partner: Int32Array): boolean {
  for (const s of new Set([...one.change.keys(), ...other.change.keys()])) {
    const mate = partner[s];
    const parts = [one, other].flatMap(({ change }) => [
      change.get(s) ?? 0,
      mate < 0 ? 0 : -(change.get(mate) ?? 0),
    ]);
    const largest = parts.reduce((most, part) => Math.max(most, Math.abs(part)), 0);
    if (Math.abs(parts.reduce((sum, part) => sum + part, 0)) > ROUNDING * largest) return false;
  }
  return true;
}
