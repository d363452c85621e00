/** ln Γ(x) for x > 0 by Lanczos' approximation (g = 7), to about 15 digits. */
function logGamma(x: number): number {
  const coefficients = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
    12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  const t = x + 6.5;
  const sum = coefficients.reduce((total, c, i) => (i === 0 ? c : total + c / (x - 1 + i)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

/** Probability that a chi-square variable of so many degrees of freedom is above x. */
export function chiSquareTail(x: number, freedom: number): number {
  const [a, z] = [freedom / 2, x / 2];
  if (z <= 0) return 1;
  const scale = Math.exp(a * Math.log(z) - z - logGamma(a));
  if (z < a + 1) {
    // The series of the lower part.
    let term = 1 / a;
    let sum = term;
    for (let n = 1; term > sum * 1e-16; n++) sum += term *= z / (a + n);
    return 1 - scale * sum;
  }
  // Lentz' continued fraction of the upper part.
  let b = z + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < 10_000; n++) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return scale * h;
}

/** Fewest expected in a class: rarer ones are put together with their neighbours. */
const LEAST = 10;

/**
 * How likely samples of whole numbers are to lie as far from a distribution as these do.
 * @param probability of 0, 1, 2 …, as far as there is any worth mentioning
 */
export function goodness(samples: readonly number[], probability: readonly number[]): number {
  const counts = probability.map(() => 0);
  let beyond = 0;
  for (const sample of samples) {
    if (sample < counts.length) counts[sample]++;
    else beyond++;
  }
  const classes: { found: number; expected: number }[] = [];
  let open = { found: 0, expected: 0 };
  probability.forEach((p, k) => {
    open.found += counts[k];
    open.expected += p * samples.length;
    if (open.expected < LEAST) return;
    classes.push(open);
    open = { found: 0, expected: 0 };
  });
  const last = classes[classes.length - 1];
  last.found += open.found + beyond;
  last.expected = samples.length - classes.slice(0, -1).reduce((sum, { expected }) => sum + expected, 0);
  const statistic = classes.reduce((sum, { found, expected }) => sum + (found - expected) ** 2 / expected, 0);
  return chiSquareTail(statistic, classes.length - 1);
}

/** How likely two sets of samples of whole numbers of one distribution are to lie as far apart as these do. */
export function homogeneity(one: readonly number[], other: readonly number[]): number {
  const most = Math.max(...one, ...other);
  const counts = [one, other].map((samples) => {
    const all = new Array<number>(most + 1).fill(0);
    for (const sample of samples) all[sample]++;
    return all;
  });
  const classes: [number, number][] = [];
  let open: [number, number] = [0, 0];
  for (let k = 0; k <= most; k++) {
    open = [open[0] + counts[0][k], open[1] + counts[1][k]];
    if (open[0] + open[1] < 2 * LEAST) continue;
    classes.push(open);
    open = [0, 0];
  }
  const last = classes[classes.length - 1];
  classes[classes.length - 1] = [last[0] + open[0], last[1] + open[1]];
  const [a, b] = [Math.sqrt(other.length / one.length), Math.sqrt(one.length / other.length)];
  const statistic = classes.reduce((sum, [x, y]) => sum + (a * x - b * y) ** 2 / (x + y), 0);
  return chiSquareTail(statistic, classes.length - 1);
}

/** Probabilities of a Poisson distribution up to where they vanish. */
export function poissonProbabilities(mean: number): number[] {
  const last = Math.ceil(mean + 12 * Math.sqrt(mean) + 12);
  return Array.from({ length: last + 1 }, (_, k) => Math.exp(-mean + k * Math.log(mean) - logGamma(k + 1)));
}
