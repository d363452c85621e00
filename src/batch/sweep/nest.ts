import type { OptionValue } from './settings.js';

/** Options of one case, by full name. */
export type CaseOptions = Readonly<Record<string, OptionValue>>;

/** The options under a common first name, without it; none where there are none. */
export function group(options: CaseOptions, name: string): Record<string, OptionValue> {
  const prefix = `${name}.`;
  return Object.fromEntries(
    Object.entries(options)
      .filter(([path]) => path.startsWith(prefix))
      .map(([path, value]) => [path.slice(prefix.length), value]),
  );
}

/** The options with no first name before theirs. */
export const ungrouped = (options: CaseOptions): Record<string, OptionValue> =>
  Object.fromEntries(Object.entries(options).filter(([path]) => !path.includes('.')));

/** An object under a key, or nothing where it is empty. */
export const unlessEmpty = (key: string, values: Record<string, OptionValue>): object =>
  Object.keys(values).length === 0 ? {} : { [key]: values };
