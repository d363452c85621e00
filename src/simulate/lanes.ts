import type { Run } from './run.js';
import { type Rider, Seats } from './seats.js';
import type { Outcome } from './stretch.js';
import type { Vessel } from './vessel.js';

/**
 * Cases under way together when each goes through several phases: only stretches of one phase share vectors, and this
 * many leave hardly one without company.
 */
const OPEN_CASES = 8;
/** … and when each may change between two methods: of three, two are always by one. */
const OPEN_CHANGING = 3;

/** Milliseconds of work between two words to whoever drains it. */
const SPACING = 4;

/** Cases to be run, each as if it were alone. */
export interface Cases {
  count: number;
  /** How many phases each goes through. */
  phases: number;
  /** Begins case `k` in a vessel, which is its own until it ends. */
  begin(k: number, vessel: Vessel): Run;
  /** Case `k` has reached its end; its vessel is as that left it. */
  end(k: number, vessel: Vessel): void;
  /** What to throw for what case `k` threw. */
  fail(k: number, vessel: Vessel, error: unknown): unknown;
}

interface Open extends Rider {
  k: number;
  run: Run;
}

/**
 * Runs many cases of one network on one engine, two to a vector where they may and one by one where not, which changes
 * no bit. A lane whose stretch is over is given to the next one of the same phase and method.
 */
export class Lanes {
  private readonly vessels: Vessel[];
  private readonly seats: Seats<Open>;

  /** @param another makes a further vessel like the first, on its engine */
  constructor(
    first: Vessel,
    private readonly another: () => Vessel,
  ) {
    this.vessels = [first];
    this.seats = new Seats(first.engine);
  }

  /**
   * Runs the cases; to be drained, at once or with pauses. It tells how many have ended.
   * @throws what the first of the cases that fail has failed with; later ones may then have ended or not
   */
  *run(cases: Cases): Generator<number, void> {
    const round = new Round(cases, this.seats, this.vessels, this.another);
    let told = performance.now();
    try {
      while (round.advance()) {
        // Stretches may be short and many, and a word now and then is enough.
        if (performance.now() - told < SPACING) continue;
        yield round.ended;
        told = performance.now();
      }
    } finally {
      round.drop(-1);
    }
    if (round.failed) throw round.failure;
  }
}

/** One list of cases on its way. */
class Round {
  ended = 0;
  failed = false;
  failure: unknown;
  private readonly open: Open[] = [];
  private readonly idle: Vessel[];
  /** Cases under way together. */
  private most: number;
  private next = 0;
  /** Cases from here on are not begun. */
  private limit: number;

  constructor(
    private readonly cases: Cases,
    private readonly seats: Seats<Open>,
    private readonly vessels: Vessel[],
    private readonly another: () => Vessel,
  ) {
    this.idle = [...vessels];
    this.limit = cases.count;
    const hasLanes = vessels[0].engine.lanes !== undefined;
    this.most = hasLanes ? (cases.phases > 1 ? OPEN_CASES : 2) : 1;
  }

  /** A slice of work; false when there is none left. */
  advance(): boolean {
    while (this.open.length < this.most && this.next < this.limit) this.begin(this.next++);
    if (this.open.length === 0) return false;
    this.seats.advance(this.open, this.tell);
    return true;
  }

  /** Gives up the cases after the k-th. */
  drop(k: number): void {
    for (const open of this.open.filter((each) => each.k > k)) {
      open.run.return(0);
      this.close(open);
    }
  }

  private begin(k: number): void {
    const vessel = this.idle.pop() ?? this.another();
    if (!this.vessels.includes(vessel)) this.vessels.push(vessel);
    let run: Run;
    try {
      run = this.cases.begin(k, vessel);
    } catch (error) {
      this.idle.push(vessel);
      this.fail(k, vessel, error);
      return;
    }
    const open = { k, vessel, run, wish: 0 } as Open;
    this.open.push(open);
    this.goOn(open);
    if (this.most === 2 && open.berth?.choice.other !== undefined) this.most = OPEN_CHANGING;
  }

  private readonly tell = (open: Open, outcome: Outcome): void => {
    // The other of two may have failed, and this one come after it.
    if (this.open.includes(open)) this.goOn(open, outcome);
  };

  /** Tells a case what its vessel's work came to; it then asks for more, or has ended. */
  private goOn(open: Open, outcome?: Outcome): void {
    const { k, vessel, run } = open;
    try {
      let step = run.next(outcome);
      while (!step.done && step.value === undefined) step = run.next();
      if (!step.done) {
        open.wish = step.value as number;
        if (outcome === 'running') return;
        this.seats.leave(open);
        open.berth = vessel.berth;
        return;
      }
      this.cases.end(k, vessel);
      this.ended++;
    } catch (error) {
      this.fail(k, vessel, error);
    }
    this.close(open);
  }

  /** Cases before the one that fails go on: one of them may fail too, and would then have been the first. */
  private fail(k: number, vessel: Vessel, error: unknown): void {
    this.failed = true;
    this.failure = this.cases.fail(k, vessel, error);
    this.limit = k;
    this.drop(k);
  }

  private close(open: Open): void {
    this.seats.leave(open);
    this.open.splice(this.open.indexOf(open), 1);
    this.idle.push(open.vessel);
  }
}
