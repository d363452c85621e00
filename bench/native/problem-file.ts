import type { PlainSystem } from '../plain-system.js';

/**
 * A system in the text that `cvode.c` reads.
 * @throws RangeError for an order that is no whole number: it has no list of factors
 */
export function problemFile({ species, initial, reactions }: PlainSystem, to: number): string {
  const lines = [`${species.length} ${reactions.length} ${to}`, initial.join(' ')];
  for (const { k, orders, change } of reactions) {
    const factors = orders.flatMap(({ species: s, value }) => {
      if (!Number.isInteger(value) || value < 0)
        throw new RangeError(`an order is ${value}; cvode.c wants whole ones`);
      return new Array<number>(value).fill(s);
    });
    const changes = change.flatMap(({ species: s, value }) => [s, value]);
    lines.push([k, factors.length, ...factors, change.length, ...changes].join(' '));
  }
  return `${lines.join('\n')}\n`;
}
