import type { TestProblem } from './problem.js';

/**
 * The forward phase of a dual-rail neural network of n inputs with a full weight matrix and quadratic decay: 2n² + 4n
 * + 2 species, 4n² + 5n reactions, all but the 2n hidden species held. Concentrations are fixed, not random.
 */
export function neuralForward(n: number): TestProblem {
  const lines: string[] = [];
  // Spread over [0, 2) without a generator: multiples of the golden ratio.
  let next = 0;
  const level = () => {
    next = (next + 0.618033988749895) % 1;
    return 2 * next;
  };
  const rails = ['+', '-'];
  for (let i = 1; i <= n; i++) {
    for (let j = 1; j <= n; j++) {
      for (const s of rails) {
        lines.push(`init P[${i},${j}]${s} = ${level()}`);
        for (const t of rails) {
          const out = s === t ? '+' : '-';
          lines.push(`P[${i},${j}]${s} + X[${j}]${t} -> Z[${i}]${out} + P[${i},${j}]${s} + X[${j}]${t}`);
        }
      }
    }
    for (const s of rails) {
      lines.push(`init X[${i}]${s} = ${level()}`, `init Z[${i}]${s} = ${level()}`);
      lines.push(`2 Z[${i}]${s} ->{0.5} Z[${i}]${s}`, `H${s} -> Z[${i}]${s} + H${s}`);
    }
    lines.push(`Z[${i}]+ + Z[${i}]- ->{100} ∅`);
  }
  for (const s of rails) lines.push(`init H${s} = ${level()}`);
  return { name: `neural_${n}`, text: lines.join('\n'), ends: [{ to: 1, state: {} }] };
}
