import { Bytes } from './bytes.js';
import { FunctionWriter, type Signature } from './function-writer.js';
import { PairWriter } from './pair-writer.js';
import { pairSignature } from './signatures.js';

/** Section ids of the binary format (WebAssembly core specification 2.0, 5.5.2). */
const TYPES = 1;
const IMPORTS = 2;
const FUNCTIONS = 3;
const EXPORTS = 7;
const CODE = 10;

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const FUNCTION_TYPE = 0x60;
const FUNCTION_KIND = 0x00;
const MEMORY_KIND = 0x02;

/**
 * Writes a module that works in an imported memory (`kernel.memory`) and may call imported functions of the room
 * `kernel`. Functions are numbered in the order in which they are added, imports first.
 */
export class ModuleWriter {
  private readonly types: Signature[] = [];
  private readonly imports: { name: string; type: number }[] = [];
  private readonly functions: { code: FunctionWriter; type: number }[] = [];
  private readonly exports: { name: string; index: number }[] = [];

  /** @param lanes runs that its functions serve at a time */
  constructor(readonly lanes: 1 | 2 = 1) {}

  /** What writes a function that for one run has the given signature. `add` it when it is finished. */
  begin(signature: Signature): FunctionWriter {
    return this.lanes === 1 ? new FunctionWriter(signature) : new PairWriter(pairSignature(signature));
  }

  /** A function of doubles as one of what the module's code computes with: for two runs, of each pair's two by turns. */
  perLane(func: number, signature: Signature): number {
    if (this.lanes === 1) return func;
    const code = new FunctionWriter(pairSignature(signature));
    const once = (lane: 0 | 1) => {
      signature.parameters.forEach((_, parameter) => {
        code.get(parameter);
        code.extract(lane);
      });
      code.call(func);
    };
    once(0);
    code.splat();
    once(1);
    code.replace(1);
    return this.add(code);
  }

  /**
   * Number of the imported function `name`.
   * @throws Error after the first function was added: imports come first
   */
  import(name: string, signature: Signature): number {
    const known = this.imports.findIndex((entry) => entry.name === name);
    if (known >= 0) return known;
    if (this.functions.length > 0) throw new Error(`${name} is imported after a function was added`);
    this.imports.push({ name, type: this.typeOf(signature) });
    return this.imports.length - 1;
  }

  /** Adds a finished function; returns its number. */
  add(code: FunctionWriter): number {
    this.functions.push({ code, type: this.typeOf(code.signature) });
    return this.imports.length + this.functions.length - 1;
  }

  export(name: string, index: number): void {
    this.exports.push({ name, index });
  }

  finish(): Uint8Array<ArrayBuffer> {
    const out = new Bytes(1024);
    for (const byte of HEADER) out.byte(byte);
    section(out, TYPES, this.types, (body, { parameters, results }) => {
      body.byte(FUNCTION_TYPE);
      for (const list of [parameters, results]) {
        body.unsigned(list.length);
        for (const type of list) body.byte(type);
      }
    });
    section(out, IMPORTS, [undefined, ...this.imports], (body, entry) => {
      body.name('kernel');
      body.name(entry?.name ?? 'memory');
      if (entry === undefined) {
        // Of one page or more, without a limit.
        for (const byte of [MEMORY_KIND, 0x00, 0x01]) body.byte(byte);
      } else {
        body.byte(FUNCTION_KIND);
        body.unsigned(entry.type);
      }
    });
    section(out, FUNCTIONS, this.functions, (body, { type }) => body.unsigned(type));
    section(out, EXPORTS, this.exports, (body, { name, index }) => {
      body.name(name);
      body.byte(FUNCTION_KIND);
      body.unsigned(index);
    });
    section(out, CODE, this.functions, (body, { code }) => code.writeTo(body));
    return out.written.slice();
  }

  private typeOf(signature: Signature): number {
    const known = this.types.indexOf(signature);
    return known >= 0 ? known : this.types.push(signature) - 1;
  }
}

function section<T>(
  out: Bytes,
  id: number,
  entries: readonly T[],
  write: (body: Bytes, entry: T) => void,
): void {
  if (entries.length === 0) return;
  const body = new Bytes(1024);
  body.unsigned(entries.length);
  for (const entry of entries) write(body, entry);
  out.byte(id);
  out.unsigned(body.length);
  out.append(body);
}
