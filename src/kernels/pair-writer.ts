import { F64, FunctionWriter, V128, type ValueType } from './function-writer.js';
import { WORK } from './signatures.js';

/**
 * Writes the code of two runs: every number is a vector with one of each. What an emitter says of doubles is said of
 * such pairs, and an offset counts twice, as in the workspace of two (`assembly/lanes/layout.ts`).
 */
export class PairWriter extends FunctionWriter {
  override get lanes(): 1 | 2 {
    return 2;
  }

  override local(type: ValueType = F64): number {
    return super.local(type === F64 ? V128 : type);
  }

  override constant(value: number): void {
    this.constantPair(value);
  }

  override load(base: number, offset: number): void {
    this.loadPair(base, 2 * offset);
  }

  override store(offset: number): void {
    this.storePair(2 * offset);
  }

  override loadShared(base: number, offset: number): void {
    this.loadBoth(base, offset);
  }

  override address(base: number, offset: number): void {
    super.address(base, 2 * offset);
  }

  override argument(_: number, slot: number): void {
    this.load(WORK, 8 * slot);
  }

  override pairOf(local: number): number {
    return local;
  }

  override add(): void {
    this.addPairs();
  }

  override subtract(): void {
    this.subtractPairs();
  }

  override multiply(): void {
    this.multiplyPairs();
  }

  override divide(): void {
    this.dividePairs();
  }

  override negate(): void {
    this.negatePairs();
  }
}
