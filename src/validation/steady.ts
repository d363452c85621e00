import { type SteadyOptions, sequestration, smoothRelu, weightCount } from '../circuits/index.js';
import { createRandom } from '../learning/index.js';
import type { Network } from '../network/index.js';
import { simulate } from '../simulate/inlined.js';
import type { Claim } from './claim.js';
import {
  atMost,
  inPart,
  type Measurement,
  sizeClaims,
  type Validation,
  type ValidationContext,
  type ValidationRecipe,
  yes,
} from './validation.js';

/** What one neuron answers to its sum z, beside its law. */
export interface ShownResponse {
  z: number[];
  curves: { name: string; chemistry: number[]; law: number[] }[];
}

/** A neuron's rest by its sum z and the part of it with positive weights. */
type Law = (z: number, positive: number) => number;

interface Built {
  network: Network;
  outputs: string[];
  counts: Measurement['size'];
}

/** A kind of neuron with one choice of its constants. */
interface Kind {
  name: string;
  build: (options: SteadyOptions) => Built;
  law: Law;
}

const SOFTNESS = 0.05;
/** A corner that decides bits. */
const SHARP = 0.01;

const soft = (softness: number): Kind => ({
  name: `h = ${softness}`,
  build: (options) => smoothRelu({ ...options, softness }),
  law: (z) => (z + Math.sqrt(z * z + 4 * softness)) / 2,
});

const DILUTION = 0.5;
/** φy + γ·y·(y − z/φ) = p by its positive root; for γ → ∞ max(0, z)/φ. */
const sequestered = (gamma: number, dilution = DILUTION): Kind => ({
  name: `γ = ${gamma}`,
  build: (options) => sequestration({ ...options, gamma, dilution }),
  law: (z, positive) => {
    const b = dilution - (gamma * z) / dilution;
    const root = Math.sqrt(b * b + 4 * gamma * positive);
    // Of the two forms the one that subtracts nothing from its like.
    return b > 0 ? (2 * positive) / (b + root) : (root - b) / (2 * gamma);
  },
});
const limit: Law = (z) => Math.max(0, z) / DILUTION;

/** A feedforward network on numbers. */
function ideal(
  sizes: readonly number[],
  weights: readonly number[],
  x: readonly number[],
  law: Law,
): number[] {
  let e = 0;
  return sizes.slice(1).reduce<number[]>(
    (values, neurons) =>
      Array.from({ length: neurons }, () => {
        const terms = values.concat(1).map((value) => value * weights[e++]);
        const sum = (parts: readonly number[]) => parts.reduce((a, b) => a + b, 0);
        return law(sum(terms), sum(terms.filter((term) => term > 0)));
      }),
    [...x],
  );
}

/** Long enough for the slowest neuron, at a sum of 0: k√(4h) of smooth ones, φ of others. */
const TO = 200;
/** Of neurons, where they do not start from nothing. */
const START = 3;

async function rest(
  { network, outputs }: Built,
  { engine, signal }: ValidationContext,
  start = 0,
): Promise<number[]> {
  const neurons = network.species.filter(({ name }) => name.startsWith('Y'));
  const { final } = await simulate(network, {
    to: TO,
    rtol: 1e-9,
    atol: 1e-12,
    initial: Object.fromEntries(neurons.map(({ name }) => [name, start])),
    ...(engine && { engine }),
    ...(signal && { signal }),
  });
  return outputs.map((name) => final[name]);
}

const farthest = (values: readonly number[], others: readonly number[]) =>
  Math.max(...values.map((value, k) => Math.abs(value - others[k])));

const SIZES = [2, 4, 3];
const NEURONS = SIZES.slice(1).reduce((a, b) => a + b);

/** |a − b| = max(0, a − b) + max(0, b − a), neuron by neuron, each with its bias at the end. */
const XOR = { sizes: [2, 2, 1], weights: [...[1, -1, 0], ...[-1, 1, 0], ...[1, 1, 0]] };

async function xorIsRight({ build }: Kind, context: ValidationContext): Promise<number> {
  let right = true;
  for (const x of [0, 1, 2, 3].map((row) => [row >> 1, row & 1])) {
    const [answer] = await rest(build({ ...XOR, x }), context);
    right &&= answer > 0.5 === (x[0] !== x[1]);
  }
  return yes(right);
}

/** Sums at which one neuron is asked. */
const Z = Array.from({ length: 21 }, (_, k) => (k - 10) / 5);

async function responseOf(kinds: readonly Kind[], context: ValidationContext): Promise<ShownResponse> {
  const curves: ShownResponse['curves'] = [];
  for (const { name, build, law } of kinds) {
    const one = { name, chemistry: [] as number[], law: [] as number[] };
    for (const z of Z) {
      // An input of 2 and a bias that is the rest of the sum.
      const [weight, x] = [1, 2];
      const [y] = await rest(build({ sizes: [1, 1], weights: [weight, z - weight * x], x: [x] }), context);
      one.chemistry.push(y);
      one.law.push(law(z, weight * x + Math.max(0, z - weight * x)));
    }
    curves.push(one);
  }
  return { z: Z, curves };
}

const OFF = 'off its law';
const STARTS = 'from another start';
const XOR_RIGHT = 'XOR right';
/** What the integration leaves. */
const EXACT = 1e-6;
const shared: readonly Claim[] = [atMost(OFF, EXACT), atMost(STARTS, EXACT), inPart(XOR_RIGHT, 1)];

function recipe(
  title: string,
  own: Kind,
  deciding: Kind,
  shown: readonly Kind[],
  claims: readonly Claim[],
  also: (
    draw: SteadyOptions & { weights: number[]; x: number[] },
    context: ValidationContext,
  ) => Promise<Record<string, number>>,
): ValidationRecipe<ShownResponse> {
  return {
    title,
    settings: { sizes: SIZES, own: own.name, deciding: deciding.name, shown: shown.map(({ name }) => name) },
    claims: [...shared, ...claims],
    seconds: 1,
    async measure(seed, context) {
      const random = createRandom(seed, 'steady');
      const weights = Array.from({ length: weightCount(SIZES) }, () => random.normal());
      const x = Array.from({ length: SIZES[0] }, () => random.uniform(0, 2));
      const draw = { sizes: SIZES, weights, x };
      const built = own.build(draw);
      const values = await rest(built, context);
      const { species, reactions } = built.counts;
      return {
        values: {
          [OFF]: farthest(values, ideal(SIZES, weights, x, own.law)),
          [STARTS]: farthest(values, await rest(built, context, START)),
          [XOR_RIGHT]: await xorIsRight(deciding, context),
          species,
          reactions,
          ...(await also(draw, context)),
        },
        size: built.counts,
        shown: await responseOf(shown, context),
      };
    },
  };
}

const NEARER = 'γ = 1000 nearer limit, times';

/** Neurons that compute at rest, in networks with weights and inputs of their own for every seed. */
export const steadyNeurons: Validation<ShownResponse> = {
  title: 'networks that compute at rest, after Anderson et al. and after Moorman et al., our reactions',
  system: 'smooth-relu, sequestration',
  origin: 'reconstruction',
  source:
    'Anderson, Joshi & Deshpande, J. R. Soc. Interface 18, 2021; Moorman, Samaniego, Maley & Weiss, IEEE CDC 2019',
  seedOf: 'weights and inputs of a 2-4-3 network',
  standard: 'smooth-relu',
  recipes: {
    'smooth-relu': recipe(
      'smooth rectifiers, one species each: y = (z + √(z² + 4h))/2 from any start',
      soft(SOFTNESS),
      soft(SHARP),
      [soft(SOFTNESS), soft(0.5)],
      // One species and two reactions a neuron, an input or a weight each.
      sizeClaims(SIZES[0] + NEURONS, weightCount(SIZES) + 2 * NEURONS),
      () => Promise.resolve({}),
    ),
    sequestration: recipe(
      'perceptrons by sequestration, two species each: max(0, z)/φ for γ → ∞',
      sequestered(1000),
      sequestered(1000, 1),
      [sequestered(10), sequestered(1000)],
      [
        // Where z is about 0, what is missing falls as 1/√γ, by ten; elsewhere faster.
        {
          name: NEARER,
          by: 'mathematics',
          wanted: 10,
          tolerance: { kind: 'atLeast' },
        },
        ...sizeClaims(SIZES[0] + 2 * NEURONS, weightCount(SIZES) + 3 * NEURONS),
      ],
      async (draw, context) => {
        const far: number[] = [];
        for (const gamma of [10, 1000]) {
          const values = await rest(sequestered(gamma).build(draw), context);
          far.push(farthest(values, ideal(draw.sizes, draw.weights, draw.x, limit)));
        }
        return { [NEARER]: far[0] / far[1] };
      },
    ),
  },
};
