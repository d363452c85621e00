import type { Issue } from '../network/model.js';
import { isLineEnd } from '../network/names.js';
import type { InvalidFile } from './failures.js';

/** Widest piece of a source line that is shown. */
const SHOWN = 74;
/** Room that a cut line keeps after the column pointed at. */
const AFTER = 24;

/** Paints parts of a message; the identity when there are no colours. */
export interface Paint {
  severity: (text: string, severity: Issue['severity']) => string;
  place: (text: string) => string;
  caret: (text: string) => string;
}

const plain: Paint = { severity: (text) => text, place: (text) => text, caret: (text) => text };

/** Where a numbered line begins and ends; lines end as the parser ends them. */
function* lines(text: string): Generator<{ number: number; start: number; end: number }> {
  let number = 1;
  let start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (!isLineEnd(code)) continue;
    yield { number, start, end: i };
    if (code === 13 && text.charCodeAt(i + 1) === 10) i++;
    start = i + 1;
    number++;
  }
  yield { number, start, end: text.length };
}

/** The lines with these numbers, found in one pass. */
function findLines(text: string, wanted: ReadonlySet<number>): Map<number, string> {
  const found = new Map<number, string>();
  if (text === '' || wanted.size === 0) return found;
  for (const { number, start, end } of lines(text)) {
    if (!wanted.has(number)) continue;
    // Only what may be shown is copied: a line can have megabytes.
    found.set(number, text.slice(start, end));
    if (found.size === wanted.size) break;
  }
  return found;
}

/** What would move the cursor or paint the terminal is shown as a dot. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const unprintable = /[\0-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** The source line, cut around the column, and a caret below it. */
function excerpt(line: string, column: number, paint: Paint): string[] {
  const at = Math.min(Math.max(0, column - 1), line.length);
  let from = 0;
  if (line.length > SHOWN && at > SHOWN - AFTER) from = Math.min(at - (SHOWN - AFTER), line.length - SHOWN);
  // No half of a surrogate pair at either end.
  if (from > 0 && isLowSurrogate(line, from)) from--;
  let to = Math.min(line.length, from + SHOWN);
  if (to < line.length && isLowSurrogate(line, to)) to--;
  const show = (piece: string) => piece.replace(/\t/g, ' ').replace(unprintable, '·');
  const before = (from > 0 ? '…' : '') + show(line.slice(from, at));
  const rest = show(line.slice(at, to)) + (to < line.length ? '…' : '');
  return [`  ${before}${rest}`, `  ${' '.repeat([...before].length)}${paint.caret('^')}`];
}

function isLowSurrogate(text: string, place: number): boolean {
  const code = text.charCodeAt(place);
  return code >= 0xdc00 && code <= 0xdfff;
}

/**
 * Issues as text: `FILE:line:column: error: message`, the source line with a caret, and the hint.
 * @param file what to call the file
 * @param text its content; may be empty
 */
export function formatIssues(
  file: string,
  text: string,
  issues: readonly Issue[],
  paint: Paint = plain,
): string {
  const wanted = new Set(issues.flatMap(({ line, column }) => (line > 0 && column > 0 ? [line] : [])));
  const source = findLines(text, wanted);
  return issues
    .map(({ severity, message, hint, line, column }) => {
      const place = line > 0 ? `${file}:${line}:${column > 0 ? `${column}:` : ''}` : `${file}:`;
      const shown = column > 0 ? source.get(line) : undefined;
      return [
        `${paint.place(place)} ${paint.severity(`${severity}:`, severity)} ${message.replace(unprintable, '·')}`,
        ...(shown === undefined ? [] : excerpt(shown, column, paint)),
        ...(hint === undefined ? [] : [`  hint: ${hint}`]),
      ].join('\n');
    })
    .join('\n');
}

/** All issues of a file and, when there are several errors, how many. */
export function describeInvalidFile({ file, text, issues }: InvalidFile, paint: Paint = plain): string {
  const errors = issues.filter(({ severity }) => severity === 'error').length;
  const body = formatIssues(file, text, issues, paint);
  return errors > 1 ? `${body}\n${errors} errors in ${file}` : body;
}
