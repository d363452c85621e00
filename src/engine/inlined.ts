/**
 * The core kernel's bytes, inlined. What reaches this file carries them: every entry but `/slim`, and of those only what
 * simulates.
 */
import { kernelBase64 } from '../generated/kernel-wasm.js';
import { compileBytes, decode } from './compile-text.js';
import { offerKernel } from './engine.js';
import { kernelToPost, type PostedKernel } from './posted.js';

const bytes = () => decode(kernelBase64);

/** Lets engines be made of the inlined bytes where no other kernel has been given. */
export function useInlinedKernel(): void {
  offerKernel(() => compileBytes(bytes()));
}

/** The kernel for workers: of the inlined bytes where no other has been given. */
export async function inlinedKernel(): Promise<PostedKernel> {
  useInlinedKernel();
  return kernelToPost('core', bytes);
}
