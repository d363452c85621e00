/// <reference types="vite/client" />

/** The address of a module worker's script: `plugins/module-workers.ts`. */
declare module '*?script' {
  const address: string;
  export default address;
}

/** The address of the digits that the page carries: `plugins/digits.ts`. */
declare module 'virtual:digits' {
  const address: string;
  export default address;
}
