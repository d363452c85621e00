import { kernelRefused } from './engine.js';

/** Ways of hosts that are many times faster than a loop over characters, which costs a cold start 2 ms. */
interface Decoders {
  Uint8Array: { fromBase64?(text: string): Uint8Array<ArrayBuffer> };
  Buffer?: { from(text: string, encoding: 'base64'): Uint8Array<ArrayBuffer> };
}

export function decode(base64: string): Uint8Array<ArrayBuffer> {
  const host = globalThis as unknown as Decoders;
  if (host.Uint8Array.fromBase64 !== undefined) return host.Uint8Array.fromBase64(base64);
  if (host.Buffer !== undefined) return host.Buffer.from(base64, 'base64');
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** @throws (rejects) Error where the host does not allow it */
export async function compileBytes(bytes: Uint8Array<ArrayBuffer>): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(bytes);
  } catch (error) {
    throw kernelRefused(error);
  }
}
