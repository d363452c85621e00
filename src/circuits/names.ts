import { nearestName } from '../network/nearest.js';

/** Every option by name. A record and not a list: an option that is added and not named in it does not compile. */
export type Names<Options> = Readonly<Record<keyof Options, true>>;

/**
 * Refuses names that mean nothing: a misspelt option would otherwise leave its default in place unnoticed.
 * @param what the names are of, in the singular
 * @param prefix stands before every name in the message
 * @throws RangeError naming the first of them, with the nearest name there is and all that there are
 */
export function refuseUnknown(what: string, given: object, names: readonly string[], prefix = ''): void {
  for (const name of Object.keys(given)) {
    if (names.includes(name)) continue;
    // Of two letters every name that shares one would be near.
    const near = name.length > 2 ? nearestName(name, names) : undefined;
    const hint = near === undefined ? '' : ` (did you mean "${prefix}${near}"?)`;
    throw new RangeError(
      `there is no ${what} "${prefix}${name}"${hint}; the ${what}s are ${names.map((one) => prefix + one).join(', ')}`,
    );
  }
}
