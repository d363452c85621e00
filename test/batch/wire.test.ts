import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkName, shown } from '../../src/batch/queue/address.js';
import { pack } from '../../src/batch/queue/job-data.js';
import { decode, encode } from '../../src/batch/queue/wire.js';

const data = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.double(),
    fc.integer(),
    fc.constantFrom(
      Number.NaN,
      -0,
      Infinity,
      -Infinity,
      5e-324,
      Number.MAX_VALUE,
      undefined,
      null,
      true,
      false,
    ),
    fc.string({ unit: 'grapheme' }),
    fc.float64Array(),
    fc.int32Array(),
    fc.uint8Array().map((bytes) => bytes.slice().buffer),
    fc.array(tie('value')),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('$n', '$o', '$', 'constructor')), tie('value')),
  ),
})).value;

test('plain data come back as a clone of theirs, to the last bit', () => {
  fc.assert(
    fc.property(data, (value) => {
      // As threads are sent them; tells −0 from 0.
      expect(isDeepStrictEqual(decode(encode(value)), structuredClone(value))).toBe(true);
    }),
    { seed: 7, numRuns: 500 },
  );
});

test('arrays of numbers that lie in the middle of a buffer', () => {
  const all = Float64Array.of(1, Math.PI, -0, Number.NaN, 5);
  const back = decode(encode({ part: all.subarray(1, 4) })) as { part: Float64Array };
  expect([...back.part]).toEqual([Math.PI, -0, Number.NaN]);
  expect(back.part.buffer.byteLength).toBe(24);
});

test.each([[() => 1], [1n], [new Map()], [Symbol('s')], [{ when: new Date(0) }]])(
  '%s is refused',
  (value) => {
    expect(() => encode(value)).toThrow(TypeError);
  },
);

test('a job is known by its content, and shares what is large', () => {
  const network = { species: 'A'.repeat(5000) };
  const one = pack('cases', { network, cases: [1] });
  const other = pack('cases', { network, cases: [2] });
  expect(pack('cases', { network: { ...network }, cases: [1] })).toEqual(one);
  expect(new Set([one.id, other.id, pack('train', { network, cases: [1] }).id]).size).toBe(3);
  expect(one.data.parts).toEqual(other.data.parts);
  expect([...one.parts.keys()]).toEqual([one.data.parts.network]);
  expect(JSON.stringify(one.data).length).toBeLessThan(300);
});

test('an address is printed without its password, and names of queues are plain', () => {
  expect(shown('redis://me:se/cr@host:1/2')).toBe('redis://me:…@host:1/2');
  expect(shown('redis://:s@host')).toBe('redis://:…@host');
  expect(shown('redis://host:6379')).toBe('redis://host:6379');
  expect(() => checkName('a:b')).toThrow('not "a:b"');
});
