/**
 * The kernel's bytes, inlined. What reaches this file carries them: every entry but `/slim`, and of those only what
 * simulates.
 */
import { kernelBase64 } from '../generated/kernel-wasm.js';
import { kernelModule, kernelRefused, offerKernel } from './engine.js';

/** Ways of hosts that are many times faster than a loop over characters, which costs a cold start 2 ms. */
interface Decoders {
  Uint8Array: { fromBase64?(text: string): Uint8Array<ArrayBuffer> };
  Buffer?: { from(text: string, encoding: 'base64'): Uint8Array<ArrayBuffer> };
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  const host = globalThis as unknown as Decoders;
  if (host.Uint8Array.fromBase64 !== undefined) return host.Uint8Array.fromBase64(base64);
  if (host.Buffer !== undefined) return host.Buffer.from(base64, 'base64');
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
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
