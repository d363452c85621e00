/// <reference types="vite/client" />

/** The address of a module worker's script: `plugins/module-workers.ts`. */
declare module '*?script' {
  const address: string;
  export default address;
}
