import type { TestProblem } from './problem.js';

/**
 * The Brusselator with diffusion in one dimension, BRUSS of Hairer & Wanner (Solving ODEs II, IV.10): u and v in N cells
 * between walls that hold u = 1 and v = 3, diffusion α = 1/50 as hops of rate α(N + 1)². 2N species, 8N + 4 reactions.
 */
export function diffusingBrusselator(cells: number): TestProblem {
  const lines: string[] = [];
  const hop = (cells + 1) ** 2 / 50;
  for (let i = 0; i < cells; i++) {
    lines.push(`init u${i} = ${1 + Math.sin((2 * Math.PI * (i + 1)) / (cells + 1))}, v${i} = 3`);
    lines.push(`∅ ->{1} u${i}`, `u${i} ->{3} v${i}`, `2 u${i} + v${i} ->{1} 3 u${i}`, `u${i} ->{1} ∅`);
    for (const [species, wall] of [
      ['u', 1],
      ['v', 3],
    ] as const) {
      for (const neighbour of [i - 1, i + 1]) {
        if (neighbour >= 0 && neighbour < cells)
          lines.push(`${species}${i} ->{${hop}} ${species}${neighbour}`);
        else lines.push(`${species}${i} ->{${hop}} ∅`, `∅ ->{${hop * wall}} ${species}${i}`);
      }
    }
  }
  return { name: `bruss1d_${cells}`, text: lines.join('\n'), ends: [{ to: 10, state: {} }] };
}
