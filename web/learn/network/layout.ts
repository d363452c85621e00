import { letters, ROLES } from '../species';
import type { Graph } from './graph';

/** Places of a graph's nodes in a plane: species first, then reactions. */
export interface Layout {
  x: Float64Array;
  y: Float64Array;
  /** Pairs of places that are joined. */
  joins: Uint32Array;
  /** Rounds of improvement so far. */
  round: number;
}

/** Rounds after which nothing more is gained. */
export const ROUNDS = 260;
/** Distance that a join wants, and how strongly nodes keep apart. */
const REST = 1;
const APART = 0.9;
/** Pull to the middle line, which keeps the parts of a graph together. */
const GATHER = 0.025;

/** From left to right as an example goes through the pot: inputs, weights, nodes, output, error, gradient. */
const COLUMNS = new Map<string, number>([
  ...ROLES[0].letters.map((letter) => [letter, 0] as const),
  ['P', 1],
  ['H', 1],
  ['B', 1],
  ['Z', 2],
  ['F', 2],
  ['O', 3],
  ['D', 3],
  ['W', 3],
  ['Y', 3.6],
  ['E', 4],
  ['L', 4],
  ['A', 4.5],
  ['G', 5],
  ['V', 5],
  ['M', 5],
  ['N', 5],
]);

/** A start that is the same every time: species in columns by their role, reactions amid what they join. */
export function startLayout({ species, reactions }: Graph): Layout {
  const count = species.length + reactions.length;
  const [x, y] = [new Float64Array(count), new Float64Array(count)];
  const joins: number[] = [];
  const filled = new Map<number, number>();
  species.forEach(({ name }, k) => {
    const column = COLUMNS.get(letters(name)) ?? 2.5;
    const row = filled.get(column) ?? 0;
    filled.set(column, row + 1);
    x[k] = 2.2 * column;
    // From the middle outwards, above and below in turn.
    y[k] = (row % 2 === 0 ? 1 : -1) * Math.ceil(row / 2) * 0.7 + 0.013 * k;
  });
  reactions.forEach(({ uses, makes, needs }, r) => {
    const place = species.length + r;
    const around = [...uses, ...makes, ...needs];
    // A spiral keeps apart those that join the same species.
    const angle = 2.4 * r;
    const mean = (of: Float64Array) =>
      around.reduce((sum, node) => sum + of[node], 0) / Math.max(1, around.length);
    x[place] = mean(x) + 0.3 * Math.cos(angle);
    y[place] = mean(y) + 0.3 * Math.sin(angle);
    for (const node of around) joins.push(node, place);
  });
  return { x, y, joins: Uint32Array.from(joins), round: 0 };
}

/** One round: joined nodes draw near, all others keep apart, and moves get smaller from round to round. */
export function improve(layout: Layout): void {
  const { x, y, joins } = layout;
  const count = x.length;
  const [fx, fy] = [new Float64Array(count), new Float64Array(count)];
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) {
      const dx = x[a] - x[b];
      const dy = y[a] - y[b];
      const square = dx * dx + dy * dy + 0.01;
      if (square > 16) continue;
      const force = (APART * APART) / square;
      fx[a] += dx * force;
      fy[a] += dy * force;
      fx[b] -= dx * force;
      fy[b] -= dy * force;
    }
    fy[a] -= GATHER * y[a];
  }
  for (let j = 0; j < joins.length; j += 2) {
    const [a, b] = [joins[j], joins[j + 1]];
    const dx = x[b] - x[a];
    const dy = y[b] - y[a];
    const distance = Math.sqrt(dx * dx + dy * dy) + 1e-9;
    const force = (0.12 * (distance - REST)) / distance;
    fx[a] += dx * force;
    fy[a] += dy * force;
    fx[b] -= dx * force;
    fy[b] -= dy * force;
  }
  const most = 0.35 * (1 - layout.round / ROUNDS) + 0.01;
  for (let k = 0; k < count; k++) {
    const size = Math.hypot(fx[k], fy[k]);
    const scale = size > most ? most / size : 1;
    x[k] += fx[k] * scale;
    y[k] += fy[k] * scale;
  }
  layout.round++;
}
