import { type ChangeRow, greatestDivisor } from './stoichiometry.js';

/** A weighted sum of species: weights by species index, none of them zero. */
export type Sum = Map<number, number>;

/**
 * Entries of sums that may be read or written before the exact elimination gives up. Reached only by networks
 * without structure, whose sums fill up; about a third of a second.
 */
const mostWork = 5_000_000;

/** A sum under way, with a bound on the size of its weights. */
interface Pool {
  sum: Sum;
  largest: number;
  /** True once the weights may have both signs. */
  signed: boolean;
}

/**
 * Finds what all reactions conserve. It begins with every species as a pool of its own; each net change that a pool
 * feels joins it with others so that the joined pools feel nothing. A change felt with both signs joins pools pair
 * by pair along a tree of (gaining, losing) pairs, which keeps all weights positive and loses no dimension.
 *
 * @returns a basis of whole weights for what the rows conserve, and the rows that were left out of it: those without
 * whole numbers, and all from the first on that would have made the weights or the work too large
 */
export function poolSpecies(rows: readonly ChangeRow[]): { sums: Sum[]; open: ChangeRow[] } {
  const pools = new Pools(rows);
  const open: ChangeRow[] = [];
  let givenUp = false;
  for (const row of rows) {
    if (row.exact && !givenUp && pools.join(row)) continue;
    givenUp ||= row.exact;
    open.push(row);
  }
  return { sums: pools.sums(), open };
}

class Pools {
  private readonly pools = new Map<number, Pool>();
  /** For every species the pools it has a weight in. */
  private readonly members = new Map<number, Set<number>>();
  private work = 0;

  constructor(rows: readonly ChangeRow[]) {
    for (const row of rows) {
      for (const species of row.species) {
        if (this.pools.has(species)) continue;
        this.pools.set(species, { sum: new Map([[species, 1]]), largest: 1, signed: false });
        this.members.set(species, new Set([species]));
      }
    }
  }

  sums(): Sum[] {
    return [...this.pools.values()].map(({ sum }) => sum);
  }

  /** Makes all pools conserve the row. False, with nothing changed, when numbers or work would grow too large. */
  join(row: ChangeRow): boolean {
    const felt = this.feel(row);
    if (felt.length === 0) return true;
    const plan = planOf(felt);
    let cost = 0;
    for (const { target, source } of plan) {
      cost += source.pool.sum.size;
      if (target.felt !== source.felt && target.felt !== -source.felt) cost += target.pool.sum.size;
      const { scale, weight } = factorsOf(target.felt, source.felt);
      const bound = scale * target.pool.largest + Math.abs(weight) * source.pool.largest;
      if (bound > Number.MAX_SAFE_INTEGER) return false;
    }
    this.work += cost;
    if (this.work > mostWork) return false;
    for (const { target, source } of plan) this.add(target, source);
    this.drop(plan.length > 0 ? plan.at(-1)!.source : felt[0]!);
    return true;
  }

  private feel(row: ChangeRow): Felt[] {
    const effects = new Map<number, number>();
    for (const [i, species] of row.species.entries()) {
      const members = this.members.get(species)!;
      this.work += members.size;
      for (const id of members) {
        const weight = this.pools.get(id)!.sum.get(species)!;
        effects.set(id, (effects.get(id) ?? 0) + weight * row.values[i]!);
      }
    }
    const felt: Felt[] = [];
    for (const [id, effect] of effects)
      if (effect !== 0) felt.push({ id, felt: effect, pool: this.pools.get(id)! });
    return felt;
  }

  /** target := scale·target + weight·source, which no longer feels the row. */
  private add(target: Felt, source: Felt): void {
    const { scale, weight } = factorsOf(target.felt, source.felt);
    const { pool, id } = target;
    if (scale !== 1) for (const [species, value] of pool.sum) pool.sum.set(species, value * scale);
    for (const [species, value] of source.pool.sum) {
      const sum = (pool.sum.get(species) ?? 0) + weight * value;
      if (sum === 0) {
        pool.sum.delete(species);
        this.members.get(species)!.delete(id);
      } else {
        pool.sum.set(species, sum);
        this.members.get(species)!.add(id);
      }
    }
    pool.largest = scale * pool.largest + Math.abs(weight) * source.pool.largest;
    pool.signed ||= source.pool.signed || weight < 0;
    if (scale !== 1 || Math.abs(weight) !== 1) shorten(pool);
  }

  private drop({ id, pool }: Felt): void {
    for (const species of pool.sum.keys()) this.members.get(species)!.delete(id);
    this.pools.delete(id);
  }
}

/** A pool and the sign and size of the change it feels. */
interface Felt {
  id: number;
  felt: number;
  pool: Pool;
}

/** The whole numbers with scale·target + weight·source = 0 for what both feel; `scale` is positive. */
function factorsOf(target: number, source: number): { scale: number; weight: number } {
  const divisor = greatestDivisor(target, source);
  const scale = Math.abs(source) / divisor;
  return { scale, weight: (-Math.sign(source) * target) / divisor };
}

/** Which pools are added to which, in this order; the source of the last step is used up afterwards. */
function planOf(felt: Felt[]): { target: Felt; source: Felt }[] {
  const sizeOf = ({ pool }: Felt) => pool.sum.size + (pool.signed ? 1e9 : 0);
  const smallest = (side: Felt[]) => side.reduce((best, one) => (sizeOf(one) < sizeOf(best) ? one : best));
  const gaining = felt.filter((one) => one.felt > 0);
  const losing = felt.filter((one) => one.felt < 0);
  if (gaining.length === 0 || losing.length === 0) {
    // Nothing makes up for it: only differences of pools are conserved. A signed pool is the one to give up.
    const source = felt.find(({ pool }) => pool.signed) ?? smallest(felt);
    return felt.filter((one) => one !== source).map((target) => ({ target, source }));
  }
  const gain = smallest(gaining);
  const loss = smallest(losing);
  // The smaller is given up: a chain of joins then costs no more than its length times a logarithm.
  const [give, keep] = sizeOf(gain) < sizeOf(loss) ? [gain, loss] : [loss, gain];
  const [giving, keeping] = give === gain ? [gaining, losing] : [losing, gaining];
  const first = giving.filter((one) => one !== give).map((target) => ({ target, source: keep }));
  return [...first, ...keeping.map((target) => ({ target, source: give }))];
}

function shorten(pool: Pool): void {
  let divisor = 0;
  let largest = 0;
  for (const value of pool.sum.values()) {
    divisor = greatestDivisor(divisor, value);
    if (Math.abs(value) > largest) largest = Math.abs(value);
  }
  pool.largest = largest / divisor;
  if (divisor > 1) for (const [species, value] of pool.sum) pool.sum.set(species, value / divisor);
}
