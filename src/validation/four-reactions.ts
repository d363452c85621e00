import type { Experiment } from '../fit/types.js';
import { createRandom } from '../learning/index.js';
import { type Network, parseNetwork } from '../network/index.js';
import { simulate } from '../simulate/inlined.js';

/** The first case of Ji and Deng (2021). */
export const fourReactions = parseNetwork(
  'init A = 0; init B = 0; init C = 0; init D = 0; init E = 0;' +
    '2 A ->{0.1} B; A ->{0.2} C; C ->{0.13} D; B + D ->{0.3} E',
).network as Network;

export const fourChanges = ['2 A -> B', 'A -> C', 'B + D -> E', 'C -> D'];
export const fourConstants: Record<string, number> = {
  '2 A -> B': 0.1,
  'A -> C': 0.2,
  'B + D -> E': 0.3,
  'C -> D': 0.13,
};

/** Their data: courses of 100 points, 0.4 apart (of fewer, over the same time), from random starts of A and B, each number with an error of a part of it. */
export async function fourCourses(
  seed: number,
  { courses = 20, points = 100, noise = 0.05 }: { courses?: number; points?: number; noise?: number } = {},
): Promise<Experiment[]> {
  const random = createRandom(seed, 'data');
  const times = Array.from({ length: points }, (_, i) => (40 * (i + 1)) / points);
  const found: Experiment[] = [];
  for (let e = 0; e < courses; e++) {
    const initial = { A: random.uniform(0.2, 1.2), B: random.uniform(0.2, 1.2), C: 0, D: 0, E: 0 };
    const solution = await simulate(fourReactions, { initial, to: 40, saveAt: times });
    const values = Object.fromEntries(
      solution.species.map((name) => [
        name,
        Array.from(solution.column(name), (value) => value * (1 + noise * random.normal())),
      ]),
    );
    found.push({ name: String(e + 1), initial, times, values });
  }
  return found;
}
