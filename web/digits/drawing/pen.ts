import type { Point, Stroke } from './ink';

/** How far an arrow key moves the pen, and how far with Shift: parts of the pad. */
const STEP = 1 / 28;
const LEAP = 4 / 28;

/** A pen that keys move. */
export interface Pen {
  at: Point;
  isDown: boolean;
}

export const restingPen: Pen = { at: { x: 0.5, y: 0.2 }, isDown: false };

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

const within = (place: number) => Math.min(0.96, Math.max(0.04, place));

/**
 * What a key does to the pen and the drawing: arrows move it, Space or Enter puts it down and lifts it. Two arrows one
 * after the other draw a corner.
 * @returns undefined for a key that it does not know
 */
export function keyed(
  { key, shiftKey }: { key: string; shiftKey: boolean },
  pen: Pen,
  strokes: readonly Stroke[],
): { pen: Pen; strokes: readonly Stroke[] } | undefined {
  const direction = DIRECTIONS[key];
  if (direction) {
    const far = shiftKey ? LEAP : STEP;
    const at = { x: within(pen.at.x + far * direction[0]), y: within(pen.at.y + far * direction[1]) };
    const last = strokes[strokes.length - 1];
    return {
      pen: { ...pen, at },
      strokes: pen.isDown && last ? [...strokes.slice(0, -1), [...last, at]] : strokes,
    };
  }
  if (key !== ' ' && key !== 'Enter') return undefined;
  return pen.isDown
    ? { pen: { ...pen, isDown: false }, strokes }
    : { pen: { ...pen, isDown: true }, strokes: [...strokes, [pen.at]] };
}
