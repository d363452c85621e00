import { F64, type FunctionWriter, I32, V128 } from './function-writer.js';

/** A number for all unknowns, by its locals as one double and as a pair of it. */
export interface Coefficient {
  one: number;
  pair: number;
}

/** One unknown, or two side by side: the same instructions on doubles or on pairs. */
export interface Lane {
  /** Pushes the component of the vector `offset` bytes into the workspace. */
  load(offset: number): void;
  /** Stores what `value` pushes. */
  store(offset: number, value: () => void): void;
  push(coefficient: Coefficient): void;
  add(): void;
  subtract(): void;
  multiply(): void;
  negate(): void;
  /** A fresh local of the lane's type. */
  local(): number;
}

/** Takes the double on the stack as a coefficient. */
export function coefficientOf(code: FunctionWriter): Coefficient {
  const one = code.local(F64);
  code.set(one);
  return { one, pair: code.pairOf(one) };
}

/** Adds Σ cⱼ·Uⱼ to what is on the stack where there is a `sum` already, term by term from the first. */
export function addProducts(
  code: FunctionWriter,
  lane: Pick<Lane, 'push' | 'add' | 'multiply'>,
  c: readonly Coefficient[],
  u: readonly number[],
  sum: boolean,
): void {
  c.forEach((coefficient, j) => {
    lane.push(coefficient);
    code.get(u[j]);
    lane.multiply();
    if (sum || j > 0) lane.add();
  });
}

/** One component by itself, `shift` bytes after the first. */
export function single(code: FunctionWriter, base: number, shift: number): Lane {
  return {
    load: (offset) => code.load(base, offset + shift),
    store: (offset, value) => {
      code.get(base);
      value();
      code.store(offset + shift);
    },
    push: ({ one }) => code.get(one),
    add: () => code.add(),
    subtract: () => code.subtract(),
    multiply: () => code.multiply(),
    negate: () => code.negate(),
    local: () => code.local(F64),
  };
}

/** Two components of one run, the first `shift` bytes after that of the vectors. */
function double(code: FunctionWriter, base: number, shift: number): Lane {
  return {
    load: (offset) => code.loadPair(base, offset + shift),
    store: (offset, value) => {
      code.get(base);
      value();
      code.storePair(offset + shift);
    },
    push: ({ pair }) => code.get(pair),
    add: () => code.addPairs(),
    subtract: () => code.subtractPairs(),
    multiply: () => code.multiplyPairs(),
    negate: () => code.negatePairs(),
    local: () => code.local(V128),
  };
}

/** Components up to which nothing is gained by a loop. */
const UNROLLED = 16;

/**
 * Does the same to `count` components, two at a time and the last by itself where their number is odd, or in code for
 * two runs one at a time of both: written out where they are few, else in a loop.
 * @param base local with an address, from which offsets count
 */
export function eachComponent(
  code: FunctionWriter,
  base: number,
  count: number,
  write: (lane: Lane) => void,
): void {
  let done = 0;
  const inVector = code.lanes === 2 ? 1 : 2;
  const vector = code.lanes === 2 ? single : double;
  if (count > UNROLLED) {
    const at = code.local(I32);
    const end = code.local(I32);
    // Two vectors a turn: their loads overlap.
    const turns = Math.floor(count / (2 * inVector));
    code.get(base);
    code.tee(at);
    code.integer(32 * turns);
    code.addIntegers();
    code.set(end);
    code.loop();
    write(vector(code, at, 0));
    write(vector(code, at, 8 * inVector));
    code.get(at);
    code.integer(32);
    code.addIntegers();
    code.tee(at);
    code.get(end);
    code.less();
    code.again();
    code.end();
    done = 2 * inVector * turns;
  }
  for (; done + inVector <= count; done += inVector) write(vector(code, base, 8 * done));
  if (done < count) write(single(code, base, 8 * done));
}
