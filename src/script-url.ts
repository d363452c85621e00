const script = globalThis.document?.currentScript as HTMLScriptElement | null | undefined;

/** Workers that load a script by `importScripts` do not tell it from where; where its code runs from is in a stack. */
const fromStack = (): string | undefined =>
  /(?:https?|file|blob):[^\s()]+?(?=:\d+:\d+)/.exec(new Error().stack ?? '')?.[0];

/** What the build puts in place of `import.meta.url`, which a plain script does not have. */
export const scriptUrl: string = script?.src ?? fromStack() ?? globalThis.location.href;
