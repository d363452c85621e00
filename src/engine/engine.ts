import { instantiate, instantiateSync } from '@assemblyscript/loader';
import { createJsKernel } from '../generated/kernel-js.js';
import { kernelBase64 } from '../generated/kernel-wasm.js';
import { CodeTable } from './code-table.js';
import type { Engine, EngineKind, Kernel, LaneKernel } from './types.js';

function makeEngine(
  kind: EngineKind,
  kernel: Kernel,
  lanes: LaneKernel | undefined,
  code: CodeTable | undefined,
  memory: () => ArrayBuffer,
): Engine {
  // Asking the host for it takes as long as a whole step of a small network, and only `allocate` lets it grow.
  let buffer = memory();
  let all = { doubles: new Float64Array(buffer), words: new Int32Array(buffer) };
  const allocate = (bytes: number) => {
    const address = kernel.allocate(bytes);
    if (memory() !== buffer) {
      buffer = memory();
      all = { doubles: new Float64Array(buffer), words: new Int32Array(buffer) };
    }
    return address;
  };
  return {
    kind,
    kernel: { ...kernel, allocate },
    lanes,
    code,
    get buffer() {
      return buffer;
    },
    get all() {
      return all;
    },
    doubles: (address, length) => new Float64Array(buffer, address, length),
    words: (address, length) => new Int32Array(buffer, address, length),
    bytes: (address, length) => new Uint8Array(buffer, address, length),
  };
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

let compiling: Promise<WebAssembly.Module> | undefined;
let compiled: WebAssembly.Module | undefined;

/** Takes a kernel that another thread has compiled, unless this one has its own. */
export function useKernel(module: WebAssembly.Module): void {
  compiled ??= module;
  compiling ??= Promise.resolve(compiled);
}

/** Compiles the kernel's inlined bytes, once. A failure is not remembered, so a later call may try again. */
export async function kernelModule(): Promise<WebAssembly.Module> {
  if (typeof WebAssembly === 'undefined') {
    throw new Error("this host has no WebAssembly: use engine: 'js', which gives the same results");
  }
  compiling ??= WebAssembly.compile(decode(kernelBase64)).catch((error: unknown) => {
    compiling = undefined;
    throw new Error(
      "the WebAssembly kernel could not be compiled. Where a page's Content-Security-Policy forbids it, add " +
        "'wasm-unsafe-eval' to script-src, or use engine: 'js', which gives the same results",
      { cause: error },
    );
  });
  compiled = await compiling;
  return compiled;
}

function wasmEngine({ exports, instance }: Awaited<ReturnType<typeof instantiate>>): Engine {
  const memory = exports.memory as WebAssembly.Memory;
  // The instance's own exports: the loader's are wrapped in JavaScript. In an object of ours they are found faster.
  const kernel = { ...instance.exports } as unknown as Kernel & LaneKernel;
  const code = new CodeTable(exports.table as WebAssembly.Table, instance.exports);
  return makeEngine('wasm', kernel, kernel, code, () => memory.buffer as ArrayBuffer);
}

function jsEngine(): Engine {
  const kernel = createJsKernel();
  return makeEngine('js', kernel as Kernel, undefined, undefined, kernel.memoryBuffer);
}

/** A fresh engine. The WebAssembly module is compiled once and instantiated per engine. */
export async function createEngine(kind: EngineKind): Promise<Engine> {
  if (kind === 'js') return jsEngine();
  return wasmEngine(await instantiate(await kernelModule()));
}

/** A fresh engine at once; for WebAssembly only after some `createEngine('wasm')` has resolved. */
export function createEngineNow(kind: EngineKind): Engine {
  if (kind === 'js') return jsEngine();
  if (compiled === undefined) throw new Error('the WebAssembly kernel is not compiled yet');
  return wasmEngine(instantiateSync(compiled));
}
