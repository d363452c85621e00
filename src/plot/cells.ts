import type { CellsLayer } from './figure.js';

/** The borders of cells around these centres, one more than centres: halfway between, and as far again at the ends. */
export function cellEdges(centres: readonly number[]): number[] {
  const n = centres.length;
  if (n < 2) return [...centres];
  const inner = centres.slice(1).map((value, i) => (centres[i] + value) / 2);
  return [centres[0] - (inner[0] - centres[0]), ...inner, centres[n - 1] + (centres[n - 1] - inner[n - 2])];
}

export interface CellRectangle {
  x1: number;
  x2: number;
  y1: number;
  y2: number;
  color: string;
}

/** The cells as few rectangles: neighbours of one colour are joined along rows, then equal rows are joined. */
export function cellRectangles({ x, y, cells, colors }: CellsLayer): CellRectangle[] {
  const [xs, ys] = [cellEdges(x), cellEdges(y)];
  const done: CellRectangle[] = [];
  let open = new Map<string, CellRectangle>();
  for (let row = 0; row < y.length; row++) {
    const next = new Map<string, CellRectangle>();
    let start = 0;
    for (let column = 1; column <= x.length; column++) {
      const cell = cells[row * x.length + start];
      if (column < x.length && cells[row * x.length + column] === cell) continue;
      if (cell !== null) {
        const key = `${start} ${column} ${cell}`;
        let rectangle = open.get(key);
        if (rectangle) rectangle.y2 = ys[row + 1];
        else {
          rectangle = { x1: xs[start], x2: xs[column], y1: ys[row], y2: ys[row + 1], color: colors[cell] };
          done.push(rectangle);
        }
        next.set(key, rectangle);
      }
      start = column;
    }
    open = next;
  }
  return done;
}

/**
 * The lines between cells of different values, as one line with gaps: `x` and `y` of a line layer. Blank cells have
 * no border.
 */
export function cellBorders(
  x: readonly number[],
  y: readonly number[],
  cells: readonly (number | null)[],
): { x: number[]; y: (number | null)[] } {
  const [xs, ys] = [cellEdges(x), cellEdges(y)];
  const line: { x: number[]; y: (number | null)[] } = { x: [], y: [] };
  const add = (x1: number, y1: number, x2: number, y2: number) => {
    if (line.x.length > 0) {
      line.x.push(x1);
      line.y.push(null);
    }
    line.x.push(x1, x2);
    line.y.push(y1, y2);
  };
  const differ = (a: number | null, b: number | null) => a !== null && b !== null && a !== b;
  const n = x.length;
  // Stretches in one direction become one segment.
  const sweep = (
    length: number,
    border: (k: number) => boolean,
    draw: (from: number, to: number) => void,
  ) => {
    let from = -1;
    for (let k = 0; k <= length; k++) {
      const here = k < length && border(k);
      if (here && from < 0) from = k;
      if (!here && from >= 0) {
        draw(from, k);
        from = -1;
      }
    }
  };
  for (let row = 1; row < y.length; row++) {
    sweep(
      n,
      (k) => differ(cells[(row - 1) * n + k], cells[row * n + k]),
      (from, to) => add(xs[from], ys[row], xs[to], ys[row]),
    );
  }
  for (let column = 1; column < n; column++) {
    sweep(
      y.length,
      (k) => differ(cells[k * n + column - 1], cells[k * n + column]),
      (from, to) => add(xs[column], ys[from], xs[column], ys[to]),
    );
  }
  return line;
}
