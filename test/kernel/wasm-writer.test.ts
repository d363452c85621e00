import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Bytes } from '../../src/kernels/bytes.js';
import { F64, FunctionWriter, I32, type Signature } from '../../src/kernels/function-writer.js';
import { ModuleWriter } from '../../src/kernels/module-writer.js';

const written = (write: (bytes: Bytes) => void) => {
  const bytes = new Bytes(1);
  write(bytes);
  return [...bytes.written];
};

describe('numbers of the binary format', () => {
  it.each([
    [0, [0]],
    [127, [0x7f]],
    [128, [0x80, 1]],
    [624_485, [0xe5, 0x8e, 0x26]],
    [0xffff_ffff, [0xff, 0xff, 0xff, 0xff, 0x0f]],
  ])('unsigned %i', (value, bytes) => {
    expect(written((out) => out.unsigned(value))).toEqual(bytes);
  });

  it.each([
    [0, [0]],
    [-1, [0x7f]],
    [63, [0x3f]],
    [64, [0xc0, 0]],
    [-64, [0x40]],
    [-65, [0xbf, 0x7f]],
    [-123_456, [0xc0, 0xbb, 0x78]],
    [0x7fff_ffff, [0xff, 0xff, 0xff, 0xff, 0x07]],
    [-0x8000_0000, [0x80, 0x80, 0x80, 0x80, 0x78]],
  ])('signed %i', (value, bytes) => {
    expect(written((out) => out.signed(value))).toEqual(bytes);
  });
});

/** Runs a function of no parameters that `write` fills in. */
function run(results: Signature['results'], write: (code: FunctionWriter) => void): unknown {
  const module = new ModuleWriter();
  const code = new FunctionWriter({ parameters: [], results });
  write(code);
  module.export('run', module.add(code));
  const memory = new WebAssembly.Memory({ initial: 1 });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module.finish()), { kernel: { memory } });
  return (instance.exports.run as () => unknown)();
}

it('a module, byte by byte', () => {
  const module = new ModuleWriter();
  const code = new FunctionWriter({ parameters: [I32, F64], results: [F64] });
  const sum = code.local();
  code.load(0, 8);
  code.get(1);
  code.add();
  code.tee(sum);
  module.export('f', module.add(code));
  expect([...module.finish()]).toEqual([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    // types: (i32, f64) → f64
    ...[0x01, 0x07, 0x01, 0x60, 0x02, 0x7f, 0x7c, 0x01, 0x7c],
    // imports: kernel.memory, one page or more
    ...[0x02, 0x12, 0x01, 0x06, ...Buffer.from('kernel'), 0x06, ...Buffer.from('memory'), 0x02, 0x00, 0x01],
    // functions: one of type 0
    ...[0x03, 0x02, 0x01, 0x00],
    // exports: f is function 0
    ...[0x07, 0x05, 0x01, 0x01, 0x66, 0x00, 0x00],
    // code: one body with one f64 local; local.get 0, f64.load align=8 offset=8, local.get 1, f64.add, local.tee 2
    ...[
      0x0a, 0x10, 0x01, 0x0e, 0x01, 0x01, 0x7c, 0x20, 0x00, 0x2b, 0x03, 0x08, 0x20, 0x01, 0xa0, 0x22, 0x02,
      0x0b,
    ],
  ]);
});

describe('V8 reads back what was written', () => {
  it('integers', () => {
    fc.assert(
      fc.property(fc.integer(), (value) => {
        expect(run([I32], (code) => code.integer(value))).toBe(value);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('doubles', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        expect(run([F64], (code) => code.constant(value))).toBe(value);
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it('locals of mixed types, beyond the first 128', () => {
    const value = run([F64], (code) => {
      const locals = Array.from({ length: 300 }, (_, i) => code.local(i % 3 === 1 ? I32 : F64));
      code.constant(7);
      code.set(locals[299]);
      code.integer(3);
      code.set(locals[298]);
      code.get(locals[299]);
    });
    expect(value).toBe(7);
  });

  it('offsets beyond the memory trap', () => {
    expect(() =>
      run([F64], (code) => {
        const base = code.local(I32);
        code.load(base, 0xffff_fff0);
      }),
    ).toThrow(WebAssembly.RuntimeError);
  });
});

it('imports come before functions', () => {
  const module = new ModuleWriter();
  const signature: Signature = { parameters: [], results: [] };
  module.add(new FunctionWriter(signature));
  expect(() => module.import('late', signature)).toThrow(/late is imported after/);
});
