import { createRandom } from '../../src/learning/index.js';

/** A generated table, its last column the label `y`. */
export interface Table {
  columns: string[];
  rows: number[][];
}

export interface TableOptions {
  rows?: number;
  /** Slopes in units of each column's own spread. */
  slopes?: number[];
  /** Correlation that neighbouring columns share, in [0, 1). */
  correlation?: number;
  /** Units of the columns: values are multiplied by these. */
  units?: number[];
  /** Noise in units of the label's spread. */
  noise?: number;
  intercept?: number;
}

/** Regression with values and slopes of either sign; least squares reaches about R² = 1 − noise². */
export function regressionTable(seed: number, options: TableOptions = {}): Table {
  const { rows = 200, slopes = [3, -2, 1, -4, 2], correlation = 0, noise = 0.14, intercept = -7 } = options;
  const units = options.units ?? slopes.map(() => 1);
  const random = createRandom(seed, 'table');
  const spread = Math.sqrt(slopes.reduce((sum, slope) => sum + slope * slope, 0));
  const table: Table = { columns: [...slopes.map((_, j) => String.fromCharCode(97 + j)), 'y'], rows: [] };
  for (let i = 0; i < rows; i++) {
    const common = random.normal();
    const z = slopes.map(
      () => Math.sqrt(1 - correlation) * random.normal() + Math.sqrt(correlation) * common,
    );
    const y =
      intercept + z.reduce((sum, value, j) => sum + value * slopes[j], 0) + random.normal(0, noise * spread);
    table.rows.push([...z.map((value, j) => value * units[j]), y]);
  }
  return table;
}

export function toCsv({ columns, rows }: Table): string {
  return `${[columns, ...rows].map((row) => row.join(',')).join('\n')}\n`;
}
