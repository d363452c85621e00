import { kernelId } from '../generated/kernel-id.js';
import { kernelRefused, useKernel } from './engine.js';
import type { KernelBuild } from './types.js';

/**
 * Where the kernel comes from: exactly one of these. The export `neural-crn/kernel.wasm` is the core, for simulation by rate
 * equations and learning; `neural-crn/kernel-full.wasm` does all of that, stochastic simulation and sensitivities.
 */
export interface KernelSource {
  /** Compiled by the host: what `import module from 'neural-crn/kernel.wasm'` gives where it is allowed. */
  module?: WebAssembly.Module;
  /** The file's bytes. */
  bytes?: ArrayBuffer | ArrayBufferView;
  /** Where to fetch it; relative to the page. */
  url?: string | URL;
  /** An answer to a request for it, or the promise of one. */
  response?: Response | PromiseLike<Response>;
}

const ways = ['module', 'bytes', 'url', 'response'] as const;

/**
 * Gives this thread a WebAssembly kernel. Once is enough: a kernel that is there stays, and a later call with the same only
 * checks its argument. The full kernel is enough by itself; where both are given, each does its own work. A failure leaves
 * things as they were.
 *
 * ```ts
 * import { init, simulate } from 'neural-crn/slim';
 * await init({ url: '/assets/kernel.wasm' });
 * ```
 * @throws (rejects) TypeError for anything but one source; Error when it cannot be fetched or compiled, or is not the
 *   kernel of this version
 */
export async function init(source: KernelSource): Promise<void> {
  const given = ways.filter((way) => source?.[way] !== undefined);
  if (given.length !== 1) {
    const found = given.length === 0 ? '' : `, not ${given.join(' and ')}`;
    throw new TypeError(`init takes one of { module, bytes, url, response }${found}`);
  }
  const { module, build } = await moduleOf(source);
  useKernel(module, build);
}

interface CheckedKernel {
  module: WebAssembly.Module;
  build: KernelBuild;
}

/** Compiles the kernel of a source. @throws (rejects) as {@link init} */
export async function moduleOf({ module, bytes, url, response }: KernelSource): Promise<CheckedKernel> {
  if (typeof WebAssembly === 'undefined') {
    throw new Error("this host has no WebAssembly: use engine: 'js', which gives the same results");
  }
  if (module !== undefined) {
    // Also one of another window, whose class is another.
    if (Object.prototype.toString.call(module) !== '[object WebAssembly.Module]') {
      throw new TypeError('module must be a WebAssembly.Module');
    }
    return checked(module);
  }
  return compiled(bytes ?? (await fetched(url === undefined ? response : fetch(url), url)));
}

async function fetched(
  response: Response | PromiseLike<Response> | undefined,
  url: string | URL | undefined,
): Promise<ArrayBuffer> {
  const from = url === undefined ? '' : ` from ${url}`;
  let answer: Response;
  try {
    answer = (await response) as Response;
  } catch (error) {
    throw new Error(`the kernel could not be fetched${from}`, { cause: error });
  }
  if (!answer.ok)
    throw new Error(`the kernel could not be fetched${from}: ${answer.status} ${answer.statusText}`);
  return answer.arrayBuffer();
}

/** A WebAssembly file begins with a zero and "asm". */
const MAGIC = [0x00, 0x61, 0x73, 0x6d];

async function compiled(given: ArrayBuffer | ArrayBufferView): Promise<CheckedKernel> {
  const bytes = ArrayBuffer.isView(given)
    ? new Uint8Array(given.buffer as ArrayBuffer, given.byteOffset, given.byteLength)
    : new Uint8Array(given);
  if (MAGIC.some((byte, i) => bytes[i] !== byte)) {
    throw new Error(
      'what was given as the kernel is not WebAssembly: it must be the file neural-crn/kernel.wasm or ' +
        'neural-crn/kernel-full.wasm',
    );
  }
  let module: WebAssembly.Module;
  try {
    module = await WebAssembly.compile(bytes);
  } catch (error) {
    throw kernelRefused(error);
  }
  return checked(module);
}

/** The build writes a kernel's identity and kind into a section of its own: another version's would compute something else. */
function checked(module: WebAssembly.Module): CheckedKernel {
  const [section] = WebAssembly.Module.customSections(module, 'neural-crn');
  const [id, build] = section ? new TextDecoder().decode(section).split(' ') : [];
  if (id === kernelId) return { module, build: build as KernelBuild };
  throw new Error(
    id === undefined
      ? 'this WebAssembly module is not the kernel of neural-crn, or its custom sections were removed'
      : `this is the kernel of another version of neural-crn (${id}; this one needs ${kernelId})`,
  );
}
