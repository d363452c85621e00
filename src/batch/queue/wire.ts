/**
 * Plain data as JSON: what `structuredClone` copies and jobs are made of, to the last bit. Besides JSON's own values there
 * are numbers that it lacks, `undefined`, and arrays of bytes or numbers; they are objects whose one key begins with `$`.
 */

const ARRAYS = {
  Int8Array,
  Uint8Array,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
} as const;

const MARK = '$';

/** @throws TypeError for what is no plain data */
export const encode = (value: unknown): string => JSON.stringify(toWire(value));

export const decode = (text: string): unknown => fromWire(JSON.parse(text));

function toWire(value: unknown): unknown {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { $n: Object.is(value, -0) ? '-0' : `${value}` };
    case 'undefined':
      return { $u: 0 };
    case 'string':
    case 'boolean':
      return value;
    case 'object':
      return value === null ? null : objectToWire(value);
    default:
      throw new TypeError(`a ${typeof value} cannot be sent to a queue`);
  }
}

function objectToWire(value: object): unknown {
  if (Array.isArray(value)) return Array.from(value, toWire);
  if (value instanceof ArrayBuffer) return { $b: Buffer.from(value).toString('base64') };
  for (const [name, Class] of Object.entries(ARRAYS)) {
    if (!(value instanceof Class)) continue;
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    return { $a: [name, bytes.toString('base64')] };
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError(`an object of class ${value.constructor?.name} cannot be sent to a queue`);
  }
  const entries = Object.entries(value).map(([key, one]) => [key, toWire(one)]);
  // Keys that look like marks are sent as a list.
  return entries.some(([key]) => (key as string).startsWith(MARK) || key === '__proto__')
    ? { $o: entries }
    : Object.fromEntries(entries);
}

function fromWire(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(fromWire);
  const entries = Object.entries(value);
  const [key, one] = entries[0] ?? ['', undefined];
  if (!key.startsWith(MARK)) return Object.fromEntries(entries.map(([name, each]) => [name, fromWire(each)]));
  switch (key) {
    case '$n':
      return Number(one);
    case '$u':
      return undefined;
    case '$b':
      return bytesOf(one as string);
    case '$a': {
      const [name, text] = one as [keyof typeof ARRAYS, string];
      return new ARRAYS[name](bytesOf(text));
    }
    case '$o':
      return Object.fromEntries((one as [string, unknown][]).map(([name, each]) => [name, fromWire(each)]));
    default:
      throw new TypeError(`a message has the unknown mark ${key}`);
  }
}

/** A buffer of its own: short ones that Node makes lie in a shared one. */
function bytesOf(text: string): ArrayBuffer {
  const bytes = Buffer.from(text, 'base64');
  const own = new ArrayBuffer(bytes.length);
  new Uint8Array(own).set(bytes);
  return own;
}
