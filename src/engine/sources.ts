import type { KernelBuild } from './types.js';

interface Slot<Form> {
  offer?: () => Promise<Form>;
  loading?: Promise<Form> | undefined;
  there?: Form;
}

/** The kernel in one form, as its two builds: each is loaded when it is first asked for, and once. */
export class Sources<Form> {
  private readonly slots: Record<KernelBuild, Slot<Form>> = { core: {}, full: {} };

  /** Says how a build is to be loaded, unless that has been said. */
  offer(build: KernelBuild, load: () => Promise<Form>): void {
    this.slots[build].offer ??= load;
  }

  /** Takes one that has been loaded elsewhere, unless there is one. */
  use(build: KernelBuild, kernel: Form): void {
    this.slots[build].there ??= kernel;
  }

  /** The build that serves those who need `build`: a full one that is there already does all that a core does. */
  serving(build: KernelBuild): KernelBuild {
    const { core, full } = this.slots;
    return !core.there && full.there ? 'full' : build;
  }

  /** Whether there is exactly this build, or a way to it. */
  has(build: KernelBuild): boolean {
    const { there, offer } = this.slots[build];
    return Boolean(there ?? offer);
  }

  /** What is there of exactly this build. */
  get(build: KernelBuild): Form | undefined {
    return this.slots[build].there;
  }

  /**
   * Loads what serves those who need `build`. A failure is not remembered, so a later call may try again.
   * @returns which build that is; undefined where there is none
   */
  async load(needed: KernelBuild): Promise<KernelBuild | undefined> {
    const build = this.serving(needed);
    const slot = this.slots[build];
    if (!slot.there) {
      slot.loading ??= slot.offer?.();
      if (!slot.loading) return undefined;
      try {
        this.use(build, await slot.loading);
      } finally {
        slot.loading = undefined;
      }
    }
    return build;
  }
}
