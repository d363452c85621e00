/** Things that end when a signal is aborted. One listener a signal, however many things: hosts warn of a leak otherwise. */
export class Watched<Thing> {
  private readonly signals = new Map<AbortSignal, { things: Set<Thing>; abort: () => void }>();

  constructor(private readonly end: (thing: Thing, reason: unknown) => void) {}

  add(signal: AbortSignal | undefined, thing: Thing): void {
    if (signal === undefined) return;
    let watch = this.signals.get(signal);
    if (watch === undefined) {
      const things = new Set<Thing>();
      watch = {
        things,
        abort: () => {
          for (const each of [...things]) this.end(each, signal.reason);
        },
      };
      signal.addEventListener('abort', watch.abort, { once: true });
      this.signals.set(signal, watch);
    }
    watch.things.add(thing);
  }

  remove(signal: AbortSignal | undefined, thing: Thing): void {
    const watch = signal && this.signals.get(signal);
    if (!watch?.things.delete(thing) || watch.things.size > 0) return;
    signal?.removeEventListener('abort', watch.abort);
    this.signals.delete(signal as AbortSignal);
  }
}
