import { defineConfig } from 'vitest/config';

/** Longer studies: `npm run test:long`. Their last results are recorded in docs/studies.md. */
export default defineConfig({
  test: {
    include: ['test/long/**/*.test.ts'],
    setupFiles: ['test/tools/inlined-kernel.ts'],
    testTimeout: 1_800_000,
  },
});
