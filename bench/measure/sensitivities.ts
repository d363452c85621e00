import { createSimulator, type Network, type Simulator } from '../../src/index.js';
import { createGradientSimulator, createSensitivitySimulator } from '../../src/sensitivity/index.js';
import type { Effort } from '../effort.js';
import { loadProblem } from '../problems.js';
import { median } from '../statistics.js';
import { race } from '../timing.js';
import { atolFor } from '../tolerances.js';

const RTOL = 1e-6;
/** Of what the digits are counted against. */
const SHARP = 1e-9;
/** A difference of runs at tolerance 1e-6 is best with steps of about its root. */
const STEP = 1e-3;

export interface SensitivityOrder {
  problem: string;
  effort: Effort;
}

export const sensitivityWays = [
  'run',
  'forward',
  'forward, state',
  'adjoint',
  'adjoint, state',
  'differences',
] as const;
export type SensitivityWay = (typeof sensitivityWays)[number];

export interface SensitivityTimes {
  /** Rate constants by which is differentiated: all. */
  constants: number;
  /** Microseconds of the plain run, and of the derivatives by every way. */
  micros: Record<SensitivityWay, number>;
  /** Median over the constants of the digits of the gradient of a weighted sum of the concentrations at the end. */
  digits: Partial<Record<SensitivityWay, number>>;
}

/** A copy whose every rate constant is a parameter of its own. */
function parametrised(network: Network): { network: Network; names: string[]; values: number[] } {
  const copy = structuredClone(network);
  const values = copy.reactions.map(({ rate }) => (rate.kind === 'number' ? rate.value : Number.NaN));
  if (values.some(Number.isNaN)) throw new RangeError('rate constants must be numbers');
  const names = values.map((_, r) => `constant${r + 1}`);
  copy.reactions.forEach((reaction, r) => {
    copy.parameters.push({ name: names[r], value: { kind: 'number', value: values[r] } });
    reaction.rate = { kind: 'parameter', name: names[r] };
  });
  return { network: copy, names, values };
}

/** What derivatives of a problem are made of: a weighted sum at the end by the rate constants, each a parameter. */
export async function sensitivitySetting(name: string) {
  const problem = await loadProblem(name);
  const { network, names, values } = parametrised(problem.network);
  const { to } = problem;
  const at = (rtol: number) => ({ to, saveAt: [to], rtol, atol: atolFor(rtol, problem) });
  // A plain sum may be conserved.
  const weights = network.species.map((_, s) => 1 / (s + 1));
  const total = (row: Float64Array) => row.reduce((all, value, s) => all + weights[s] * value, 0);
  /** One run more for each of the constants. */
  const differences = (plain: Simulator, of: readonly string[]) => {
    const end = (parameters: Record<string, number>) => total(plain.run({ parameters }).row(0));
    const before = end({});
    return of.map((one, r) => {
      const step = STEP * values[r] || STEP;
      return (end({ [one]: values[r] + step }) - before) / step;
    });
  };
  return { network, names, at, common: at(RTOL), weights, total, differences };
}

/**
 * The derivatives of all concentrations at the end by all rate constants: by forward sensitivities, and by one run for
 * each constant; and those of a weighted sum of them by the adjoint. In turns in this process.
 */
export async function timeSensitivities({
  problem: name,
  effort,
}: SensitivityOrder): Promise<SensitivityTimes> {
  const { network, names, at, common, weights, total, differences } = await sensitivitySetting(name);
  const plain = await createSimulator(network, common);
  const sum = () => ({ loss: 0, cotangents: weights });
  const [full, state, sharp] = [
    await createSensitivitySimulator(network, { ...common, of: names }),
    await createSensitivitySimulator(network, { ...common, of: names, errorControl: 'state' }),
    await createSensitivitySimulator(network, { ...at(SHARP), of: names }),
  ];
  const [back, backOfState] = [
    await createGradientSimulator(network, sum, common),
    await createGradientSimulator(network, sum, { ...common, errorControl: 'state' }),
  ];
  const forward = (simulator: typeof full) => {
    const solution = simulator.run();
    return names.map((one) => total(solution.sensitivityRow(0, one)));
  };
  const adjoint = (simulator: typeof back) => {
    const { parameters } = simulator.run();
    return names.map((one) => parameters[one]);
  };
  const gradients: Record<Exclude<SensitivityWay, 'run'>, () => number[]> = {
    forward: () => forward(full),
    'forward, state': () => forward(state),
    adjoint: () => adjoint(back),
    'adjoint, state': () => adjoint(backOfState),
    differences: () => differences(plain, names),
  };
  const wanted = forward(sharp);
  const digits: SensitivityTimes['digits'] = {};
  for (const [way, gradient] of Object.entries(gradients)) {
    const found = gradient();
    digits[way as SensitivityWay] = median(
      found.map((value, r) => Math.min(17, -Math.log10(Math.abs(value / wanted[r] - 1) || 1e-17))),
    );
  }
  const micros = await race<SensitivityWay>({ run: () => plain.run(), ...gradients }, effort);
  for (const one of [plain, full, state, sharp, back, backOfState]) one.dispose();
  return { constants: names.length, micros, digits };
}
