import {
  type RateIndependentCircuit,
  type RateIndependentOptions,
  rateIndependent,
  rateIndependentAbout,
} from '../../circuits/index.js';
import type { ClassDataset } from '../iris.js';
import { type QuantisedOptions, trainQuantised } from '../quantised.js';
import { createRandom } from '../random.js';
import { fitScaling, scaleInputs } from '../scaling.js';
import { InferencePot, inferenceTwin } from './inference-pot.js';
import type { LearnerExamples, LearnerSystem } from './learner.js';

/** Decades on either side of 1 over which rates are drawn. */
const DECADES = 3;

/** The networks of Vasić et al.: see `rateIndependent`. They are trained digitally, with ternary weights, and infer. */
export const rateIndependentSystem: LearnerSystem<RateIndependentOptions, RateIndependentCircuit> = {
  about: rateIndependentAbout,
  choose: ({ inputs, labels }, { seed = 0, hidden } = {}) => {
    const classes = labels.map((row) => row.indexOf(Math.max(...row)));
    const { network } = trainQuantised({ inputs, classes }, { seed, ...(hidden && { hidden }) });
    return { network };
  },
  build: rateIndependent,
  drive: async () => {
    throw new RangeError('clock: a rate-independent network has no phases for a clock to switch');
  },
  pot: InferencePot.create,
  twin: inferenceTwin,
};

/**
 * The same options with a rate constant of its own for every reaction, from the seed's stream `rates`.
 * @param decades log10 of each is uniform between −decades and decades
 */
export function withRandomRates(
  options: RateIndependentOptions,
  seed: number,
  decades = DECADES,
): RateIndependentOptions {
  const random = createRandom(seed, 'rates');
  const { reactions } = rateIndependent({ ...options, rates: 1 }).counts;
  return {
    ...options,
    rates: Array.from({ length: reactions }, () => 10 ** random.uniform(-decades, decades)),
  };
}

/** A network of rectifiers trained on the training rows of a classification, which are standardised; it keeps the scaling. */
export function quantisedClassifier(
  data: Pick<ClassDataset, 'features' | 'target' | 'classes' | 'train' | 'validation'>,
  options: QuantisedOptions = {},
) {
  const { features, target, classes, train } = data;
  const scaling = fitScaling(
    train,
    { features, target },
    { features: 'standard', target: 'none', augment: null },
  );
  const inputs = train.inputs.map((row) => scaleInputs(scaling, row));
  const trained = trainQuantised({ inputs, classes: train.targets }, options);
  return {
    ...trained,
    network: {
      ...trained.network,
      inputs: {
        names: [...features],
        shift: scaling.features.map(({ offset }) => offset),
        scale: scaling.features.map(({ scale }) => scale),
      },
      outputs: { names: [...classes] },
    },
    /** All rows, the training ones first, as the network sees them, with a 1 for their class. */
    examples: (): LearnerExamples => {
      const rows = [train, data.validation];
      return {
        inputs: rows.flatMap((set) => set.inputs.map((row) => scaleInputs(scaling, row))),
        labels: rows.flatMap((set) => set.targets.map((own) => classes.map((_, k) => (k === own ? 1 : 0)))),
      };
    },
  };
}
