import type { KernelChoice } from 'neural-crn';

/** Kernels of the page's runs. The single file of elements leaves the generator out and says `'interpreted'`. */
export const kernels: KernelChoice = 'auto';
