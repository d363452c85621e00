const script = globalThis.document?.currentScript as HTMLScriptElement | null | undefined;

/** What the build puts in place of `import.meta.url`, which a plain script does not have. */
export const scriptUrl: string = script?.src ?? globalThis.location.href;
