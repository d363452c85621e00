/** What the JavaScript engine's bundle exports: the kernel's ABI and its memory. */
export * from '../../../assembly/index';
export * from '../../../assembly/stochastic/index';
export { memoryBuffer } from './memory';
