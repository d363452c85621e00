import { createRandom } from '../../learning/index.js';
import type { CheckedSweep, Varied } from './check.js';
import { type Factor, gridValues, within } from './ranges.js';
import type { OptionValue } from './settings.js';

/** What a design makes of a checked sweep: the factors, and every case's values of them. */
export interface Design {
  factors: Factor[];
  /** By full name; an option that a case of a list lacks is not there. */
  cases: Map<string, OptionValue>[];
}

const SEED: Factor = { name: 'seed', path: 'seed', kind: { type: 'whole' } };

/** All cases in their order. */
export function designOf({ grid, latin, list, seeds }: CheckedSweep): Design {
  const parts: Map<string, OptionValue>[][] = grid.map((factor) => crossed(factor));
  if (latin !== undefined) parts.push(latinCases(latin));
  if (list !== undefined) parts.push(list.cases);
  if (seeds.length > 0) parts.push(seeds.map((seed) => new Map([[SEED.path, seed]])));
  let cases: Map<string, OptionValue>[] = [new Map()];
  for (const part of parts) {
    cases = cases.flatMap((before) => part.map((values) => new Map([...before, ...values])));
  }
  return {
    factors: [
      ...grid,
      ...(latin?.over ?? []),
      ...(list?.factors ?? []),
      ...(seeds.length > 0 ? [SEED] : []),
    ].map(({ name, path, kind }) => ({ name, path, kind })),
    cases,
  };
}

function crossed({ path, kind, over }: Varied): Map<string, OptionValue>[] {
  const values = Array.isArray(over) ? over : gridValues(over, kind);
  return values.map((value) => new Map([[path, value]]));
}

/**
 * A Latin hypercube (McKay, Beckman & Conover 1979): each factor's range is cut into as many strata as there are samples,
 * and each stratum has one sample, at a random place in it. Every factor draws from a stream of its own, so that its
 * values do not depend on the others.
 */
function latinCases({ samples, seed, over }: NonNullable<CheckedSweep['latin']>): Map<string, OptionValue>[] {
  const columns = over.map(({ path, kind, over: space }): [string, OptionValue[]] => {
    const random = createRandom(seed, `latin ${path}`);
    const strata = random.shuffle(Array.from({ length: samples }, (_, k) => k));
    const parts = strata.map((stratum) => (stratum + random.uniform()) / samples);
    return [path, parts.map((part) => sampled(space, kind, part))];
  });
  return Array.from(
    { length: samples },
    (_, k) => new Map(columns.map(([path, values]) => [path, values[k]])),
  );
}

/** @param part in [0, 1) */
function sampled(space: Varied['over'], kind: Factor['kind'], part: number): OptionValue {
  if (Array.isArray(space)) return space[Math.floor(part * space.length)];
  const { from, to, scale, whole } = space;
  // Rounding would take each end half as often as the others.
  if ((whole === true || kind.type === 'whole') && scale !== 'log') {
    return Math.ceil(from) + Math.floor(part * (Math.floor(to) - Math.ceil(from) + 1));
  }
  return within(space, kind, part);
}
