/** Where a value stands on a slider of whole places from 0 to `last`. */
export interface SliderRange {
  last: number;
  valueAt(place: number): number;
  placeOf(value: number): number;
}

const STEPS = 300;
const DECADES = 3;

/** Three figures are enough for a hand on a slider. */
const short = (value: number): number => Number(value.toPrecision(3));

/**
 * Three decades to either side of the text's value, which stands exactly in the middle, and 0 at the left end. From 0 the
 * slider is even, up to `top`.
 */
export function sliderRange(own: number, top = 1): SliderRange {
  if (own === 0) {
    const last = 2 * STEPS;
    return {
      last,
      valueAt: (place) => short((place / last) * top),
      placeOf: (value) => clamp(Math.round((value / top) * last), last),
    };
  }
  const last = 2 * STEPS + 1;
  const middle = STEPS + 1;
  return {
    last,
    valueAt: (place) => {
      if (place <= 0) return 0;
      return place === middle ? own : short(own * 10 ** (((place - middle) / STEPS) * DECADES));
    },
    placeOf: (value) => {
      // A value of the other sign has no place; the nearest is 0's.
      if (!(value / own > 0)) return 0;
      return Math.max(1, clamp(Math.round(middle + (Math.log10(value / own) / DECADES) * STEPS), last));
    },
  };
}

const clamp = (place: number, last: number): number => Math.min(last, Math.max(0, place));
