import { instantiate, instantiateSync } from '@assemblyscript/loader';
import { CodeTable } from './code-table.js';
import { Sources } from './sources.js';
import type { Engine, EngineKind, FullEngine, Kernel, KernelBuild, LaneKernel } from './types.js';

function makeEngine(
  { kind, build }: Pick<Engine, 'kind' | 'build'>,
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
    build,
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

const modules = new Sources<WebAssembly.Module>();

/** The JavaScript engine's sources: parts of their own that are fetched when they are asked for, since few ever need them. */
const scripts = new Sources<JsKernels>();
type JsKernels = typeof import('../generated/kernel-js.js').createJsKernel;

/** Says how a build of the kernel is to be compiled when it is first asked for, unless that has been said. */
export function offerKernel(compile: () => Promise<WebAssembly.Module>, build: KernelBuild = 'core'): void {
  modules.offer(build, compile);
}

/** The same of the JavaScript engine. */
export function offerJsKernel(load: () => Promise<JsKernels>, build: KernelBuild = 'core'): void {
  scripts.offer(build, load);
}

/** Which builds of the WebAssembly kernel there are, or can be had. */
export const hasKernel = (build: KernelBuild): boolean => modules.has(build);

/** Takes a kernel that has been compiled elsewhere, unless there is one. */
export function useKernel(module: WebAssembly.Module, build: KernelBuild): void {
  modules.use(build, module);
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
 * Compiles the kernel, once.
 * @param build what it must be able to do
 * @returns the build that there is: perhaps a full one where the core would do
 * @throws (rejects) Error saying what is missing: WebAssembly, leave to compile it, or the kernel's bytes
 */
export async function compileKernel(build: KernelBuild = 'core'): Promise<KernelBuild> {
  if (typeof WebAssembly === 'undefined') {
    throw new Error("this host has no WebAssembly: use engine: 'js', which gives the same results");
  }
  const found = await modules.load(build);
  if (found !== undefined) return found;
  throw new Error(
    'there is no WebAssembly kernel yet: call `await init({ module | bytes | url | response })` of ' +
      "neural-crn/slim first, or use engine: 'js', which gives the same results",
  );
}

/** The compiled kernel, and which build it is. @throws (rejects) as {@link compileKernel} */
export async function kernelModule(
  needed: KernelBuild = 'core',
): Promise<{ build: KernelBuild; code: WebAssembly.Module }> {
  const build = await compileKernel(needed);
  return { build, code: modules.get(build) as WebAssembly.Module };
}

function wasmEngine(
  build: KernelBuild,
  { exports, instance }: Awaited<ReturnType<typeof instantiate>>,
): Engine {
  const memory = exports.memory as WebAssembly.Memory;
  // The instance's own exports: the loader's are wrapped in JavaScript. In an object of ours they are found faster.
  const kernel = { ...instance.exports } as unknown as Kernel & LaneKernel;
  const code = new CodeTable(exports.table as WebAssembly.Table, instance.exports);
  return makeEngine({ kind: 'wasm', build }, kernel, kernel, code, () => memory.buffer as ArrayBuffer);
}

/** Which build an engine has that is made now for those who need `build`. */
export function servingBuild(kind: EngineKind, build: KernelBuild): KernelBuild {
  return (kind === 'js' ? scripts : modules).serving(build);
}

/** Makes ready for `createEngineNow`. @throws (rejects) as {@link compileKernel} */
export async function loadEngine(kind: EngineKind, build: KernelBuild = 'core'): Promise<KernelBuild> {
  if (kind === 'wasm') return compileKernel(build);
  offerJsKernel(async () => (await import('../generated/kernel-js.js')).createJsKernel);
  return (await scripts.load(build)) as KernelBuild;
}

function jsEngine(needed: KernelBuild): Engine {
  const build = scripts.serving(needed);
  const kernel = scripts.get(build)?.();
  if (kernel === undefined) throw new Error('the JavaScript engine is not loaded yet');
  return makeEngine({ kind: 'js', build }, kernel as Kernel, undefined, undefined, kernel.memoryBuffer);
}

/** A fresh engine. The WebAssembly module is compiled once and instantiated per engine. */
export async function createEngine(kind: EngineKind, needed: KernelBuild = 'core'): Promise<Engine> {
  const build = await loadEngine(kind, needed);
  if (kind === 'js') return jsEngine(build);
  const module = modules.get(build) as WebAssembly.Module;
  try {
    // Only pages must not do it at once. The loader's other way asks for `Response`, which costs Node 20 ms to look up.
    const instance = typeof document === 'undefined' ? instantiateSync(module) : await instantiate(module);
    return wasmEngine(build, instance);
  } catch (error) {
    // Pages that may not compile may not instantiate what others have compiled either.
    throw error instanceof WebAssembly.CompileError ? kernelRefused(error) : error;
  }
}

/** A fresh engine at once; only after `loadEngine` or `createEngine` of its kind and build. */
export function createEngineNow(kind: EngineKind, needed: KernelBuild = 'core'): Engine {
  if (kind === 'js') return jsEngine(needed);
  const build = modules.serving(needed);
  const module = modules.get(build);
  if (module === undefined) throw new Error('the WebAssembly kernel is not compiled yet');
  return wasmEngine(build, instantiateSync(module));
}

/** An engine of the full kernel as one. */
export function asFull(engine: Engine): FullEngine {
  if (engine.build !== 'full') throw new Error('this engine has the core kernel alone');
  return engine as FullEngine;
}
