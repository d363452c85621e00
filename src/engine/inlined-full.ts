/** The full kernel's bytes, fetched when they are first needed: see `inlined.ts`. */
import { compileBytes, decode } from './compile-text.js';
import { offerKernel } from './engine.js';
import { kernelToPost, type PostedKernel } from './posted.js';

const bytes = async () => decode((await import('../generated/kernel-full-wasm.js')).kernelBase64);

/** Lets full engines be made of these bytes where no other full kernel has been given. */
export function useInlinedFullKernel(): void {
  offerKernel(async () => compileBytes(await bytes()), 'full');
}

/** The full kernel for workers: of these bytes where no other has been given. */
export async function inlinedFullKernel(): Promise<PostedKernel> {
  useInlinedFullKernel();
  return kernelToPost('full', bytes);
}
