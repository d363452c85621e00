import { Bytes } from './bytes.js';

/** Types of values (WebAssembly core specification 2.0, 5.3). */
export const I32 = 0x7f;
export const F64 = 0x7c;
export const V128 = 0x7b;
export type ValueType = typeof I32 | typeof F64 | typeof V128;

export interface Signature {
  parameters: readonly ValueType[];
  results: readonly ValueType[];
}

/**
 * Writes one function's body, an instruction a method, in the order of a stack machine: operands first. Operands are
 * named by the index of their local; parameters are the first locals.
 */
export class FunctionWriter {
  private readonly code = new Bytes();
  private readonly locals: ValueType[] = [];

  constructor(readonly signature: Signature) {}

  /** Runs that the function serves at a time; `PairWriter` writes for two. */
  get lanes(): 1 | 2 {
    return 1;
  }

  /** Bytes of instructions so far: what chunks are measured by. */
  get size(): number {
    return this.code.length;
  }

  /** A fresh local. */
  local(type: ValueType = F64): number {
    this.locals.push(type);
    return this.signature.parameters.length + this.locals.length - 1;
  }

  get(local: number): void {
    this.code.byte(0x20);
    this.code.unsigned(local);
  }

  set(local: number): void {
    this.code.byte(0x21);
    this.code.unsigned(local);
  }

  /** As `set`, leaving the value on the stack. */
  tee(local: number): void {
    this.code.byte(0x22);
    this.code.unsigned(local);
  }

  constant(value: number): void {
    this.code.byte(0x44);
    this.code.double(value);
  }

  integer(value: number): void {
    this.code.byte(0x41);
    this.code.signed(value);
  }

  /** The double `offset` bytes after the address in the local `base`. */
  load(base: number, offset: number): void {
    this.get(base);
    this.access(0x2b, 3, offset);
  }

  /** Stores the double on the stack `offset` bytes after the address beneath it. */
  store(offset: number): void {
    this.access(0x39, 3, offset);
  }

  /** As `load`, of a number that all runs share: it lies by itself, whatever a run's numbers lie beside. */
  loadShared(base: number, offset: number): void {
    this.load(base, offset);
  }

  /** Pushes the address `offset` bytes after that in the local `base`. */
  address(base: number, offset: number): void {
    this.get(base);
    if (offset === 0) return;
    this.integer(offset);
    this.addIntegers();
  }

  /** Pushes a number that a kernel is given: its parameter, or for two runs `slot` of their record. */
  argument(parameter: number, _slot: number): void {
    this.get(parameter);
  }

  /** Two doubles, the first `offset` bytes after the address in the local `base`. */
  loadPair(base: number, offset: number): void {
    this.get(base);
    this.vector(0x00);
    this.operands(3, offset);
  }

  storePair(offset: number): void {
    this.vector(0x0b);
    this.operands(3, offset);
  }

  /** A pair of the double `offset` bytes after the address in the local `base`, and itself. */
  loadBoth(base: number, offset: number): void {
    this.get(base);
    this.vector(0x0a);
    this.operands(3, offset);
  }

  /** A pair of a double and itself. */
  constantPair(value: number): void {
    this.vector(0x0c);
    this.code.double(value);
    this.code.double(value);
  }

  /** The first or second double of the pair on the stack. */
  extract(lane: 0 | 1): void {
    this.vector(0x21);
    this.code.byte(lane);
  }

  /** Puts the double on the stack into the pair beneath it. */
  replace(lane: 0 | 1): void {
    this.vector(0x22);
    this.code.byte(lane);
  }

  /** Makes a pair of a double and itself. */
  splat(): void {
    this.vector(0x14);
  }

  /** A fresh local with the double of another as a pair. */
  pairOf(local: number): number {
    const pair = this.local(V128);
    this.get(local);
    this.splat();
    this.set(pair);
    return pair;
  }

  addPairs(): void {
    this.vector(0xf0);
  }

  subtractPairs(): void {
    this.vector(0xf1);
  }

  multiplyPairs(): void {
    this.vector(0xf2);
  }

  dividePairs(): void {
    this.vector(0xf3);
  }

  negatePairs(): void {
    this.vector(0xed);
  }

  add(): void {
    this.code.byte(0xa0);
  }

  subtract(): void {
    this.code.byte(0xa1);
  }

  multiply(): void {
    this.code.byte(0xa2);
  }

  divide(): void {
    this.code.byte(0xa3);
  }

  negate(): void {
    this.code.byte(0x9a);
  }

  notEqual(): void {
    this.code.byte(0x62);
  }

  addIntegers(): void {
    this.code.byte(0x6a);
  }

  /** Whether one address is less than another. */
  less(): void {
    this.code.byte(0x49);
  }

  /** Whether the integer on the stack is not negative. */
  notNegative(): void {
    this.integer(0);
    this.code.byte(0x4e);
  }

  call(func: number): void {
    this.code.byte(0x10);
    this.code.unsigned(func);
  }

  /** Runs what follows, up to `end`, when the integer on the stack is not 0. */
  if(): void {
    this.code.byte(0x04);
    this.code.byte(0x40);
  }

  /** Begins a loop, up to `end`; `again` inside it goes back to its start. */
  loop(): void {
    this.code.byte(0x03);
    this.code.byte(0x40);
  }

  /** Goes back to the start of the innermost loop when the integer on the stack is not 0. */
  again(): void {
    this.code.byte(0x0d);
    this.code.byte(0);
  }

  end(): void {
    this.code.byte(0x0b);
  }

  return(): void {
    this.code.byte(0x0f);
  }

  /** Appends the finished body: its size, locals by runs of one type, and instructions. */
  writeTo(out: Bytes): void {
    const declared = new Bytes(16);
    let runs = 0;
    for (let i = 0; i < this.locals.length; runs++) {
      const begin = i;
      while (this.locals[i] === this.locals[begin]) i++;
      declared.unsigned(i - begin);
      declared.byte(this.locals[begin]);
    }
    const head = new Bytes(8);
    head.unsigned(runs);
    head.append(declared);
    out.unsigned(head.length + this.code.length + 1);
    out.append(head);
    out.append(this.code);
    out.byte(0x0b);
  }

  private access(opcode: number, align: number, offset: number): void {
    this.code.byte(opcode);
    this.operands(align, offset);
  }

  private operands(align: number, offset: number): void {
    this.code.unsigned(align);
    this.code.unsigned(offset);
  }

  private vector(opcode: number): void {
    this.code.byte(0xfd);
    this.code.unsigned(opcode);
  }
}
