/** Bytes written one after another, with the numbers of WebAssembly's binary format (LEB128, little-endian doubles). */
export class Bytes {
  private data: Uint8Array<ArrayBuffer>;
  private view: DataView;
  private end = 0;

  constructor(capacity = 256) {
    this.data = new Uint8Array(capacity);
    this.view = new DataView(this.data.buffer);
  }

  get length(): number {
    return this.end;
  }

  /** What has been written; valid until more is. */
  get written(): Uint8Array<ArrayBuffer> {
    return this.data.subarray(0, this.end);
  }

  byte(value: number): void {
    this.reserve(1);
    this.data[this.end++] = value;
  }

  /** Unsigned, below 2³². */
  unsigned(value: number): void {
    this.reserve(5);
    let rest = value;
    while (rest >= 0x80) {
      this.data[this.end++] = (rest & 0x7f) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.data[this.end++] = rest;
  }

  /** Signed, of 32 bits. */
  signed(value: number): void {
    this.reserve(5);
    for (let rest = value; ; ) {
      const low = rest & 0x7f;
      rest >>= 7;
      // The last byte's bit 6 is the sign.
      if ((rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0)) {
        this.data[this.end++] = low;
        return;
      }
      this.data[this.end++] = low | 0x80;
    }
  }

  double(value: number): void {
    this.reserve(8);
    this.view.setFloat64(this.end, value, true);
    this.end += 8;
  }

  /** A name: its length, then its characters, which must be ASCII. */
  name(text: string): void {
    this.unsigned(text.length);
    for (let i = 0; i < text.length; i++) this.byte(text.charCodeAt(i));
  }

  append({ written }: Bytes): void {
    this.reserve(written.length);
    this.data.set(written, this.end);
    this.end += written.length;
  }

  private reserve(more: number): void {
    if (this.end + more <= this.data.length) return;
    const grown = new Uint8Array(Math.max(2 * this.data.length, this.end + more));
    grown.set(this.written);
    this.data = grown;
    this.view = new DataView(grown.buffer);
  }
}
