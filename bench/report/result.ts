import type { Figure } from '../../src/plot/index.js';
import type { Table } from './table.js';

/** Something to be reached, and how near this run came. */
export interface Target {
  what: string;
  reach: string;
  found: string;
  /** `null` where this run cannot tell. */
  met: boolean | null;
}

/** What a suite found. */
export interface SuiteResult {
  /** As the title of its section. */
  title: string;
  /** What was measured, in a sentence or two. */
  intro: string;
  tables: Table[];
  targets: Target[];
  /** Lines below the tables: what is missing, and why. */
  notes: string[];
  figures: { name: string; figure: Figure }[];
  /** Every number behind the tables. */
  data: unknown;
}
