import { borrowFullEngine } from '../engine/full.js';
import { useInlinedFullKernel } from '../engine/inlined-full.js';
import type { Network } from '../network/model.js';
import { requireNetwork } from '../simulate/check-network.js';
import { expectManyRuns, generateAsked } from '../simulate/generate.js';
import type { EndedRun } from '../simulate/network-runs.js';
import { MAX_SAVED, type Prepared } from '../simulate/prepare.js';
import { NetworkSimulator } from '../simulate/simulator.js';
import { Recorder } from '../simulate/solution.js';
import type { SimulateOptions } from '../simulate/types.js';
import { checkErrorControl, type ErrorControl, runOptions } from './options.js';
import { type Quantity, type QuantityName, readQuantities } from './quantities.js';
import { DifferentiatedRuns, type Overrides } from './runs.js';
import { SensitivitySolution } from './solution.js';
import { Tangents } from './tangents.js';

/** Options of {@link sensitivities}: those of `simulate`, but for GMRES, eliminated species and the method `'bdf'`. */
export interface SensitivityOptions extends SimulateOptions {
  /** What to differentiate by, by name: `k1`, `init:A`, `rate:grow`, `rate:3`, `dose:2`. */
  of: readonly QuantityName[];
  /** Default `'full'`. */
  errorControl?: ErrorControl;
}

/** Runs with their derivatives, of which each run's rows are kept for its solution. */
class SensitivityRuns extends DifferentiatedRuns {
  private recorder = new Recorder(0, new Float64Array(0));

  /** @throws RangeError when the rows would not fit into memory */
  record(saveAt: Float64Array): void {
    const { quantities, species } = this;
    const width = quantities.length * species.length;
    if (width * saveAt.length > MAX_SAVED) {
      throw new RangeError(
        `${saveAt.length} saved times of ${species.length} species by ${quantities.length} quantities are more than ` +
          `${MAX_SAVED} derivatives; save fewer, or take the gradient of a loss`,
      );
    }
    this.recorder = new Recorder(width, saveAt);
  }

  take(row: Float64Array): void {
    this.recorder.sink(0, row);
  }

  override solution(prepared: Prepared, run: EndedRun): SensitivitySolution {
    const sizes = Float64Array.from(this.quantities, (quantity) => sizeOf(this.network, prepared, quantity));
    const of = this.quantities.map(({ name }) => name);
    return new SensitivitySolution(this.partsOf(prepared, run), {
      of,
      sizes,
      rows: this.recorder.rows().values,
    });
  }
}

/** The number that a quantity is in a run. */
export function sizeOf(network: Network, prepared: Prepared, { kind, index }: Quantity): number {
  const { settings, initial, plan } = prepared;
  switch (kind) {
    case 'parameter':
      return settings.parameters.get(network.parameters[index].name) as number;
    case 'rate':
      return settings.constants[index];
    case 'initial':
      return initial[index];
    case 'dose':
      for (const { doses } of [...plan.phases, ...plan.events]) {
        const found = doses.find(({ source }) => source === index);
        if (found !== undefined) return found.amount;
      }
      return 0;
  }
}

/** A network compiled once and differentiated many times, synchronously. */
export interface SensitivitySimulator {
  /** Names in the network's order. */
  readonly species: readonly string[];
  /** What its runs are differentiated by. */
  readonly of: readonly QuantityName[];
  /**
   * Runs to the end.
   * @throws SolveFailure when the end is not reached; RangeError or TypeError for bad overrides
   */
  run(overrides?: Overrides): SensitivitySolution;
  /** Returns the memory to the pool. Any later call throws. */
  dispose(): void;
}

export class DifferentiatedSimulator extends NetworkSimulator implements SensitivitySimulator {
  get of(): readonly QuantityName[] {
    return (this.runs as SensitivityRuns).quantities.map(({ name }) => name);
  }

  override run(overrides?: Overrides): SensitivitySolution {
    return super.run(overrides) as SensitivitySolution;
  }
}

/** @param meant one run, with pauses, or many */
export async function makeSimulator(
  network: Network,
  given: SensitivityOptions,
  meant: 'one' | 'many',
): Promise<DifferentiatedSimulator> {
  useInlinedFullKernel();
  requireNetwork(network);
  if (typeof given !== 'object' || given === null) {
    throw new TypeError('sensitivities needs options, with what to differentiate by as `of`');
  }
  const { of, errorControl, ...options } = given;
  const quantities = readQuantities(network, 'of', of);
  const controlled = checkErrorControl(errorControl) === 'full';
  const runs = new SensitivityRuns(network, runOptions(network, options), quantities);
  const { settings } = runs.base;
  await generateAsked(settings, runs.problemsOf(runs.base).problems);
  if (meant === 'many') await expectManyRuns(settings);
  const engine = await borrowFullEngine(settings.engine);
  const simulator = new DifferentiatedSimulator(runs, engine);
  simulator.alive().follower = new Tangents(engine, {
    species: runs.species,
    quantities: quantities.length,
    controlled,
    derive: (prepared) => {
      runs.record(prepared.saveAt);
      return runs.derivativesOf(prepared);
    },
    sink: (row) => runs.take(row),
  });
  return simulator;
}
