export function packageOf(path: string): string | undefined;
export function noticesOf(paths: Iterable<string>, folder: string): Promise<string>;
