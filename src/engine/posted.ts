import { compileBytes } from './compile-text.js';
import { kernelModule, offerKernel, useKernel } from './engine.js';
import type { KernelBuild } from './types.js';

/** A kernel on its way to a worker: compiled, or its bytes where this thread may not compile them; the worker's policy is its own. */
export interface PostedKernel {
  build: KernelBuild;
  code: WebAssembly.Module | Uint8Array<ArrayBuffer>;
}

/** The kernel that serves those who need `build`, to be posted. */
export async function kernelToPost(
  build: KernelBuild,
  bytes: () => Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>>,
): Promise<PostedKernel> {
  try {
    return await kernelModule(build);
  } catch {
    return { build, code: await bytes() };
  }
}

/** Takes what was posted, unless there is a kernel of this build. */
export function usePosted({ build, code }: PostedKernel): void {
  if (code instanceof Uint8Array) offerKernel(() => compileBytes(code), build);
  else useKernel(code, build);
}
