/** A table of words, as pages show it. */
export interface PageTable {
  columns: string[];
  rows: string[][];
  /** How many columns hold names; the others hold figures. */
  names: number;
}

/** A table as lines of Markdown. */
export function markdownTable({ columns, rows, names }: PageTable): string[] {
  const line = (texts: readonly string[]) =>
    `| ${texts.map((text) => text.replaceAll('|', '\\|').replace(/\*$/, '\\*')).join(' | ')} |`;
  return [
    line(columns),
    `|${columns.map((_, i) => (i < names ? ' --- |' : ' ---: |')).join('')}`,
    ...rows.map(line),
    '',
  ];
}

/** Tables as Markdown, what their words mean, and a list of what there is to say besides. */
export const markdownPage = (
  tables: readonly PageTable[],
  explanations: readonly string[],
  items: readonly string[],
): string =>
  [
    ...tables.flatMap(markdownTable),
    ...explanations.map((text) => `${text}\n`),
    ...items.map((item) => `- ${item}`),
    '',
  ].join('\n');
