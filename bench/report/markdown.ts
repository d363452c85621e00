import { type Machine, machineText } from '../machine.js';
import type { SuiteResult } from './result.js';
import { markdownTable } from './table.js';

/** The whole run as Markdown: the machine, what was to be reached, then a section for each suite. */
export function markdownReport(
  machine: Machine,
  how: string,
  results: readonly SuiteResult[],
  figureLink: (name: string) => string | null,
): string {
  const parts = [`Measured on ${machineText(machine)}. ${how}`];
  const targets = results.flatMap((result) => result.targets);
  if (targets.length > 0) {
    parts.push('## To be reached');
    parts.push(
      markdownTable({
        head: ['what', 'reach', 'found', 'met'],
        rows: targets.map(({ what, reach, found, met }) => [
          what,
          reach,
          found,
          met === null ? 'not measured' : met ? 'yes' : 'no',
        ]),
      }),
    );
  }
  for (const { title, intro, tables, notes, figures } of results) {
    parts.push(`## ${title}`, intro);
    for (const table of tables) {
      if (table.title !== '') parts.push(`### ${table.title}`);
      parts.push(markdownTable(table));
    }
    if (notes.length > 0) parts.push(notes.map((note) => `* ${note}`).join('\n'));
    const links = figures.flatMap(({ name, figure }) => {
      const link = figureLink(name);
      return link === null ? [] : [`* [${figure.title}](${link})`];
    });
    if (links.length > 0) parts.push(links.join('\n'));
  }
  return `${parts.join('\n\n')}\n`;
}
