/** The value below which the part `p` of the numbers lies, even between neighbours. */
export function quantile(numbers: readonly number[], p: number): number {
  const sorted = [...numbers].sort((x, y) => x - y);
  const at = p * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

/**
 * Digits that agree: of all species the worst, −log₁₀ of its difference over its size. What is smaller than `floor` is not
 * asked for. At most 16.
 */
export function digits(
  found: ArrayLike<number>,
  reference: ArrayLike<number>,
  floor: (species: number) => number,
): number {
  let worst = 0;
  for (let i = 0; i < reference.length; i++) {
    const scale = Math.max(Math.abs(reference[i]), floor(i));
    const error = Math.abs(found[i] - reference[i]) / scale;
    if (Number.isNaN(error)) return 0;
    if (error > worst) worst = error;
  }
  return worst === 0 ? 16 : Math.max(0, Math.min(16, -Math.log10(worst)));
}
