/**
 * The function table of one kernel, in which generated code has places. As in the kernel's arena nothing is freed one
 * by one: `clear` empties all places, and the next code takes the same ones.
 */
export class CodeTable {
  private readonly first: number;
  private next: number;

  /** @param imports what generated modules import from this kernel: its memory and functions */
  constructor(
    private readonly table: WebAssembly.Table,
    readonly imports: WebAssembly.ModuleImports,
  ) {
    this.first = table.length;
    this.next = this.first;
  }

  /** Puts functions into consecutive places; returns the first. */
  install(functions: readonly WebAssembly.ExportValue[]): number {
    const at = this.next;
    const end = at + functions.length;
    if (end > this.table.length) this.table.grow(end - this.table.length);
    functions.forEach((func, i) => {
      this.table.set(at + i, func);
    });
    this.next = end;
    return at;
  }

  clear(): void {
    for (let place = this.first; place < this.next; place++) this.table.set(place, null);
    this.next = this.first;
  }
}
