/** Networks whose Jacobians fill up. */

function pairs(count: number, joined: (i: number, j: number) => boolean): string {
  const lines: string[] = [];
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      if (i !== j && joined(i, j))
        lines.push((i + j) % 3 === 0 ? `2 A${i} -> A${i} + A${j}` : `A${i} -> A${j}`);
    }
  }
  return lines.join('\n');
}

/** Every one of n species into every other: a full matrix. */
export const full = (n: number) => ({
  name: `${n} species, all into all`,
  text: pairs(n, () => true),
});

/** A species for each place of a square grid, which spread and react with their neighbours: a band that fills up. */
export const grid = (n: number) => ({
  name: `a grid of ${n} by ${n}`,
  text: pairs(n * n, (i, j) => {
    const [dx, dy] = [Math.abs((i % n) - (j % n)), Math.abs(Math.floor(i / n) - Math.floor(j / n))];
    return dx + dy === 1;
  }),
});
