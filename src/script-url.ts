const script = globalThis.document?.currentScript as HTMLScriptElement | null | undefined;

/**
 * What the build puts in place of `import.meta.url`, which a plain script does not have: where the module that starts
 * workers would lie beside the script.
 */
export const scriptUrl: string = new URL('batch/index.js', script?.src ?? globalThis.location.href).href;
