/** What programs are asked: numbers that a seed draws, and what they are to come to. */
import type { Random } from '../learning/index.js';

/** A question to a program, and its answer. */
export interface Question {
  values?: Readonly<Record<string, number>>;
  epsilon?: number;
  asked: string;
  answer: number;
  /** Passes through all steps until it is there; 0 without a clock. */
  turns: number;
}

/** Whole numbers from `least` to `most`. */
export const between = (random: Random, least: number, most: number): number =>
  least + Math.floor(random.uniform(0, most - least + 1));

/** What is subtracted goes on for as long as the most of these take. */
const MOST_SUBTRACTIONS = 8;

export function euclid(random: Random): Question {
  for (;;) {
    const [a0, b0] = [between(random, 2, 40), between(random, 2, 40)];
    let [a, b, turns] = [a0, b0, 0];
    for (; a !== b; turns++) [a, b] = a > b ? [a - b, b] : [a, b - a];
    if (turns > MOST_SUBTRACTIONS) continue;
    return { values: { a0, b0 }, asked: `of ${a0} and ${b0}`, answer: a, turns: turns + 1 };
  }
}

export function factorial(random: Random): Question {
  const n = between(random, 2, 6);
  let answer = 1;
  for (let k = 2; k <= n; k++) answer *= k;
  return { values: { n }, asked: `${n}!`, answer, turns: n + 1 };
}

export function root(random: Random): Question {
  const n = 10 ** random.uniform(-1, 2);
  return { values: { n }, asked: `of ${n.toFixed(3)}`, answer: Math.sqrt(n), turns: 0 };
}

export function points(random: Random): Question {
  const [ax, ay, bx, by] = [1, 2, 3, 4].map(() => random.uniform(0.5, 9));
  const answer = Math.sqrt((ax - bx) ** 2 + (ay - by) ** 2);
  const asked = `from ${ax.toFixed(2)}, ${ay.toFixed(2)} to ${bx.toFixed(2)}, ${by.toFixed(2)}`;
  return { values: { ax, ay, bx, by }, asked, answer, turns: 3 };
}

/** Of a program without inputs, the seed draws how fast its clock turns. */
export const series =
  (answer: number, turns: number) =>
  (random: Random): Question => {
    const epsilon = 10 ** random.uniform(-11, -9);
    return { epsilon, asked: `with ε = ${epsilon.toExponential(1)}`, answer, turns };
  };
