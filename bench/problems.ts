import { createSimulator, type Network } from '../src/index.js';
import {
  brusselator,
  diffusingBrusselator,
  e5,
  hires,
  multistate,
  neuralForward,
  orego,
  pollu,
  repressilator,
  robertson,
  type TestProblem,
} from '../test/problems/index.js';
import { networkOf } from '../test/tools/network.js';
import { storedNetwork, storedText } from '../test/tools/stored-network.js';
import { Absent } from './absent.js';
import { checkout } from './paths.js';

/**
 * Problems that are summed up together. `further` ones are measured and shown but enter no mean: Robertson's over longer
 * times would count him thrice, and the plain Brusselator is not stiff.
 */
export type Group = 'small' | 'further' | 'neural' | 'medium' | 'large';

/** A network to be simulated from 0 to `to`, with the end state that is right. */
export interface BenchProblem {
  network: Network;
  to: number;
  /** Absolute tolerances are multiplied by it. */
  atolScale: number;
  /** End state in the network's order. */
  reference: number[];
  /** Digits up to which the reference is trusted: more count as so many. */
  trusted: number;
  /** One tolerance a decade, not two: a solve takes seconds. */
  coarse: boolean;
}

interface Source {
  group: Group;
  load: () => Promise<BenchProblem>;
}

/** From test/problems, with the reference stored there. */
const literature = (
  group: Group,
  { text, ends }: TestProblem,
  { end = 0, atolScale = 1, trusted = 9 } = {},
): Source => ({
  group,
  load: async () => {
    const network = networkOf(text);
    const { to, state } = ends[end];
    const reference = network.species.map(({ name }) => state[name]);
    return { network, to, atolScale, reference, trusted, coarse: false };
  },
});

/** Generated, with a reference of our own: Rodas5P at rtol 1e-13, far below any tolerance that is measured. */
const generated = (group: Group, make: () => TestProblem): Source => ({
  group,
  load: async () => {
    const { text, ends } = make();
    const network = networkOf(text);
    const { to } = ends[0];
    const simulator = await createSimulator(network, {
      method: 'rodas5p',
      rtol: 1e-13,
      atol: 1e-16,
      to,
      saveAt: [to],
    });
    const { final } = simulator.run();
    simulator.dispose();
    const reference = network.species.map(({ name }) => final[name]);
    return { network, to, atolScale: 1, reference, trusted: 10, coarse: false };
  },
});

/** Kept beside the checkout: too large, or not ours, to be committed. */
const stored = (group: Group, name: string, trusted: number): Source => ({
  group,
  load: async () => {
    const found = storedNetwork(name, checkout);
    if (found === null)
      throw new Absent(`the folder shared/data/problems beside the checkout has no ${name}.json`);
    return {
      network: networkOf(storedText(found)),
      to: found.tspan[1],
      atolScale: found.atolScale,
      reference: found.reference.y,
      trusted,
      coarse: true,
    };
  },
});

/** Two independent codes agree on E5 to five digits, so more cannot be told apart. */
const sources: Record<string, Source> = {
  robertson_1e5: literature('small', robertson),
  hires: literature('small', hires),
  orego: literature('small', orego),
  pollu: literature('small', pollu),
  e5: literature('small', e5, { atolScale: 1.7e-15, trusted: 5.2 }),
  multistate: literature('small', multistate),
  repressilator: literature('small', repressilator),
  robertson_4e10: literature('further', robertson, { end: 1 }),
  robertson_1e11: literature('further', robertson, { end: 2 }),
  brusselator: literature('further', brusselator),
  neural_3: generated('neural', () => neuralForward(3)),
  neural_10: generated('neural', () => neuralForward(10)),
  neural_30: generated('neural', () => neuralForward(30)),
  neural_100: generated('neural', () => neuralForward(100)),
  bruss1d_40: generated('medium', () => diffusingBrusselator(40)),
  bcr: stored('large', 'bcr', 7.3),
};

export const problemNames: readonly string[] = Object.keys(sources);

export const groupOf = (name: string): Group => sources[name].group;

/** @throws (rejects) Absent when its file is not beside the checkout */
export const loadProblem = (name: string): Promise<BenchProblem> => sources[name].load();
