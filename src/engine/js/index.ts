/** What the JavaScript engine's bundle exports: the core's ABI and its memory. */
export * from '../../../assembly/index';
export { memoryBuffer } from './memory';
