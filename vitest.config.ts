import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const src = fileURLToPath(new URL('./src', import.meta.url));

/** The page, the examples and their tests import what users import, from the sources. */
const asUsersImport = {
  name: 'as-users-import',
  enforce: 'pre' as const,
  resolveId(id: string, importer: string | undefined) {
    if (!/^neural-crn(\/|$)/.test(id) || !/\/(web|examples)\//.test(importer ?? '')) return undefined;
    return id === 'neural-crn' ? `${src}/index.ts` : `${src}/${id.slice('neural-crn/'.length)}/index.ts`;
  },
};

const byDefault = "const defaultKernels = (_: EngineKind): KernelChoice => 'auto';";

/** Runs the sources with generated kernels where a test does not choose: every simulation then goes through them. */
const generatedByDefault = {
  name: 'generated-by-default',
  transform(code: string, id: string) {
    if (!id.endsWith('src/simulate/settings.ts')) return undefined;
    if (!code.includes(byDefault)) throw new Error('settings.ts has another default of kernels');
    return code.replace(
      byDefault,
      "const defaultKernels = (engine: EngineKind): KernelChoice => engine === 'wasm' ? 'generated' : 'auto';",
    );
  },
  enforce: 'pre' as const,
};

const apart = [
  'test/{batch,bench,browser,docs,examples,package,web}/**/*.test.ts',
  'test/simulate/kernels.test.ts',
  'test/learning/pace.test.ts',
];

export default defineConfig({
  plugins: [asUsersImport],
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two cores would get one worker by default, and CI has two. Tests of pages and of commands often wait: one more.
    maxWorkers: availableParallelism() + 1,
    setupFiles: ['test/tools/inlined-kernel.ts'],
    globalSetup: ['test/tools/run-folder.ts'],
    // Files share a worker's modules, which spares a third of their time. What spies on modules, starts servers or
    // ends processes has its modules to itself.
    isolate: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'all',
          include: ['test/**/*.test.ts'],
          exclude: ['test/long/**', ...apart],
          setupFiles: ['test/tools/lazy-parts.ts'],
        },
      },
      { extends: true, test: { name: 'apart', include: apart, isolate: true } },
      {
        extends: true,
        plugins: [generatedByDefault],
        test: {
          name: 'generated',
          include: ['test/simulate/*.test.ts', 'test/circuits/module-laws.test.ts'],
          isolate: true,
        },
      },
    ],
  },
});
