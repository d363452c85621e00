import type {
  BfcnnOptions,
  CircuitClockOptions,
  LakinOptions,
  RateIndependentOptions,
} from '../../circuits/index.js';
import { iris } from '../iris.js';
import type { QuantisedOptions } from '../quantised.js';
import { gateExamples, gateNames, separableGates, signedExamples } from './examples.js';
import { quantisedClassifier, withRandomRates } from './inference-system.js';
import { bfcnnSystem, lakinSystem, perturbationSystem } from './layered-systems.js';
import type { LearnerExamples, LearnerSystem } from './learner.js';
import { onePotSystem } from './one-pot-system.js';
import { perceptronSystem } from './perceptron-system.js';
import type { SystemName } from './systems.js';
import type { LearnerMeasure, LearnerTask } from './task.js';

/** A system with settings for one experiment. */
interface LearnerRecipe {
  /** One line for people. */
  title: string;
  system: SystemName;
  /** Whether it is part of what is run when no recipe is named. Default true. */
  listed?: boolean;
  /** Options of the builder, given the seed of the starting weights. */
  circuit: (seed: number) => object;
  /** Where the circuit stores none, likewise. */
  examples?: (seed: number) => LearnerExamples;
  clock?: CircuitClockOptions;
  epochs: number;
  /** Default: as accurate as training needs. */
  solver?: { rtol: number; atol: number };
}

export interface LearnerTaskOptions {
  /** Of the starting weights. Default 0. */
  seed?: number;
  /** Default: the task's standard one. */
  recipe?: string;
  epochs?: number;
  /** In place of the recipe's. */
  clock?: CircuitClockOptions;
}

/** A learner's task by name, with the circuits it is run with. */
export interface NamedLearnerTask {
  title: string;
  recipes: Readonly<Record<string, { title: string; listed: boolean; system: SystemName; epochs: number }>>;
  /** The recipe that is used where none is named. */
  standard: string;
  /** @throws RangeError for a recipe that the task does not have */
  create(options?: LearnerTaskOptions): LearnerTask;
}

/** Enough for weights to four digits: what phases of finite length leave is more. */
const COARSE = { rtol: 1e-5, atol: 1e-8 };
/** The clock's species fall far below its peaks, and what is left of them is what the next turn grows from. */
const WITH_CLOCK = { rtol: 1e-6, atol: 1e-12 };
/** Below what phases of length 30 leave. */
const FINE = { rtol: 1e-11, atol: 1e-14 };

function named(
  experiment: string,
  title: string,
  measure: LearnerMeasure,
  recipes: Readonly<Record<string, LearnerRecipe>>,
  standard: string,
): NamedLearnerTask {
  return {
    title,
    standard,
    recipes: Object.fromEntries(
      Object.entries(recipes).map(([name, { title, system, epochs, listed = true }]) => [
        name,
        { title, system, listed, epochs },
      ]),
    ),
    create({ seed = 0, recipe = standard, epochs, clock } = {}) {
      if (!Object.hasOwn(recipes, recipe)) {
        throw new RangeError(
          `there is no recipe "${recipe}" for this task; it has ${Object.keys(recipes).join(', ')}`,
        );
      }
      const own = recipes[recipe];
      const inside = clock ?? own.clock;
      return {
        experiment,
        seed,
        system: own.system,
        circuit: own.circuit(seed),
        ...(own.examples && { examples: own.examples(seed) }),
        ...(inside && { clock: inside }),
        epochs: epochs ?? own.epochs,
        measure,
        solver: own.solver ?? (inside ? WITH_CLOCK : COARSE),
        notes: [own.title],
      };
    },
  };
}

const made =
  <O extends object>(
    system: LearnerSystem<O>,
    examples: LearnerExamples,
    hidden: number[],
    also: Partial<O>,
  ) =>
  (seed: number) => ({ ...system.choose(examples, { seed, hidden }), ...also });
const sigmoids = (examples: LearnerExamples, hidden: number[], also: Partial<BfcnnOptions> = {}) =>
  made(bfcnnSystem, examples, hidden, also);
const leaky = (hidden: number[], also: Partial<LakinOptions> = {}) =>
  made(lakinSystem, gateExamples.xor, hidden, { data: 'constants', ...also });

/** All inside: values as constants, a cursor for the only batch, so that nothing is left to do from outside. */
const alone = { data: 'constants', cursor: true } as const;
const ring: CircuitClockOptions = { kind: 'ring', gate: 'proxy', epsilon: 1e-6, relayed: 'first' };
const coop: CircuitClockOptions = { kind: 'coop', gate: 'proxy' };

/** Online steps with phases of a length, without a stop. */
const phases = (phaseLength: number): LearnerRecipe => ({
  title: `phases of length ${phaseLength}: eight online steps of a 2-2-1 network`,
  system: 'bfcnn',
  circuit: (seed) => ({
    ...bfcnnSystem.choose(gateExamples.xor, { seed, hidden: [2], batch: 1 }),
    tolerance: 0,
    phaseLength,
  }),
  // Four examples an epoch: eight steps.
  epochs: 2,
  solver: FINE,
});

/** One recipe for every gate. */
const gates = <Name extends keyof typeof gateExamples>(
  names: readonly Name[],
  recipe: (name: Name) => LearnerRecipe,
) => Object.fromEntries(names.map((name) => [name, recipe(name)])) as Record<Name, LearnerRecipe>;
/** A gate by its values at 00, 01, 10, 11. */
const valuesOf = (name: keyof typeof gateExamples): string => gateExamples[name].labels.flat().join('');

/** Irises by a network of eight rectifiers, trained on 120 and asked of all 150, at rates over six decades. */
const inferred = (
  title: string,
  training: QuantisedOptions,
  also: Partial<RateIndependentOptions>,
): LearnerRecipe => {
  let kept: { seed: number; classifier: ReturnType<typeof quantisedClassifier> } | undefined;
  // Circuit and examples are asked for one after the other.
  const classifier = (seed: number) => {
    if (kept?.seed !== seed) {
      kept = { seed, classifier: quantisedClassifier(iris({ seed }), { ...training, seed }) };
    }
    return kept.classifier;
  };
  return {
    title: `${title}; rate constants at random over 10^±3`,
    system: 'rate-independent',
    circuit: (seed) => withRandomRates({ network: classifier(seed).network, ...also }, seed),
    examples: (seed) => classifier(seed).examples(),
    epochs: 0,
    solver: { rtol: 1e-6, atol: 1e-9 },
  };
};

/** Tasks of systems beside Neural CRNs, by name. */
export const learnerTasks = {
  'bfcnn-xor': named(
    'bfcnn-xor',
    'XOR by a BFCNN after Fan et al., our reactions',
    'accuracy',
    {
      '2-4-1': {
        title: 'four hidden neurons, a schedule of nine phases',
        system: 'bfcnn',
        circuit: sigmoids(gateExamples.xor, [4]),
        epochs: 1000,
      },
      '2-4-1-majority': {
        title: 'the same with a latch by approximate majority, in a tenth phase',
        system: 'bfcnn',
        circuit: sigmoids(gateExamples.xor, [4], { latch: 'majority' }),
        epochs: 1000,
      },
      '2-2-1': {
        title: 'two hidden neurons, which not every start can learn by',
        system: 'bfcnn',
        listed: false,
        circuit: sigmoids(gateExamples.xor, [2]),
        epochs: 1000,
      },
      '2-2-1-ring': {
        title: 'two hidden neurons, an autocatalytic ring inside, bimolecular: nothing is done from outside',
        system: 'bfcnn',
        listed: false,
        circuit: sigmoids(gateExamples.xor, [2], alone),
        clock: ring,
        epochs: 300,
      },
    },
    '2-4-1',
  ),
  'bfcnn-or': named(
    'bfcnn-or',
    'OR by a BFCNN after Fan et al., our reactions',
    'accuracy',
    {
      '2-2-1': {
        title: 'two hidden neurons, a schedule of nine phases',
        system: 'bfcnn',
        circuit: sigmoids(gateExamples.or, [2]),
        epochs: 300,
      },
      '2-2-1-ring': {
        title: 'an autocatalytic ring of 27 inside, bimolecular: nothing is done from outside',
        system: 'bfcnn',
        circuit: sigmoids(gateExamples.or, [2], alone),
        clock: ring,
        epochs: 100,
      },
      '2-2-1-coop': {
        title: 'a cooperative ring of 27 inside, bimolecular: nothing is done from outside',
        system: 'bfcnn',
        circuit: sigmoids(gateExamples.or, [2], alone),
        clock: coop,
        epochs: 100,
      },
    },
    '2-2-1',
  ),
  'bfcnn-phases': named(
    'bfcnn-phases',
    'a BFCNN and its ideal network, by the length of phases',
    'difference',
    { T10: phases(10), T20: phases(20), T30: phases(30), T40: phases(40) },
    'T20',
  ),
  'lakin-xor': named(
    'lakin-xor',
    'XOR by a leaky-ReLU network after Lakin, our reactions',
    'accuracy',
    {
      '2-6-1': {
        title: 'six hidden neurons, twice the rate, rails that annihilate a hundred times faster',
        system: 'lakin',
        circuit: leaky([6], { rate: 0.2, annihilation: 5000 }),
        epochs: 300,
      },
      '2-2-1': {
        title: 'two hidden neurons, 400 examples: few starts learn',
        system: 'lakin',
        circuit: leaky([2]),
        epochs: 100,
      },
    },
    '2-6-1',
  ),
  'one-pot-xor': named(
    'one-pot-xor',
    'XOR by a learner without phases after Kang & Kim, our reactions',
    'accuracy',
    {
      '2-6-1': {
        title: 'six hidden neurons, no phases, to t = 6000; a step is 50 time units',
        system: 'one-pot',
        circuit: made(onePotSystem, gateExamples.xor, [6], {}),
        epochs: 120,
        solver: { rtol: 1e-6, atol: 1e-9 },
      },
      '2-3-1': {
        title: 'three hidden neurons, to t = 12000: not every start learns',
        system: 'one-pot',
        circuit: made(onePotSystem, gateExamples.xor, [3], {}),
        epochs: 240,
        solver: { rtol: 1e-6, atol: 1e-9 },
      },
    },
    '2-6-1',
  ),
  'perceptron-gates': named(
    'perceptron-gates',
    'the 14 separable functions of two bits by a weight-loop perceptron after Banda et al., our reactions',
    'accuracy',
    gates(separableGates, (name) => ({
      title: `${valuesOf(name)} at 00, 01, 10, 11`,
      system: 'perceptron',
      circuit: (seed) => perceptronSystem.choose(gateExamples[name], { seed }),
      epochs: 20,
    })),
    'nand',
  ),
  'perturbation-gates': named(
    'perturbation-gates',
    'all 16 functions of two bits by weight perturbation after Arredondo & Lakin, our reactions',
    'accuracy',
    {
      ...gates(gateNames, (name) => ({
        title: `${valuesOf(name)} at 00, 01, 10, 11; 2-3-1, all gates of a seed from one start`,
        system: 'perturbation',
        circuit: (seed) => perturbationSystem.choose(signedExamples(gateExamples[name]), { seed }),
        epochs: 40,
      })),
      'xor-coop': {
        title: 'XOR with a cooperative ring of 24 inside, bimolecular: nothing is done from outside',
        system: 'perturbation',
        listed: false,
        circuit: (seed) => ({
          ...perturbationSystem.choose(signedExamples(gateExamples.xor), { seed }),
          data: 'constants',
        }),
        clock: coop,
        epochs: 40,
      },
    },
    'xor',
  ),
  'rate-independent-iris': named(
    'rate-independent-iris',
    "Fisher's irises by rate-independent networks of Vasić et al., trained digitally",
    'agreement',
    {
      ternary: inferred('4-8-3, weights −1, 0, 1, reduced', {}, {}),
      unreduced: inferred('the same without the reduction', {}, { reduce: 'none' }),
      quarters: inferred('4-8-3, weights in quarters, scaled', { parts: 4 }, {}),
      'quarters-divided': inferred(
        'the same, quarters made by pairs of molecules',
        { parts: 4 },
        {
          fractions: 'divide',
        },
      ),
    },
    'ternary',
  ),
} as const satisfies Record<string, NamedLearnerTask>;
