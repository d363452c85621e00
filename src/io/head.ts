const mostLines = 200;
const longestLine = 300;

/** The beginning of a text, for looking at what it is: its first lines, long ones cut. */
export function head(text: string): string {
  const lines: string[] = [];
  for (let start = 0; start < text.length && lines.length < mostLines; ) {
    const end = text.indexOf('\n', start);
    const stop = end < 0 ? text.length : end;
    lines.push(text.slice(start, Math.min(stop, start + longestLine)));
    start = stop + 1;
  }
  return lines.join('\n');
}
