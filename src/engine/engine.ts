import { instantiate, instantiateSync } from '@assemblyscript/loader';
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

let compiling: Promise<WebAssembly.Module> | undefined;
let compiled: WebAssembly.Module | undefined;
let compileKernel: (() => Promise<WebAssembly.Module>) | undefined;

/** Says how the kernel is to be compiled when it is first asked for, unless that has been said. */
export function offerKernel(compile: () => Promise<WebAssembly.Module>): void {
  compileKernel ??= compile;
}

/** Takes a kernel that has been compiled elsewhere, unless there is one. */
export function useKernel(module: WebAssembly.Module): void {
  compiled ??= module;
  compiling ??= Promise.resolve(compiled);
}

/** Why the host did not compile the kernel, and what to do about it. */
export function kernelRefused(cause: unknown): Error {
  return new Error(
    "the WebAssembly kernel could not be compiled. Where a page's Content-Security-Policy forbids it, add " +
      "'wasm-unsafe-eval' to script-src, or use engine: 'js', which gives the same results",
    { cause },
  );
}

/**
 * The compiled kernel, made once. A failure is not remembered, so a later call may try again.
 * @throws (rejects) Error saying what is missing: WebAssembly, leave to compile it, or the kernel's bytes
 */
export async function kernelModule(): Promise<WebAssembly.Module> {
  if (typeof WebAssembly === 'undefined') {
    throw new Error("this host has no WebAssembly: use engine: 'js', which gives the same results");
  }
  if (compiling === undefined) {
    if (compileKernel === undefined) {
      throw new Error(
        'there is no WebAssembly kernel yet: call `await init({ module | bytes | url | response })` of ' +
          "neural-crn/slim first, or use engine: 'js', which gives the same results",
      );
    }
    compiling = compileKernel().catch((error: unknown) => {
      compiling = undefined;
      throw error;
    });
  }
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

/** The JavaScript engine's sources: a part of its own that is fetched when it is asked for, since few ever need it. */
let createJsKernel: typeof import('../generated/kernel-js.js').createJsKernel | undefined;

/** Makes ready for `createEngineNow`. @throws (rejects) as `kernelModule` */
export async function loadEngine(kind: EngineKind): Promise<void> {
  if (kind === 'wasm') await kernelModule();
  else createJsKernel ??= (await import('../generated/kernel-js.js')).createJsKernel;
}

function jsEngine(): Engine {
  if (createJsKernel === undefined) throw new Error('the JavaScript engine is not loaded yet');
  const kernel = createJsKernel();
  return makeEngine('js', kernel as Kernel, undefined, undefined, kernel.memoryBuffer);
}

/** A fresh engine. The WebAssembly module is compiled once and instantiated per engine. */
export async function createEngine(kind: EngineKind): Promise<Engine> {
  if (kind === 'js') {
    await loadEngine(kind);
    return jsEngine();
  }
  const module = await kernelModule();
  try {
    // Only pages must not do it at once. The loader's other way asks for `Response`, which costs Node 20 ms to look up.
    return wasmEngine(typeof document === 'undefined' ? instantiateSync(module) : await instantiate(module));
  } catch (error) {
    // Pages that may not compile may not instantiate what others have compiled either.
    throw error instanceof WebAssembly.CompileError ? kernelRefused(error) : error;
  }
}

/** A fresh engine at once; only after `loadEngine` or `createEngine` of its kind. */
export function createEngineNow(kind: EngineKind): Engine {
  if (kind === 'js') return jsEngine();
  if (compiled === undefined) throw new Error('the WebAssembly kernel is not compiled yet');
  return wasmEngine(instantiateSync(compiled));
}
