import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { learningTable, robustnessTable, sizeTable } from '../../src/cli/compare-tables.js';
import { markdownTable } from '../../src/cli/markdown.js';
import type { CompareRow } from '../../src/compare/index.js';

const text = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('the page of the comparison', () => {
  const page = text('docs/comparison.md');
  const { rows } = JSON.parse(text('web/compare/comparison.json')) as { rows: CompareRow[] };

  it.each([
    ['what each is made of', sizeTable],
    ['what came of it', learningTable],
    ['rates that are off, and molecules', robustnessTable],
  ])('has the table that the playground shows: %s', (_, table) => {
    expect(page).toContain(markdownTable(table(rows)).join('\n'));
  });

  it('has its rules, and where Neural CRNs win and lose', () => {
    for (const heading of [
      'The rules',
      'What is chemical, what digital',
      'Where Neural CRNs win',
      'Where they lose',
    ])
      expect(page).toContain(`\n## ${heading}\n`);
  });
});
