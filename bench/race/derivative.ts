import type { PlainSystem } from '../plain-system.js';

/** dy/dt in a new array, as the packages on npm ask for it. */
export type Derivative = (t: number, y: number[]) => number[];

/** Longer functions than this are not optimised by V8. */
const MOST_LINES = 500;

/** The derivative as fast as plain JavaScript has it: written out where that pays, else from flat tables. */
export function derivativeOf(system: PlainSystem): Derivative {
  return system.reactions.length <= MOST_LINES ? writtenOut(system) : fromTables(system);
}

function writtenOut({ species, reactions }: PlainSystem): Derivative {
  const sums = species.map(() => '0');
  const rates = reactions.map(({ k, orders, change }, r) => {
    for (const { species: s, value } of change) sums[s] += ` + ${value} * r${r}`;
    const factors = orders.map(({ species: s, value }) => powerOf(`y[${s}]`, value));
    return `const r${r} = ${[k, ...factors].join(' * ')};`;
  });
  return new Function('t', 'y', `${rates.join('\n')}\nreturn [${sums.join(',\n')}];`) as Derivative;
}

const powerOf = (base: string, order: number): string =>
  Number.isInteger(order) && order > 0
    ? new Array<string>(order).fill(base).join(' * ')
    : `Math.pow(${base}, ${order})`;

function fromTables({ species, reactions }: PlainSystem): Derivative {
  const k = Float64Array.from(reactions, (reaction) => reaction.k);
  const orders = reactions.map(({ orders }) => orders);
  const change = reactions.map(({ change }) => change);
  const [orderStart, orderSpecies, orderValue] = flattened(orders);
  const [changeStart, changeSpecies, changeValue] = flattened(change);
  return (_, y) => {
    const slope = new Array<number>(species.length).fill(0);
    for (let r = 0; r < k.length; r++) {
      let rate = k[r];
      for (let f = orderStart[r]; f < orderStart[r + 1]; f++) {
        const value = y[orderSpecies[f]];
        rate *= orderValue[f] === 1 ? value : value ** orderValue[f];
      }
      for (let c = changeStart[r]; c < changeStart[r + 1]; c++)
        slope[changeSpecies[c]] += changeValue[c] * rate;
    }
    return slope;
  };
}

function flattened(
  lists: PlainSystem['reactions'][number]['orders'][],
): [start: Int32Array, species: Int32Array, value: Float64Array] {
  const start = new Int32Array(lists.length + 1);
  lists.forEach((list, r) => {
    start[r + 1] = start[r] + list.length;
  });
  const all = lists.flat();
  return [start, Int32Array.from(all, (t) => t.species), Float64Array.from(all, (t) => t.value)];
}
