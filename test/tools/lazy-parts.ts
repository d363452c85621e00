/**
 * Where files share modules, one that ends while a part is on its way would break that part for all that follow: the
 * parts that the library fetches when it needs them are fetched here.
 */
await Promise.all([
  import('../../src/generated/kernel-full-js.js'),
  import('../../src/generated/kernel-full-wasm.js'),
  import('../../src/generated/kernel-js.js'),
  import('../../src/kernels/emit.js'),
]);

export {};
