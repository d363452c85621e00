/** AssemblyScript's conversions as the JavaScript engine needs them; injected when the kernel's sources are bundled. */
export const i32 = (value: number): number => value | 0;
export const f64 = (value: number): number => value;
export const usize = (value: number): number => value;
