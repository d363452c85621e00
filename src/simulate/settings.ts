import { bdf } from '../../assembly/tableaus';
import { type KernelChoice, kernelChoices } from '../kernels/generated.js';
import { methodNames, parameterValues, rateConstants, speciesIndex } from '../network/index.js';
import type { Network } from '../network/model.js';
import { checkBoolean, checkNumber, checkOneOf, checkPositive, checkSpecies, checkWhole } from './check.js';
import type { Conservation, EngineKind, LinearSolver, MethodName, SolverOptions } from './types.js';

export const defaultRtol = 1e-6;
export const defaultAtol = 1e-9;
export const defaultMaxSteps = 1_000_000;
const defaultKernels = (_: EngineKind): KernelChoice => 'auto';
/** Doubles resolve no less. */
const minRtol = 1e-14;

/** Solver options resolved against a network: checked, complete, ready for the kernel. */
export interface Settings {
  rtol: number;
  /** One per species. */
  atol: Float64Array;
  /** The option that they are made from, where it is a number or was not given. */
  sameAtol: number | undefined | null;
  method: MethodName;
  /** Of `bdf`. */
  maxOrder: number;
  linearSolver: LinearSolver;
  engine: EngineKind;
  kernels: KernelChoice;
  conservation: Conservation;
  /** Of reactors. */
  fold: boolean;
  maxSteps: number;
  maxSeconds: number;
  /** 0: chosen by the kernel. */
  firstStep: number;
  /** 0: error control. */
  fixedStep: number;
  /** One per reaction of the network. */
  constants: Float64Array;
  parameters: Map<string, number>;
}

const linearSolvers: readonly LinearSolver[] = ['auto', 'lu', 'gmres'];

/** Names of the options that `resolveSettings` reads. */
export const solverOptionNames = [
  'rtol',
  'atol',
  'method',
  'maxOrder',
  'linearSolver',
  'engine',
  'kernels',
  'conservation',
  'fold',
  'parameters',
  'maxSteps',
  'maxSeconds',
  'firstStep',
  'fixedStep',
] as const;

function resolveAtol(network: Network, given: SolverOptions['atol']): Float64Array {
  const directives = network.simulation;
  const atol = new Float64Array(network.species.length).fill(directives.atol ?? defaultAtol);
  if (directives.atolBySpecies !== undefined) {
    const index = speciesIndex(network);
    for (const [name, value] of Object.entries(directives.atolBySpecies)) {
      atol[checkSpecies('atol', name, index)] = checkPositive(`atol ${name}`, value);
    }
  }
  if (given === undefined) return atol;
  if (typeof given === 'number') return atol.fill(checkPositive('atol', given));
  if (typeof given !== 'object' || given === null) {
    throw new TypeError(`atol must be a number, an array or an object of numbers, not ${typeof given}`);
  }
  if (Array.isArray(given) || ArrayBuffer.isView(given)) {
    const values = given as ArrayLike<number>;
    if (values.length !== atol.length) {
      throw new RangeError(`atol has ${values.length} entries, but the network has ${atol.length} species`);
    }
    for (let i = 0; i < atol.length; i++) atol[i] = checkPositive(`atol[${i}]`, values[i]);
    return atol;
  }
  const index = speciesIndex(network);
  for (const [name, value] of Object.entries(given as Record<string, number>)) {
    atol[checkSpecies('atol', name, index)] = checkPositive(`atol.${name}`, value);
  }
  return atol;
}

function resolveConstants(network: Network, parameters: Map<string, number>): Float64Array {
  const constants = rateConstants(network, parameters);
  constants.forEach((k, r) => {
    if (Number.isFinite(k) && k >= 0) return;
    const { label, span } = network.reactions[r];
    const name = label ?? (span === undefined ? `number ${r + 1}` : `of line ${span.line}`);
    throw new RangeError(
      `with these parameters the rate constant of reaction ${name} is ${k}; it must be finite and not negative`,
    );
  });
  return constants;
}

function resolveParameters(
  network: Network,
  given: SolverOptions['parameters'],
): Pick<Settings, 'constants' | 'parameters'> {
  if (given !== undefined) {
    if (typeof given !== 'object' || given === null) {
      throw new TypeError('parameters must be an object of numbers');
    }
    for (const [name, value] of Object.entries(given)) checkNumber(`parameters.${name}`, value);
  }
  const parameters = parameterValues(network, given ?? {});
  return { constants: resolveConstants(network, parameters), parameters };
}

function resolveMaxOrder(method: MethodName, given: number | undefined): number {
  if (given === undefined) return bdf.maxOrder;
  if (method !== 'bdf') throw new RangeError(`maxOrder is for method bdf, not ${method}`);
  if (checkWhole('maxOrder', given) > bdf.maxOrder) {
    throw new RangeError(`maxOrder must be at most ${bdf.maxOrder}, not ${given}`);
  }
  return given;
}

/**
 * Resolves solver options against a network's own directives and the defaults.
 * @param known settings of the same network with the same parameters, whose constants then need no evaluation
 * @throws RangeError or TypeError naming the option, its value and what is allowed
 */
export function resolveSettings(network: Network, options: SolverOptions, known?: Settings): Settings {
  const directives = network.simulation;
  const rtol = checkPositive('rtol', options.rtol ?? directives.rtol ?? defaultRtol);
  if (rtol < minRtol || rtol >= 1) {
    throw new RangeError(`rtol must be at least ${minRtol} and below 1, not ${rtol}`);
  }
  const method = checkOneOf('method', options.method ?? directives.method ?? 'auto', methodNames);
  const engine = checkOneOf('engine', options.engine ?? 'wasm', ['wasm', 'js']);
  const kernels = checkOneOf('kernels', options.kernels ?? defaultKernels(engine), kernelChoices);
  if (options.kernels === 'generated' && options.conservation === 'eliminate') {
    throw new RangeError(
      "kernels must be auto or interpreted with conservation 'eliminate': no others compute what is eliminated",
    );
  }
  if (kernels === 'generated' && engine === 'js') {
    throw new RangeError(
      "kernels must be auto or interpreted with the engine 'js': generated ones are WebAssembly",
    );
  }
  const { maxSteps, maxSeconds, firstStep, fixedStep } = options;
  const linearSolver = checkOneOf('linearSolver', options.linearSolver ?? 'auto', linearSolvers);
  if (linearSolver === 'gmres' && method !== 'bdf') {
    throw new RangeError(`linearSolver gmres is for method bdf, not ${method}`);
  }
  const sameAtol = typeof options.atol === 'object' ? null : options.atol;
  const knownAtol = known !== undefined && sameAtol !== null && known.sameAtol === sameAtol;
  return {
    rtol,
    atol: knownAtol ? known.atol : resolveAtol(network, options.atol),
    sameAtol,
    method,
    maxOrder: resolveMaxOrder(method, options.maxOrder),
    linearSolver,
    engine,
    kernels,
    conservation: checkOneOf('conservation', options.conservation ?? 'restore', ['restore', 'eliminate']),
    fold: checkBoolean('fold', options.fold ?? true),
    maxSteps: maxSteps === undefined ? defaultMaxSteps : checkWhole('maxSteps', maxSteps),
    maxSeconds: maxSeconds === undefined ? Number.POSITIVE_INFINITY : checkPositive('maxSeconds', maxSeconds),
    firstStep: firstStep === undefined ? 0 : checkPositive('firstStep', firstStep),
    fixedStep: fixedStep === undefined ? 0 : checkPositive('fixedStep', fixedStep),
    ...(known === undefined
      ? resolveParameters(network, options.parameters)
      : { constants: known.constants, parameters: known.parameters }),
  };
}
