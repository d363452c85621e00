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

/** 1 in the full kernel, 0 in the core, where what stands behind it is left out; the build says which. */
declare const FULL_KERNEL: i32;

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

/** Two doubles at once. WebAssembly only: `memory.ts`, `blocks.ts`, and the files of `lanes/`, which the JavaScript engine leaves out. */
declare type v128 = { readonly v128: unique symbol };
declare function f64x2(first: f64, second: f64): v128;
declare namespace f64x2 {
  function splat(x: f64): v128;
  function extract_lane(x: v128, lane: number): f64;
  function replace_lane(x: v128, lane: number, value: f64): v128;
  function add(a: v128, b: v128): v128;
  function sub(a: v128, b: v128): v128;
  function mul(a: v128, b: v128): v128;
  function div(a: v128, b: v128): v128;
  function neg(a: v128): v128;
  function abs(a: v128): v128;
  function sqrt(a: v128): v128;
  function pmin(a: v128, b: v128): v128;
  function pmax(a: v128, b: v128): v128;
  function eq(a: v128, b: v128): v128;
  function ne(a: v128, b: v128): v128;
  function gt(a: v128, b: v128): v128;
  function lt(a: v128, b: v128): v128;
  function le(a: v128, b: v128): v128;
}
declare namespace i64x2 {
  function all_true(a: v128): bool;
  function bitmask(a: v128): i32;
}
declare function i32x4(a: i32, b: i32, c: i32, d: i32): v128;
declare namespace i32x4 {
  function splat(x: i32): v128;
  function extract_lane(x: v128, lane: number): i32;
  function add(a: v128, b: v128): v128;
  function shl(a: v128, by: i32): v128;
  function shr_u(a: v128, by: i32): v128;
}
declare namespace v128 {
  function load(address: usize, offset?: number): v128;
  function store(address: usize, value: v128, offset?: number): void;
  function load64_splat(address: usize): v128;
  function and(a: v128, b: v128): v128;
  function or(a: v128, b: v128): v128;
  function xor(a: v128, b: v128): v128;
  function andnot(a: v128, b: v128): v128;
  function bitselect(ones: v128, zeros: v128, mask: v128): v128;
  function any_true(a: v128): bool;
}
