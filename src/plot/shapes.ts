import type { PointSymbol } from './figure.js';

type Place = readonly [x: number, y: number];

const at = ([x, y]: Place): string => `${x},${y}`;
const joined = (places: readonly Place[]): string => `M${places.map(at).join('L')}`;

/** A line through places; `null` is a gap, and a place between two gaps a dot. */
export function linePath(places: readonly (Place | null)[]): string {
  let path = '';
  let part: Place[] = [];
  const flush = () => {
    if (part.length > 0) path += joined(part) + (part.length === 1 ? 'Z' : '');
    part = [];
  };
  for (const place of places) {
    if (place === null) flush();
    else part.push(place);
  }
  flush();
  return path;
}

/** Between two lines: along the first, and back along the second. */
export const areaPath = (there: readonly Place[], back: readonly Place[]): string =>
  `${joined([...there, ...[...back].reverse()])}Z`;

const TAN_30 = Math.sqrt(1 / 3);
/** A star's area is this part of its circumscribed circle's squared radius, inverted; its inner radius by the outer. */
const STAR_AREA = 0.8908130915292852;
const STAR_INNER = Math.sin(Math.PI / 10) / Math.sin((7 * Math.PI) / 10);

/** A symbol around the origin, as large as a circle of this radius. */
export function symbolPath(symbol: PointSymbol, radius: number): string {
  const size = Math.PI * radius ** 2;
  const closed = (places: readonly Place[]) => `${joined(places)}Z`;
  switch (symbol) {
    case 'circle':
      return `M${radius},0A${radius},${radius},0,1,1,${-radius},0A${radius},${radius},0,1,1,${radius},0Z`;
    case 'square': {
      const side = Math.sqrt(size);
      return `M${-side / 2},${-side / 2}h${side}v${side}h${-side}Z`;
    }
    case 'triangle': {
      const y = -Math.sqrt(size / (Math.sqrt(3) * 3));
      const x = Math.sqrt(3) * y;
      return closed([
        [0, 2 * y],
        [-x, -y],
        [x, -y],
      ]);
    }
    case 'diamond': {
      const y = Math.sqrt(size / (2 * TAN_30));
      const x = y * TAN_30;
      return closed([
        [0, -y],
        [x, 0],
        [0, y],
        [-x, 0],
      ]);
    }
    case 'star': {
      const outer = Math.sqrt(size * STAR_AREA);
      return closed(
        Array.from({ length: 10 }, (_, k): Place => {
          const distance = k % 2 === 0 ? outer : STAR_INNER * outer;
          const angle = (Math.PI * k) / 5 - Math.PI / 2;
          return [distance * Math.cos(angle), distance * Math.sin(angle)];
        }),
      );
    }
    case 'cross': {
      const r = Math.sqrt(size - Math.min(size / 6, 1.7)) * 0.6189;
      return `M${-r},${-r}L${r},${r}M${-r},${r}L${r},${-r}`;
    }
  }
}
