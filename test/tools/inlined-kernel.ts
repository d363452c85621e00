/** Tests reach into rooms that leave to the entries where the kernel comes from: here, as for `neural-crn`, its own bytes. */
import { useInlinedKernel } from '../../src/engine/inlined.js';
import { useInlinedFullKernel } from '../../src/engine/inlined-full.js';

useInlinedKernel();
useInlinedFullKernel();
