/**
 * What a name may look like. A plain name is a letter or `_`, then letters, digits, `_` and `'`, an index list in
 * brackets, and a rail sign at the end: `X`, `P[1,2]`, `y'`, `Z+`. Any other name stands in backticks.
 */

const letter = /^\p{L}$/u;
const letterMarkOrDigit = /^[\p{L}\p{M}\p{Nd}]$/u;
const plainName =
  /^[\p{L}_][\p{L}\p{M}\p{Nd}_']*(?:\[[\p{L}\p{M}\p{Nd}_']+(?:,[\p{L}\p{M}\p{Nd}_']+)*\])?[+-]?$/u;

const isAsciiLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);

export const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** True for a code point that may begin a plain name. */
export function isNameStart(code: number): boolean {
  if (code < 128) return isAsciiLetter(code) || code === 95;
  return letter.test(String.fromCodePoint(code));
}

/** True for a code point that may go on in a plain name, or stand in an index list. */
export function isNamePart(code: number): boolean {
  if (code < 128) return isAsciiLetter(code) || isDigit(code) || code === 95 || code === 39;
  return letterMarkOrDigit.test(String.fromCodePoint(code));
}

/** Line ends of every system (LF, CR) and of Unicode (NEL, LS, PS). Each ends a statement. */
export function isLineEnd(code: number): boolean {
  return code === 10 || code === 13 || code === 0x2028 || code === 0x2029 || code === 0x85;
}

/** White space inside a line. */
export function isSpace(code: number): boolean {
  if (code < 128) return code === 32 || code === 9 || code === 11 || code === 12;
  return (
    code === 0xa0 ||
    code === 0xfeff ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** True when a text can hold the name, quoted if need be: it is not empty and has no backtick and no line end. */
export function isWritableName(name: string): boolean {
  if (name === '') return false;
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (code === 96 || isLineEnd(code)) return false;
  }
  return true;
}

/**
 * The name as a text writes it, in backticks unless it is plain.
 * @throws RangeError when no text can hold it.
 */
export function printName(name: string): string {
  if (plainName.test(name)) return name;
  if (isWritableName(name)) return `\`${name}\``;
  throw new RangeError(
    `the name ${JSON.stringify(name)} cannot be written: it is empty or has a backtick or a line end`,
  );
}

const longestShown = 40;

/** The name for a message: in backticks, and cut when it is long. */
export function showName(name: string): string {
  return name.length > longestShown ? `\`${name.slice(0, longestShown)}…\`` : `\`${name}\``;
}

/** The end of a phase's entry that stands for every index: `feed[*]`. */
export const everyIndex = '[*]';

/** `feed` of `feed[1,pn]`; null for a label without an index. */
export function familyOf(label: string): string | null {
  const bracket = label.indexOf('[');
  return bracket > 0 ? label.slice(0, bracket) : null;
}
