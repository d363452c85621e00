/**
 * The kernel's bytes, inlined. What reaches this file carries them: every entry but `/slim`, and of those only what
 * simulates.
 */
import { kernelBase64 } from '../generated/kernel-wasm.js';
import { kernelModule, kernelRefused, offerKernel } from './engine.js';

function decode(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

async function compile(): Promise<WebAssembly.Module> {
  const bytes = decode(kernelBase64);
  try {
    return await WebAssembly.compile(bytes);
  } catch (error) {
    throw kernelRefused(error);
  }
}

/** Lets engines be made of the inlined bytes where no other kernel has been given. */
export function useInlinedKernel(): void {
  offerKernel(compile);
}

/** As `kernelModule` of `engine.ts`, of the inlined bytes. */
export async function inlinedKernelModule(): Promise<WebAssembly.Module> {
  useInlinedKernel();
  return kernelModule();
}
