import * as L from '../../assembly/layout';
import type { CompiledProblem } from '../compile/compile.js';
import type { Engine, LaneKernel } from '../engine/types.js';
import { allocate } from './scratch.js';
import type { Berth, Outcome, Vessel } from './vessel.js';

/** A run that may take a seat. */
export interface Rider {
  vessel: Vessel;
  /** Its vessel's present stretch. */
  berth: Berth;
  /** Most attempts that it goes on for. */
  wish: number;
}

/**
 * Whether a stretch may share vectors. It runs by itself
 *  - in an engine without lanes, which JavaScript's is;
 *  - while it watches for crossings: they are located, step by step, on its own interpolant;
 *  - under a limit on wall-clock time, which company would use up.
 */
const mayShare = (lanes: LaneKernel | undefined, { watches, maxSeconds }: Berth): lanes is LaneKernel =>
  lanes !== undefined && !watches && maxSeconds === Number.POSITIVE_INFINITY;

const areAlike = (a: Berth, b: Berth): boolean => a.problem === b.problem && a.tableau === b.tableau;

/** The two lanes of an engine's vectors, and who has them: stretches of one compiled problem by one method. */
export class Seats<R extends Rider> {
  private readonly taken: [R | undefined, R | undefined] = [undefined, undefined];
  /** Workspaces of two, by problem. */
  private readonly pairs = new Map<CompiledProblem, number>();
  private pair = 0;

  constructor(private readonly engine: Engine) {}

  /** Goes on with two of the riders, or with the first alone where no two are alike. */
  advance(riders: readonly R[]): [R, Outcome][] {
    const { lanes } = this.engine;
    if (lanes !== undefined && this.fill(lanes, riders)) {
      const [a, b] = this.taken as [R, R];
      const statuses = lanes.advanceLanes(this.pair, Math.min(a.wish, b.wish));
      return [
        [a, a.vessel.settle(statuses & 255)],
        [b, b.vessel.settle(statuses >> 8)],
      ];
    }
    const [alone] = riders;
    return [[alone, alone.vessel.advance(alone.wish)]];
  }

  /** For a rider whose stretch is over. */
  leave(rider: R): void {
    const lane = this.taken.indexOf(rider);
    if (lane >= 0) this.taken[lane] = undefined;
  }

  /** Seats two riders; false when no two are alike, and then none sits. */
  private fill(lanes: LaneKernel, riders: readonly R[]): boolean {
    const free = this.taken.indexOf(undefined);
    if (free < 0) return true;
    const seated = this.taken[1 - free];
    if (seated !== undefined) {
      const [partner] = this.companyOf(lanes, seated, riders);
      if (partner !== undefined) {
        this.sit(lanes, free, partner);
        return true;
      }
      lanes.leaveLane(this.pair, 1 - free);
      this.taken[1 - free] = undefined;
    }
    let most: R[] = [];
    for (const rider of riders) {
      const company = this.companyOf(lanes, rider, riders);
      if (company.length >= most.length && company.length > 0) most = [rider, ...company];
    }
    if (most.length === 0) return false;
    const [a, b] = most;
    this.pair = this.pairOf(a.berth);
    this.sit(lanes, 0, a);
    this.sit(lanes, 1, b);
    return true;
  }

  private companyOf(lanes: LaneKernel, rider: R, riders: readonly R[]): R[] {
    if (!mayShare(lanes, rider.berth)) return [];
    return riders.filter(
      (other) => other !== rider && mayShare(lanes, other.berth) && areAlike(other.berth, rider.berth),
    );
  }

  private sit(lanes: LaneKernel, lane: number, rider: R): void {
    lanes.joinLane(this.pair, lane, rider.berth.work);
    this.taken[lane] = rider;
  }

  private pairOf({ problem }: Berth): number {
    let pair = this.pairs.get(problem);
    if (pair === undefined) {
      const bytes = 2 * new Int32Array(problem.record, 0, L.P_HEADER_WORDS)[L.P_WORK_BYTES];
      pair = allocate(this.engine, bytes);
      this.engine.bytes(pair, bytes).fill(0);
      this.pairs.set(problem, pair);
    }
    return pair;
  }
}
