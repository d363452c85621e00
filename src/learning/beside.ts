import type { Circuit } from '../circuits/index.js';
import type { Progress } from './checkpoint.js';
import { idealNetwork } from './ideal-network.js';
import type { IdealNetwork } from './ideal-twin.js';
import { largestDifference } from './measures.js';

/** The ideal twin that learns beside the chemistry; what it has learned is part of the run's progress. */
export class IdealBeside {
  private constructor(
    readonly network: IdealNetwork,
    private readonly progress: Progress,
    private readonly hasFuel: boolean,
  ) {}

  /** The twin as the progress has it; null for a run without one. */
  static of({ options, clock }: Circuit, progress: Progress): IdealBeside | null {
    const { idealTheta, idealW, idealB, idealFuel } = progress;
    if (!idealTheta) return null;
    const network = idealNetwork(options, {
      theta: idealTheta,
      clocked: clock !== undefined,
      W: idealW ?? null,
      ...(idealB && { B: idealB }),
      ...(idealFuel !== undefined && { fuel: idealFuel }),
    });
    return new IdealBeside(network, progress, options.fuel !== false);
  }

  /** Learns the example that the chemistry has just learned. Returns the largest difference of their weights. */
  step(x: readonly number[], y: readonly number[], theta: readonly number[]): number {
    const { network, progress } = this;
    network.step(x, y);
    progress.idealTheta = [...network.theta];
    if (network.W) progress.idealW = [...network.W];
    if (network.B) progress.idealB = [...network.B];
    if (this.hasFuel) progress.idealFuel = network.fuel;
    return largestDifference(theta, network.theta);
  }
}
