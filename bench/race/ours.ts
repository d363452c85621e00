import { createSimulator, type SimulateOptions, type Solution, SolveFailure } from '../../src/index.js';
import { Absent } from '../absent.js';
import { timeCalls } from '../timing.js';
import { atolFor } from '../tolerances.js';
import { type Contestant, type Family, TooSlow } from './contestant.js';

/** What may be asked of `createSimulator`, by names that an older build may not know. */
interface Variant {
  name: string;
  family: Family;
  options: Record<string, unknown>;
}

/** Our variants. `default` is what a user gets who chooses nothing. */
export const variants: readonly Variant[] = [
  { name: 'default', family: 'wasm', options: {} },
  { name: 'generated', family: 'wasm', options: { kernels: 'generated' } },
  { name: 'interpreted', family: 'wasm', options: { kernels: 'interpreted' } },
  { name: 'rodas4', family: 'wasm', options: { method: 'rodas4' } },
  { name: 'rodas5p', family: 'wasm', options: { method: 'rodas5p' } },
  { name: 'tsit5', family: 'wasm', options: { method: 'tsit5' } },
  { name: 'bdf', family: 'wasm', options: { method: 'bdf' } },
  { name: 'JS engine', family: 'js', options: { engine: 'js', kernels: 'interpreted' } },
];

/** The options of a variant by its name. */
export const optionsOf = (name: string): SimulateOptions =>
  variants.find((variant) => variant.name === name)!.options as SimulateOptions;

/**
 * What `make` makes, where this build knows the options that it asks for.
 * @throws (rejects) Absent where it does not
 */
export async function ifBuilt<T>(make: () => Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
    throw new Absent(`not in this build: ${error.message}`, { cause: error });
  }
}

export const ourContestants: readonly Contestant[] = variants.map(({ name, family, options }) => ({
  name,
  family,
  async measure(problem, rtol, effort) {
    const { network, to } = problem;
    const simulator = await ifBuilt(() =>
      createSimulator(network, {
        ...(options as SimulateOptions),
        to,
        saveAt: [to],
        rtol,
        atol: atolFor(rtol, problem),
        maxSeconds: effort.seconds,
      }),
    );
    try {
      let solution: Solution | undefined;
      const timing = await timeCalls(() => {
        solution = simulator.run();
      }, effort);
      const { final, stats } = solution!;
      return { ...timing, end: network.species.map((species) => final[species.name]), steps: stats.steps };
    } catch (error) {
      const late = error instanceof SolveFailure && error.code === 'timeLimit';
      throw late ? new TooSlow(effort.seconds) : error;
    } finally {
      simulator.dispose();
    }
  },
}));
