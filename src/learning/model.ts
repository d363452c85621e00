import {
  type Circuit,
  type CircuitClock,
  learnedSpecies,
  type NeuralCrnSettings,
  neuralCrn,
  withClock,
} from '../circuits/index.js';
import { type DsdOptions, dsdCircuit } from '../lab/index.js';
import type { Network } from '../network/model.js';
import type { LabelCode } from './labels.js';
import type { Concentrations } from './pot.js';
import type { Scaling } from './scaling.js';
import type { StochasticSettings } from './stochastic.js';
import { PACKAGE_VERSION } from './version.js';

/** Format of model files this version writes, and the newest it reads. */
export const MODEL_VERSION = 1;

/** A trained circuit with all that is needed to use it: the contents of `model.json`. Plain data. */
export interface Model {
  format: 'neural-crn-model';
  version: number;
  /** Version of the package that wrote it. */
  package: string;
  experiment: string;
  seed: number;
  circuit: {
    family: Circuit['family'];
    options: NeuralCrnSettings;
    /** The clock that drives it, with what was measured of it; left out where a schedule does. */
    clock?: CircuitClock;
    /** How it is made of DNA strands, where it is. */
    dsd?: DsdOptions;
  };
  parameters: {
    /** Signed weights, row by row: with diagonal wiring one per input (an augmented one last). */
    theta: number[];
    /** Output weights, row by row, where they are trained. */
    W?: number[];
    /** Biases, one per node, where they are trained. */
    B?: number[];
    /** The weight species as they stood in the pot. */
    concentrations: Concentrations;
  };
  features: string[];
  target: string;
  /** Own units to concentrations; the inverse is offset + scale·concentration. */
  scaling: Scaling;
  /** What the outputs mean. Default: one output, a value. */
  labels?: LabelCode;
  /** What a computer did with the data beforehand, in words: rows to predict must have gone the same way. Default: nothing. */
  prepared?: string[];
  /** Tolerances it was trained and measured with; used again for predictions. */
  solver: { rtol: number; atol: number };
  training: {
    epochs: number;
    /** Where it was trained with a finite number of molecules; predictions are by rate equations unless asked for otherwise. */
    stochastic?: StochasticSettings;
    trainLoss?: number;
    validationLoss?: number;
  };
}

/** A model as text. */
export function saveModel(model: Model): string {
  return `${JSON.stringify(model, null, 2)}\n`;
}

/**
 * Reads what {@link saveModel} wrote.
 *
 * @throws TypeError when it is not a model, or misses a part; RangeError when it was written by a newer version of the
 *   package in a format this one does not know
 */
export function loadModel(source: string | unknown): Model {
  const model = parse(source) as Partial<Model>;
  if (model === null || typeof model !== 'object' || model.format !== 'neural-crn-model') {
    throw new TypeError('not a model: it has no "format": "neural-crn-model"');
  }
  if (!Number.isInteger(model.version) || (model.version as number) < 1) {
    throw new TypeError(`not a model: its version is ${JSON.stringify(model.version)}`);
  }
  if ((model.version as number) > MODEL_VERSION) {
    throw new RangeError(
      `the model has format version ${model.version}, written by neural-crn ${model.package ?? 'of unknown version'}; ` +
        `this is neural-crn ${PACKAGE_VERSION}, which reads up to version ${MODEL_VERSION}: update it`,
    );
  }
  if (model.circuit?.family !== 'linear' && model.circuit?.family !== 'neural') {
    throw new RangeError(
      `the model's circuit family ${JSON.stringify(model.circuit?.family)} is unknown to this version`,
    );
  }
  const check = (ok: boolean, part: string) => {
    if (!ok) throw new TypeError(`the model is damaged: ${part}`);
  };
  const { circuit, parameters, features, scaling, solver } = model;
  check(typeof circuit.options === 'object' && circuit.options !== null, 'circuit.options is missing');
  check(numbers(parameters?.theta), 'parameters.theta must be numbers');
  const built = modelCircuit(model as Model);
  check(
    parameters?.theta.length === built.weights.length,
    built.family === 'linear'
      ? 'parameters.theta must have one value per input'
      : `parameters.theta must have ${built.weights.length} values`,
  );
  check(
    numbers(Object.values(parameters?.concentrations ?? { none: null })),
    'parameters.concentrations must be numbers',
  );
  check(
    Array.isArray(features) && features.every((name) => typeof name === 'string'),
    'features must be names',
  );
  const { prepared = [] } = model;
  check(
    Array.isArray(prepared) && prepared.every((act) => typeof act === 'string'),
    'prepared must be words',
  );
  check(typeof model.target === 'string', 'target must be a name');
  check(Array.isArray(scaling?.features), 'scaling.features is missing');
  const augmented = scaling?.augment === null ? 0 : 1;
  check(scaling?.augment === null || numbers([scaling?.augment]), 'scaling.augment must be a number or null');
  check(scaling?.features.length === features?.length, 'scaling needs one map per feature');
  check((features?.length ?? 0) + augmented === built.inputs.length, 'features do not match the inputs');
  for (const map of [...(scaling?.features ?? []), scaling?.target]) {
    check(
      numbers([map?.offset, map?.scale]) && (map?.scale as number) > 0,
      'scaling needs offset and scale > 0',
    );
  }
  const { labels } = model;
  if (labels?.kind === 'oneHot') {
    const names = labels.classes;
    check(
      Array.isArray(names) &&
        names.length === built.targets.length &&
        names.every((n) => typeof n === 'string'),
      'labels.classes must have one name per output',
    );
  }
  check(numbers([solver?.rtol, solver?.atol]), 'solver.rtol and solver.atol must be numbers');
  const concentrations = parameters?.concentrations ?? {};
  for (const species of learnedSpecies(built)) {
    check(species in concentrations, `parameters.concentrations misses ${species}`);
  }
  return model as Model;
}

/** The circuit of a model, with the weights it had before training. */
export function modelCircuit(model: Model): Circuit {
  // Models of the first version name no dynamics: the builder's defaults are the linear circuit.
  const plain = neuralCrn(model.circuit.options);
  const { clock, dsd } = model.circuit;
  const circuit = clock === undefined ? plain : withClock(plain, clock);
  return dsd === undefined ? circuit : dsdCircuit(circuit, dsd);
}

/** The model's network with its trained weights as starting concentrations: what `print model.json` shows. */
export function modelNetwork(model: Model): Network {
  const { network } = modelCircuit(model);
  for (const species of network.species) {
    const value = model.parameters.concentrations[species.name];
    if (value !== undefined) species.initial = { kind: 'number', value };
  }
  return network;
}

function parse(source: unknown): unknown {
  if (typeof source !== 'string') return source;
  try {
    return JSON.parse(source);
  } catch (error) {
    throw new TypeError(`not a model: ${(error as Error).message}`);
  }
}

function numbers(values: unknown): boolean {
  return (
    Array.isArray(values) && values.every((value) => typeof value === 'number' && Number.isFinite(value))
  );
}
