/**
 * The page's `src/engine/inlined.ts`: the kernel as a file, which is a third smaller than as text in a script, and which
 * browsers keep compiled.
 */
import kernel from '../../build/kernel.wasm?url';
import { offerKernel } from '../../src/engine/engine';
import { moduleOf } from '../../src/engine/init';

export const useInlinedKernel = (): void => offerKernel(async () => (await moduleOf({ url: kernel })).module);
