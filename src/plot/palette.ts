import type { Dash } from './figure.js';

/**
 * The first seven are Okabe & Ito (2008), which people with any common colour blindness tell apart; their yellow is
 * left out because it vanishes on white, their black comes last of the seven because rules and ideals use it. The
 * rest, for crowded figures only, are from Tol's "muted" scheme, chosen to differ in lightness from their neighbours.
 */
export const PALETTE: readonly string[] = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#e69f00',
  '#56b4e9',
  '#000000',
  '#882255',
  '#999933',
  '#332288',
  '#661100',
  '#888888',
];

export const INK = '#222222';
export const MUTED = '#555555';
export const GRID = '#d9d9d9';

/** Tints for neighbouring phases, light enough for every line colour above. */
export const BAND_TINTS: readonly string[] = ['#eaf3fa', '#fdf3e4', '#e9f6f1', '#f7edf3'];

/** SVG dash arrays in pixels, for lines 1.75 px wide. */
export const DASHES: Record<Dash, string | undefined> = {
  solid: undefined,
  dashed: '6,3.5',
  dotted: '1.5,3',
  dashdot: '8,3,1.5,3',
};

/** The nth colour of a figure; beyond the palette it starts again, and `dashAt` tells the rounds apart. */
export const colorAt = (index: number): string => PALETTE[index % PALETTE.length];

const ROUNDS: readonly Dash[] = ['solid', 'dashdot', 'dotted'];
export const dashAt = (index: number): Dash => ROUNDS[Math.floor(index / PALETTE.length) % ROUNDS.length];

/** Viridis (van der Walt & Smith 2015): even steps of lightness, readable with any common colour blindness and in grey. */
const RAMP: readonly string[] = [
  '#440154',
  '#482878',
  '#3e4989',
  '#31688e',
  '#26828e',
  '#1f9e89',
  '#35b779',
  '#6ece58',
  '#b5de2b',
  '#fde725',
];

/** From dark at 0 to light at 1. */
export function rampColor(part: number): string {
  const place = Math.min(1, Math.max(0, part)) * (RAMP.length - 1);
  const below = Math.min(RAMP.length - 2, Math.floor(place));
  return mixColors(RAMP[below], RAMP[below + 1], place - below);
}

/** Of two colours as `#rrggbb`: the first at 0, the second at 1. */
export function mixColors(first: string, second: string, part: number): string {
  const channel = (color: string, k: number) => Number.parseInt(color.slice(1 + 2 * k, 3 + 2 * k), 16);
  return `#${[0, 1, 2]
    .map((k) => {
      const [from, to] = [channel(first, k), channel(second, k)];
      return Math.round(from + (to - from) * part)
        .toString(16)
        .padStart(2, '0');
    })
    .join('')}`;
}
