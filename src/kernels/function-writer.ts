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
    this.code.byte(align);
    this.code.unsigned(offset);
  }
}
