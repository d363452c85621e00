/**
 * The part of AssemblyScript's vocabulary that the kernel's sources use, declared for TypeScript. With it the same
 * files type-check in the editor, compile to WebAssembly with `asc`, and bundle to JavaScript (where
 * `src/engine/js/globals.ts` supplies the conversions).
 */
declare type i32 = number;
declare type f64 = number;
declare type usize = number;
declare type bool = boolean;

declare function i32(value: number): i32;
declare function f64(value: number): f64;
declare function usize(value: number): usize;

/** WebAssembly only; `code.ts` is the one file that may use this. */
declare function call_indirect<T>(index: i32, ...args: number[]): T;

/** WebAssembly only; `memory.ts` is the one file that may use these. */
declare function load<T>(address: usize): T;
declare function store<T>(address: usize, value: T): void;
declare const __heap_base: usize;
declare namespace memory {
  function size(): i32;
  function grow(pages: i32): i32;
  function copy(to: usize, from: usize, bytes: usize): void;
  function fill(to: usize, value: i32, bytes: usize): void;
}
