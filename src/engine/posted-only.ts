/**
 * What stands for `inlined.ts` and `inlined-full.ts` in the package's own worker: whoever starts it posts the kernel, and
 * the worker carries none.
 */
export const useInlinedKernel = (): void => {};
export const useInlinedFullKernel = (): void => {};
