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
  multiply(): void;
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

/** One unknown by itself, `shift` bytes after the first. */
export function single(code: FunctionWriter, work: number, shift: number): Lane {
  return {
    load: (offset) => code.load(work, offset + shift),
    store: (offset, value) => {
      code.get(work);
      value();
      code.store(offset + shift);
    },
    push: ({ one }) => code.get(one),
    add: () => code.add(),
    multiply: () => code.multiply(),
    local: () => code.local(F64),
  };
}

/** Writes a loop over `count` components, two at a time, and the last by itself where their number is odd. */
export function eachComponent(
  code: FunctionWriter,
  work: number,
  count: number,
  write: (lane: Lane) => void,
): void {
  const pairs = count >> 1;
  if (pairs > 0) {
    const at = code.local(I32);
    const end = code.local(I32);
    code.get(work);
    code.tee(at);
    code.integer(16 * pairs);
    code.addIntegers();
    code.set(end);
    code.loop();
    write({
      load: (offset) => code.loadPair(at, offset),
      store: (offset, value) => {
        code.get(at);
        value();
        code.storePair(offset);
      },
      push: ({ pair }) => code.get(pair),
      add: () => code.addPairs(),
      multiply: () => code.multiplyPairs(),
      local: () => code.local(V128),
    });
    code.get(at);
    code.integer(16);
    code.addIntegers();
    code.tee(at);
    code.get(end);
    code.less();
    code.again();
    code.end();
  }
  if (count % 2 === 1) write(single(code, work, 8 * (count - 1)));
}
