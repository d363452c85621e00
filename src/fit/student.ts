/**
 * The probability that |t| of Student's distribution is at most `t`, by the finite sums of Abramowitz & Stegun, Handbook
 * of Mathematical Functions, 26.7.3 and 26.7.4.
 */
function within(t: number, degrees: number): number {
  const theta = Math.atan(t / Math.sqrt(degrees));
  const cosine = Math.cos(theta);
  const square = cosine * cosine;
  const isOdd = degrees % 2 === 1;
  if (degrees === 1) return (2 * theta) / Math.PI;
  let term = isOdd ? cosine : 1;
  let sum = term;
  for (let j = isOdd ? 3 : 2; j <= degrees - 2; j += 2) {
    term *= (square * (j - 1)) / j;
    sum += term;
  }
  return isOdd ? (2 * (theta + Math.sin(theta) * sum)) / Math.PI : Math.sin(theta) * sum;
}

/** Beyond so many degrees of freedom Student's distribution is the normal one to five digits; sums would be long. */
const MOST_DEGREES = 10_000;

/**
 * The t within which Student's distribution holds a part of its probability: 2.2281 for 0.95 and 10 degrees of freedom.
 * @param part in (0, 1)
 * @param degrees of freedom, a whole number ≥ 1
 */
export function studentQuantile(part: number, degrees: number): number {
  const known = Math.min(degrees, MOST_DEGREES);
  let low = 0;
  let high = 1;
  while (within(high, known) < part) high *= 2;
  for (let middle = 0.5 * (low + high); middle > low && middle < high; middle = 0.5 * (low + high)) {
    if (within(middle, known) < part) low = middle;
    else high = middle;
  }
  return high;
}
