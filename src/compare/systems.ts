import type { LearnerCircuit } from '../circuits/index.js';
import {
  bfcnnSystem,
  hebbianSystem,
  type LearnerExamples,
  type LearnerSystem,
  lakinSystem,
  neuralStart,
  neuralSystem,
  onePotSystem,
  perceptronSystem,
  perturbationSystem,
  rateIndependentSystem,
} from '../learning/index.js';
import type { Code } from './code.js';
import type { ProblemName } from './problems.js';

/** How a system meets a problem. */
export interface Entry {
  /** The network, in a few words. */
  network: string;
  code: Code;
  /** Options of the builder. */
  options: (examples: LearnerExamples, seed: number) => object;
  /** Whether its pot is given the examples; else the circuit stores them. */
  dosed: boolean;
  /** Why it counts only as a network and is not trained. Default: it is trained. */
  trainedElsewhere?: string;
  solver: { rtol: number; atol: number };
}

/** What a comparison needs of a system; of one without a twin nothing ideal is known. */
export type ComparedSystem = Pick<LearnerSystem<object, LearnerCircuit>, 'build' | 'pot'> &
  Partial<Pick<LearnerSystem<object, LearnerCircuit>, 'twin'>>;

/** A system that is compared, with an entry for every problem, or the reason why it has none. */
export interface Compared {
  title: string;
  /** What chemistry does by itself. What is done from outside, the circuit says. */
  chemical: string;
  system: ComparedSystem;
  entries: Readonly<Record<ProblemName, Entry | string>>;
}

const BITS: Code = { inputs: [0, 1], labels: [0, 1] };
const SIGNED: Code = { inputs: [-1, 1], labels: [-1, 1] };
/** Room for rows to test that lie beyond those that are learned: single rails hold nothing below 0. */
const WITHIN: Code = { inputs: [0.1, 0.9], labels: [0, 1] };
const AS_IT_IS: Code = { inputs: null, labels: null };

/** What phases of finite length leave is more. */
const COARSE = { rtol: 1e-5, atol: 1e-8 };
/** Without phases nothing comes to rest in between. */
const FLOWING = { rtol: 1e-6, atol: 1e-9 };

type Extra = object | ((examples: LearnerExamples, seed: number) => object);

/** An entry with the system's own choices, and something more. */
function entry<O extends object, C extends LearnerCircuit>(
  system: Pick<LearnerSystem<O, C>, 'choose'>,
  network: string,
  code: Code,
  {
    hidden,
    batch,
    dosed = false,
    also = {},
  }: { hidden?: number[]; batch?: number; dosed?: boolean; also?: Extra },
): Entry {
  return {
    network,
    code,
    dosed,
    solver: COARSE,
    options: (examples, seed) => {
      const chosen = system.choose(examples, { seed, ...(hidden && { hidden }), ...(batch && { batch }) });
      // A circuit whose examples are dosed stores none.
      const stored = 'samples' in chosen && dosed ? { samples: undefined, data: 'dosed' } : {};
      return { ...chosen, ...stored, ...(typeof also === 'function' ? also(examples, seed) : also) };
    },
  };
}

const general = <O extends object, C extends LearnerCircuit>(
  system: Pick<LearnerSystem<O, C>, 'build' | 'pot'>,
): ComparedSystem => system as unknown as ComparedSystem;

const rectified = (network: string, hidden: number, also: object = {}): Entry =>
  entry(neuralSystem, network, SIGNED, { hidden: [hidden], dosed: true, also });

/** Linear nodes that start at their inputs: the authors' circuit, with an error of either sign. */
const straight: Entry = {
  ...entry(neuralSystem, 'two linear nodes, drift', AS_IT_IS, { dosed: true }),
  options: (_, seed) => {
    const options = { inputs: 2, rails: 'dual', rate: 0.02, drift: 0.1 } as const;
    return { ...options, theta: neuralStart(options, seed) };
  },
};

const NO_LABELS = 'it learns by labels, and here are none';
const BY_ITSELF = 'it learns without labels';
const ONLY_BITS = 'inputs and labels are bits';
const COPIES = 'a step holds a copy of the network for every example';

/** The systems by name. A new one is added here, and the command, the table and the figure have it. */
export const comparedSystems: Readonly<Record<string, Compared>> = {
  neural: {
    title: 'Neural CRN',
    chemical: 'forward flow, error, gradient and update',
    system: general(neuralSystem),
    entries: {
      xor: rectified('eight rectified nodes', 8),
      or: rectified('eight rectified nodes', 8),
      linear: straight,
      iris: rectified('six rectified nodes', 6, { rate: 0.05, bias: 0.5 }),
      bias: NO_LABELS,
    },
  },
  bfcnn: {
    title: 'BFCNN',
    chemical: 'stored examples, forward and backward pass, update, stop',
    system: general(bfcnnSystem),
    entries: {
      xor: entry(bfcnnSystem, '2-4-1, all four at once', BITS, { hidden: [4] }),
      or: entry(bfcnnSystem, '2-2-1, all four at once', BITS, { hidden: [2] }),
      linear: entry(
        bfcnnSystem,
        '2-4-1, one by one',
        { ...WITHIN, labels: [0.2, 0.8] },
        { hidden: [4], batch: 1, dosed: true, also: { tolerance: 0 } },
      ),
      iris: entry(bfcnnSystem, '4-3-3, one by one', WITHIN, {
        ...{ hidden: [3], batch: 1, dosed: true, also: { tolerance: 0 } },
      }),
      bias: NO_LABELS,
    },
  },
  lakin: {
    title: 'leaky ReLU',
    chemical: 'stored examples (bits), forward and backward pass, update',
    system: general(lakinSystem),
    entries: {
      xor: entry(lakinSystem, '2-6-1, one by one', BITS, {
        hidden: [6],
        also: { rate: 0.2, annihilation: 5000 },
      }),
      or: entry(lakinSystem, '2-2-1, one by one', BITS, { hidden: [2], also: { rate: 0.2 } }),
      linear: entry(lakinSystem, '2-4-1, one by one', WITHIN, { hidden: [4], dosed: true }),
      iris: entry(lakinSystem, '4-6-3, one by one', WITHIN, { hidden: [6], dosed: true }),
      bias: NO_LABELS,
    },
  },
  perceptron: {
    title: 'weight-loop perceptron',
    chemical: 'decision, judgment and update',
    system: general(perceptronSystem),
    entries: {
      xor: 'one neuron decides only what a line separates',
      or: entry(perceptronSystem, 'one neuron', BITS, {}),
      linear: ONLY_BITS,
      iris: ONLY_BITS,
      bias: NO_LABELS,
    },
  },
  perturbation: {
    title: 'weight perturbation',
    chemical: 'forward passes of both looks, their comparison, update',
    system: general(perturbationSystem),
    entries: {
      xor: entry(perturbationSystem, '2-3-1, all four at once', { inputs: [-1, 1], labels: [-0.9, 0.9] }, {}),
      or: entry(perturbationSystem, '2-3-1, all four at once', { inputs: [-1, 1], labels: [-0.9, 0.9] }, {}),
      linear: COPIES,
      iris: COPIES,
      bias: NO_LABELS,
    },
  },
  'one-pot': {
    title: 'one pot',
    chemical: 'stored examples, forward and backward pass, update, all at once and all the time',
    system: general(onePotSystem),
    entries: {
      xor: { ...entry(onePotSystem, '2-6-1, all at once', BITS, { hidden: [6] }), solver: FLOWING },
      or: { ...entry(onePotSystem, '2-3-1, all at once', BITS, {}), solver: FLOWING },
      linear: COPIES,
      iris: COPIES,
      bias: NO_LABELS,
    },
  },
  'rate-independent': {
    title: 'rate-independent ReLU',
    chemical: 'inference alone, at any rates',
    system: general(rateIndependentSystem),
    entries: {
      xor: 'its weights are trained digitally; compared on irises',
      or: 'its weights are trained digitally; compared on irises',
      linear: 'its weights are trained digitally; compared on irises',
      iris: {
        ...entry(
          rateIndependentSystem,
          '4-8-3, ternary weights',
          { inputs: [-1, 1], labels: [0, 1] },
          { dosed: true },
        ),
        trainedElsewhere: 'trained digitally',
      },
      bias: 'its weights are trained digitally; compared on irises',
    },
  },
  hebbian: {
    title: 'Hebbian neuron',
    chemical: 'membrane, learning signal, learning and forgetting, all at once and all the time',
    system: general(hebbianSystem),
    entries: {
      xor: BY_ITSELF,
      or: BY_ITSELF,
      linear: BY_ITSELF,
      iris: BY_ITSELF,
      bias: {
        ...entry(hebbianSystem, 'one neuron, three channels', AS_IT_IS, { dosed: true }),
        solver: FLOWING,
      },
    },
  },
};

/** @throws RangeError for a name that there is not */
export function comparedNamed(name: string): Compared {
  if (Object.hasOwn(comparedSystems, name)) return comparedSystems[name];
  throw new RangeError(
    `there is no system ${JSON.stringify(name)} to compare; there are ${Object.keys(comparedSystems).join(', ')}`,
  );
}
