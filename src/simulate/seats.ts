import { L_CODE, PARTED } from '../../assembly/lanes/layout';
import * as L from '../../assembly/layout';
import type { CompiledProblem } from '../compile/compile.js';
import type { Engine, LaneKernel } from '../engine/types.js';
import { Room } from './scratch.js';
import type { Berth, Outcome } from './stretch.js';
import type { Vessel } from './vessel.js';

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
 *  - where species are eliminated: kernels of two lanes would not compute them;
 *  - under a limit on wall-clock time, which company would use up;
 *  - by a multistep method, whose orders and factors are its own.
 */
const mayShare = ({ watches, maxSeconds, problem, choice }: Berth): boolean =>
  !watches &&
  problem.eliminated.length === 0 &&
  maxSeconds === Number.POSITIVE_INFINITY &&
  choice.first.family !== 'multistep';

/** The kernel tells those not used in what is left of a word. */
const MOST_ATTEMPTS = (1 << 15) - 1;

/** Workspaces of two that are kept: cases may differ in which reactions can fire, and so in their problems. */
const MOST_PAIRS = 32;

/** The two lanes of an engine's vectors, and who has them: stretches of one compiled problem by one method. */
export class Seats<R extends Rider> {
  private first: R | undefined;
  private second: R | undefined;
  /** Workspaces of two, by problem; those last used come last. */
  private readonly pairs = new Map<CompiledProblem, number>();
  private readonly room: Room;
  private pair = 0;
  /** First place of the generated code that both use, 0: none. */
  private code = 0;
  private readonly lanes: LaneKernel | undefined;

  constructor(private readonly engine: Engine) {
    this.lanes = engine.lanes;
    this.room = new Room(engine);
  }

  /** Goes on with two of the riders, or with the first alone where no two are alike; tells each one's outcome. */
  advance(riders: readonly R[], tell: (rider: R, outcome: Outcome) => void): void {
    const { lanes } = this;
    if (lanes === undefined || !this.fill(lanes, riders)) {
      const [alone] = riders;
      tell(alone, alone.vessel.advance(alone.wish));
      return;
    }
    const [a, b] = [this.first as R, this.second as R];
    // Generated code goes on where interpreted kernels stopped, as soon as it pays.
    const code = this.code === 0 ? a.vessel.codeOfTwo : 0;
    if (code !== 0) this.useCode(code);
    const attempts = Math.min(a.wish, b.wish, MOST_ATTEMPTS);
    const result = lanes.advanceLanes(this.pair, attempts);
    const used = attempts - (result >> 16);
    const first = this.outcomeOf(a, result & 255, used);
    const second = this.outcomeOf(b, (result >> 8) & 255, used);
    this.part(lanes, result & 255, (result >> 8) & 255);
    if (first !== undefined) tell(a, first);
    if (second !== undefined) tell(b, second);
  }

  /** What there is to tell; nothing while a rider may go on as it is. */
  private outcomeOf(rider: R, status: number, used: number): Outcome | undefined {
    rider.wish -= used;
    return (status === L.RUNNING || status === PARTED) && rider.wish > 0
      ? undefined
      : rider.vessel.settleInCompany(status, this.code !== 0);
  }

  /** A rider that has changed its method goes on, but not in this company. */
  private part(lanes: LaneKernel, first: number, second: number): void {
    if (first === PARTED) {
      lanes.leaveLane(this.pair, 0);
      this.first = undefined;
    }
    if (second === PARTED) {
      lanes.leaveLane(this.pair, 1);
      this.second = undefined;
    }
  }

  /** For a rider whose stretch is over. */
  leave(rider: R): void {
    if (this.first === rider) this.first = undefined;
    else if (this.second === rider) this.second = undefined;
  }

  /** Seats two riders; false when no two are alike, and then none sits. */
  private fill(lanes: LaneKernel, riders: readonly R[]): boolean {
    const { first, second } = this;
    if (first !== undefined && second !== undefined) return true;
    const seated = first ?? second;
    if (seated !== undefined) {
      const partner = riders.find((rider) => areCompany(seated, rider));
      const free = first === undefined ? 0 : 1;
      if (partner !== undefined) {
        this.sit(lanes, free, partner);
        return true;
      }
      lanes.leaveLane(this.pair, 1 - free);
      this.leave(seated);
    }
    // The stretch that most are in, so that fewest are left without company.
    let most: R | undefined;
    let company = 0;
    for (const rider of riders) {
      let alike = 0;
      for (const other of riders) if (areCompany(rider, other)) alike++;
      if (alike <= company) continue;
      company = alike;
      most = rider;
    }
    if (most === undefined) return false;
    const partner = riders.find((rider) => areCompany(most, rider)) as R;
    this.pair = this.pairOf(most.berth);
    this.useCode(most.vessel.codeOfTwo);
    this.sit(lanes, 0, most);
    this.sit(lanes, 1, partner);
    return true;
  }

  private useCode(code: number): void {
    this.code = code;
    this.engine.all.words[(this.pair >> 2) + L_CODE] = code;
  }

  private sit(lanes: LaneKernel, lane: number, rider: R): void {
    lanes.joinLane(this.pair, lane, rider.berth.work);
    if (lane === 0) this.first = rider;
    else this.second = rider;
  }

  private pairOf({ problem }: Berth): number {
    const { pairs, room } = this;
    let pair = pairs.get(problem);
    if (pair === undefined) {
      for (const [oldest, address] of pairs) {
        if (pairs.size < MOST_PAIRS) break;
        pairs.delete(oldest);
        room.free(address);
      }
      const bytes = 2 * new Int32Array(problem.record, 0, L.P_HEADER_WORDS)[L.P_WORK_BYTES];
      pair = room.take(bytes);
      this.engine.bytes(pair, bytes).fill(0);
    }
    if (pair !== this.pair) {
      pairs.delete(problem);
      pairs.set(problem, pair);
    }
    return pair;
  }
}

/** Whether two riders may share vectors. */
function areCompany(a: Rider, b: Rider): boolean {
  if (a === b || a.berth.problem !== b.berth.problem) return false;
  const one = a.berth.choice;
  const two = b.berth.choice;
  const alike = one.first === two.first && one.other === two.other;
  return alike && a.vessel.method === b.vessel.method && mayShare(a.berth) && mayShare(b.berth);
}
