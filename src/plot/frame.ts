import { fraction, type ResolvedScale } from './scale.js';

export interface Box {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

/** Where a panel's values stand, in pixels from the panel's outer edge. */
export interface Frame {
  /** Pixels of its sides. */
  left: number;
  right: number;
  top: number;
  bottom: number;
  x: (value: number) => number;
  y: (value: number) => number;
}

export function frameOf(
  width: number,
  height: number,
  { left, right, top, bottom }: Box,
  x: ResolvedScale,
  y: ResolvedScale,
): Frame {
  const [end, base] = [width - right, height - bottom];
  return {
    ...{ left, right: end, top, bottom: base },
    x: (value) => left + fraction(x, value) * (end - left),
    y: (value) => base + fraction(y, value) * (top - base),
  };
}
