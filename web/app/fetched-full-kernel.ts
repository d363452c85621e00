/** The page's `src/engine/inlined-full.ts`: see `fetched-kernel.ts`. Fetched when it is needed. */
import kernel from '../../build/kernel-full.wasm?url';
import { offerKernel } from '../../src/engine/engine';
import { moduleOf } from '../../src/engine/init';

export const useInlinedFullKernel = (): void =>
  offerKernel(async () => (await moduleOf({ url: kernel })).module, 'full');
