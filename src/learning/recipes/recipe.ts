import type { CircuitClockOptions, NeuralCrnOptions } from '../../circuits/index.js';
import type { Samples } from '../data.js';
import type { Random } from '../random.js';
import type { Scaling } from '../scaling.js';
import type { SampleOrder } from '../tasks.js';

/** Whose settings a recipe has; `'other'` ones are not part of the table of results. */
export type RecipeSettings = 'authors' | 'improved' | 'control' | 'other';

/** A circuit with its settings, and how a data set's numbers become its concentrations. */
export interface Recipe {
  /** One line for people. */
  title: string;
  /** Whose settings. Default `'other'`. */
  settings?: RecipeSettings;
  /** Everything of the circuit but inputs and starting weights. */
  circuit: Omit<NeuralCrnOptions, 'inputs' | 'theta' | 'readoutWeights'>;
  /** Concentration of a constant input, or `null`. */
  augment: number | null;
  epochs: number;
  /** Default `'fixed'`, as the authors. */
  order?: SampleOrder;
  /** Starting weights for one edge, given the number of inputs n. */
  theta: (random: Random, inputs: number) => number;
  /** Starting values of a trained read-out's weights, given the number of nodes m. */
  readout?: (random: Random, hidden: number) => number;
  /** Inputs and labels mapped to about [−1, 1], as the hinge circuits need; else they are used as they are. */
  centred?: boolean;
  /** Tolerances of the simulation. Default: those of `train`. */
  solver?: { rtol: number; atol: number };
  /** The clock inside that drives the circuit. Default: none, an outside schedule does. */
  clock?: CircuitClockOptions;
  /** False where weights are too many to keep them after every example. Default true. */
  keepSteps?: boolean;
}

/** What a recipe is applied to. */
export interface RecipeData {
  name: string;
  seed: number;
  features: string[];
  target: string;
  train: Samples;
  validation: Samples;
  grid?: Samples;
  /** Of a classification in two, in the label's own units. */
  threshold?: number;
  /** Of a classification with one output for each class: their names; labels are their numbers. */
  classes?: string[];
  /** Starting weights that belong to the data, in place of the recipe's. */
  theta?: number[];
  /** Middle and half width of each coordinate, for centred recipes. */
  centre?: { offset: number; scale: number };
  /** In place of the scaling that follows from the recipe. */
  scaling?: Scaling;
  /** What is to be said of data and scaling, in place of what follows from the recipe. */
  notes?: string[];
  /** What a computer did with the data beforehand. */
  prepared?: string[];
}

export interface RecipeChoices {
  epochs?: number;
  /** Default: the recipe's. */
  order?: SampleOrder;
  /** Options of the circuit in place of the recipe's. */
  circuit?: Partial<NeuralCrnOptions>;
  /** In place of the recipe's. */
  clock?: CircuitClockOptions;
}
