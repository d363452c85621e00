/**
 * The function table of one kernel, in which generated code has places. As in the kernel's arena nothing is freed one
 * by one: `clear` empties all places, and the next code takes the same ones.
 */
export class CodeTable {
  private readonly first: number;
  private next: number;
  private readonly placed = new Map<readonly WebAssembly.ExportValue[], number>();

  /** @param imports what generated modules import from this kernel: its memory and functions */
  constructor(
    private readonly table: WebAssembly.Table,
    readonly imports: WebAssembly.ModuleImports,
  ) {
    this.first = table.length;
    this.next = this.first;
  }

  /** First of the consecutive places of these functions, which are put there when they are new. */
  placeOf(functions: readonly WebAssembly.ExportValue[]): number {
    let place = this.placed.get(functions);
    if (place === undefined) {
      place = this.next;
      this.next += functions.length;
      if (this.next > this.table.length) this.table.grow(this.next - this.table.length);
      for (let i = 0; i < functions.length; i++) this.table.set(place + i, functions[i]);
      this.placed.set(functions, place);
    }
    return place;
  }

  clear(): void {
    for (let place = this.first; place < this.next; place++) this.table.set(place, null);
    this.next = this.first;
    this.placed.clear();
  }
}
