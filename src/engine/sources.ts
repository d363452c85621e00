import type { KernelBuild } from './types.js';

/** The kernel in one form, as its two builds: each is loaded when it is first asked for, and once. */
export class Sources<Form> {
  private readonly offers = new Map<KernelBuild, () => Promise<Form>>();
  private readonly loading = new Map<KernelBuild, Promise<Form>>();
  private readonly there = new Map<KernelBuild, Form>();

  /** Says how a build is to be loaded, unless that has been said. */
  offer(build: KernelBuild, load: () => Promise<Form>): void {
    if (!this.offers.has(build)) this.offers.set(build, load);
  }

  /** Takes one that has been loaded elsewhere, unless there is one. */
  use(build: KernelBuild, kernel: Form): void {
    if (!this.there.has(build)) this.there.set(build, kernel);
  }

  /** The build that serves those who need `build`: a full one that is there already does all that a core does. */
  serving(build: KernelBuild): KernelBuild {
    return !this.there.has('core') && this.there.has('full') ? 'full' : build;
  }

  /** Whether there is exactly this build, or a way to it. */
  has(build: KernelBuild): boolean {
    return this.there.has(build) || this.offers.has(build);
  }

  /** What is there of exactly this build. */
  get(build: KernelBuild): Form | undefined {
    return this.there.get(build);
  }

  /**
   * Loads what serves those who need `build`. A failure is not remembered, so a later call may try again.
   * @returns which build that is; undefined where there is none
   */
  async load(needed: KernelBuild): Promise<KernelBuild | undefined> {
    const build = this.serving(needed);
    if (this.there.has(build)) return build;
    let loading = this.loading.get(build);
    if (loading === undefined) {
      const load = this.offers.get(build);
      if (load === undefined) return undefined;
      loading = load();
      this.loading.set(build, loading);
    }
    try {
      this.use(build, await loading);
    } finally {
      if (this.loading.get(build) === loading) this.loading.delete(build);
    }
    return build;
  }
}
