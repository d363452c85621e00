import { P_HEADER_WORDS } from '../../assembly/layout';

type Kind = Int32ArrayConstructor | Float64ArrayConstructor | Uint8ArrayConstructor;

/**
 * Lays tables out in one flat record: 8-aligned, each with its byte offset in a header word. Contents are given when
 * the record is written, so that its size is known first.
 */
export class RecordWriter {
  private readonly tables: { values: ArrayLike<number>; kind: Kind; at: number }[] = [];
  private readonly header = new Int32Array(P_HEADER_WORDS);
  private size = P_HEADER_WORDS * 4;

  set(word: number, value: number): void {
    this.header[word] = value;
  }

  words(word: number, values: ArrayLike<number>): void {
    this.add(word, values, Int32Array);
  }

  doubles(word: number, values: ArrayLike<number>): void {
    this.add(word, values, Float64Array);
  }

  bytes(word: number, values: ArrayBuffer): void {
    this.add(word, new Uint8Array(values), Uint8Array);
  }

  private add(word: number, values: ArrayLike<number>, kind: Kind): void {
    this.header[word] = this.size;
    this.tables.push({ values, kind, at: this.size });
    this.size += (values.length * kind.BYTES_PER_ELEMENT + 7) & ~7;
  }

  /** Size of the record so far. */
  get byteLength(): number {
    return this.size;
  }

  finish(): ArrayBuffer {
    const buffer = new ArrayBuffer(this.size);
    new Int32Array(buffer, 0, P_HEADER_WORDS).set(this.header);
    for (const { values, kind, at } of this.tables) new kind(buffer, at, values.length).set(values);
    return buffer;
  }
}
