/**
 * The main entry without the kernel's bytes: for those who host `kernel.wasm` or `kernel-full.wasm` themselves, and
 * for hosts that compile no WebAssembly at run time. `await init(…)` first.
 * @packageDocumentation
 */
export * from './common.js';
export { init, type KernelSource } from './engine/init.js';
export { simulateMany } from './simulate/many.js';
export { createReactor } from './simulate/reactor.js';
export { createSimulator, simulate } from './simulate/simulate.js';
export { simulateStochasticMany } from './stochastic/many.js';
export { simulateStochastic } from './stochastic/simulate.js';
