import type { FunctionWriter } from './function-writer.js';

/** Pushes one component of a vector. */
export type Read = (index: number) => void;

/** A vector in memory whose components stay in locals once they have been touched. */
export class Kept {
  private readonly locals: Int32Array;

  /**
   * @param base local that holds an address
   * @param offset bytes from there to the first component
   */
  constructor(
    private readonly code: FunctionWriter,
    private readonly base: number,
    private readonly offset: number,
    count: number,
  ) {
    this.locals = new Int32Array(count).fill(-1);
  }

  readonly push: Read = (index) => {
    const { code, locals } = this;
    if (locals[index] >= 0) {
      code.get(locals[index]);
      return;
    }
    code.load(this.base, this.offset + 8 * index);
    locals[index] = code.local();
    code.tee(locals[index]);
  };

  /** Keeps what is on the stack as a component, not yet in memory. */
  keep(index: number): void {
    if (this.locals[index] < 0) this.locals[index] = this.code.local();
    this.code.set(this.locals[index]);
  }

  /** Keeps what `value` pushes as a component, and stores it. */
  store(index: number, value: () => void): void {
    const { code, locals } = this;
    code.get(this.base);
    value();
    if (locals[index] < 0) locals[index] = code.local();
    code.tee(locals[index]);
    code.store(this.offset + 8 * index);
  }
}
