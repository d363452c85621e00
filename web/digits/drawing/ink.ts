import { IMAGE_SIDE } from 'neural-crn/learning';

/** A place on the drawing pad; 0 to 1 from its left and top edge. */
export interface Point {
  x: number;
  y: number;
}

/** A line drawn without lifting the pen; of one point, a dot. */
export type Stroke = readonly Point[];

/** Half a pen's width and the longer side of what is drawn, as parts of the image's side: as in the images of MNIST. */
const PEN = 1.25 / IMAGE_SIDE;
const EXTENT = 20 / IMAGE_SIDE;
/** Most that a small drawing is enlarged: a dot is to stay one. */
const ENLARGED = 6;

/**
 * Strokes as an image of 28 × 28 pixels, ink in [0, 1]: brought to the size that digits have, so that the pen has the width
 * of theirs, and then drawn.
 */
export function inkOf(strokes: readonly Stroke[]): Float32Array {
  const ink = new Float32Array(IMAGE_SIDE * IMAGE_SIDE);
  for (const stroke of enlarged(strokes)) {
    stroke.forEach((point, k) => {
      drawLine(ink, stroke[Math.max(0, k - 1)], point);
    });
  }
  return ink;
}

/** The strokes in the middle of the pad, as large as the images' digits. */
function enlarged(strokes: readonly Stroke[]): Stroke[] {
  const points = strokes.flat();
  if (points.length === 0) return [];
  const [left, top] = [Math.min(...points.map(({ x }) => x)), Math.min(...points.map(({ y }) => y))];
  const [right, bottom] = [Math.max(...points.map(({ x }) => x)), Math.max(...points.map(({ y }) => y))];
  const longest = Math.max(right - left, bottom - top);
  const scale = Math.min(ENLARGED, (EXTENT - 2 * PEN) / Math.max(longest, 1e-9));
  return strokes.map((stroke) =>
    stroke.map(({ x, y }) => ({
      x: 0.5 + scale * (x - (left + right) / 2),
      y: 0.5 + scale * (y - (top + bottom) / 2),
    })),
  );
}

/** A line of a round pen, its edge smoothed over one pixel. */
function drawLine(ink: Float32Array, from: Point, to: Point): void {
  const [ax, ay, bx, by] = [from.x, from.y, to.x, to.y].map((part) => part * IMAGE_SIDE);
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const radius = PEN * IMAGE_SIDE;
  const reach = radius + 1;
  const pixel = (place: number) => Math.min(IMAGE_SIDE - 1, Math.max(0, Math.floor(place)));
  for (let y = pixel(Math.min(ay, by) - reach); y <= pixel(Math.max(ay, by) + reach); y++) {
    for (let x = pixel(Math.min(ax, bx) - reach); x <= pixel(Math.max(ax, bx) + reach); x++) {
      const [px, py] = [x + 0.5 - ax, y + 0.5 - ay];
      const along = length > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / length)) : 0;
      const distance = Math.hypot(px - along * dx, py - along * dy);
      const covered = Math.min(1, Math.max(0, radius + 0.5 - distance));
      const place = y * IMAGE_SIDE + x;
      if (covered > ink[place]) ink[place] = covered;
    }
  }
}
