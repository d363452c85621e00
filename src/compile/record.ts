import { P_HEADER_WORDS } from '../../assembly/layout';

/**
 * Lays tables out in one flat record: 8-aligned, each with its byte offset in a header word. Contents are given when
 * the record is written, so that its size is known first.
 */
export class RecordWriter {
  private readonly tables: { word: number; data: Int32Array | Float64Array; at: number }[] = [];
  private readonly header = new Int32Array(P_HEADER_WORDS);
  private bytes = P_HEADER_WORDS * 4;

  set(word: number, value: number): void {
    this.header[word] = value;
  }

  words(word: number, values: ArrayLike<number>): void {
    this.add(word, Int32Array.from(values));
  }

  doubles(word: number, values: ArrayLike<number>): void {
    this.add(word, Float64Array.from(values));
  }

  private add(word: number, data: Int32Array | Float64Array): void {
    this.header[word] = this.bytes;
    this.tables.push({ word, data, at: this.bytes });
    this.bytes += (data.byteLength + 7) & ~7;
  }

  /** Size of the record so far. */
  get byteLength(): number {
    return this.bytes;
  }

  finish(): ArrayBuffer {
    const buffer = new ArrayBuffer(this.bytes);
    new Int32Array(buffer, 0, P_HEADER_WORDS).set(this.header);
    for (const { data, at } of this.tables) {
      if (data instanceof Int32Array) new Int32Array(buffer, at, data.length).set(data);
      else new Float64Array(buffer, at, data.length).set(data);
    }
    return buffer;
  }
}

/** A growing list of lists, flattened: starts and entries. */
export class Flat {
  readonly start = [0];
  readonly entries: number[] = [];

  push(values: Iterable<number>): void {
    for (const value of values) this.entries.push(value);
    this.start.push(this.entries.length);
  }
}
