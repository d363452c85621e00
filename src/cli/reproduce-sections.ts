import type { Figure, HtmlSection } from '../plot/index.js';
import type { PageTable } from './markdown.js';

/** Draws a figure under a name, and gives its SVG. @throws the signal's reason when it is aborted */
export type AddFigure = (name: string, figure: Figure) => Promise<string>;

/** How the rows of a page become sections. */
export interface Sections<R> {
  title: string;
  /** The table of all rows, and what its words mean. */
  table: PageTable;
  explanations: readonly string[];
  rows: readonly R[];
  remarks(own: readonly R[]): readonly string[];
  /** Figures of an experiment, drawn. */
  figures(experiment: string): Promise<string[]>;
  /** After each experiment. */
  done(): void;
}

/** A section with the table, and one for every experiment. */
export async function experimentSections<R extends { experiment: string; title: string }>(
  page: Sections<R>,
): Promise<HtmlSection[]> {
  const { title, table, explanations, rows, remarks, figures, done } = page;
  const sections: HtmlSection[] = [{ title, table, text: explanations.join('\n\n'), figures: [] }];
  for (const experiment of new Set(rows.map((row) => row.experiment))) {
    const own = rows.filter((row) => row.experiment === experiment);
    sections.push({
      title: `${experiment}: ${own[0].title}`,
      text: remarks(own).join('\n\n'),
      figures: await figures(experiment),
    });
    done();
  }
  return sections;
}
