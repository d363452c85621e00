import { PIXELS } from './subset';

/** Everything that decides a run of the page's own digits. Plain data. */
export interface Setup {
  /** Of the task `digits`; `null` for its standard one. */
  recipe: string | null;
  seed: number;
}

/** What of the view is worth sharing besides. */
export interface Look {
  /** Examples a second; 0 for as many as there can be. */
  speed: number;
  /** What the pot is asked, 8 × 8 pixels; `null` for the example just learned. */
  pixels: readonly number[] | null;
}

export const DEFAULT_SETUP: Setup = { recipe: null, seed: 0 };
export const DEFAULT_LOOK: Look = { speed: 0, pixels: null };

/** A drawing in an address: a letter for each pixel, ink in fifteenths. */
const INK = 15;
const DRAWING = new RegExp(`^[0-9a-f]{${PIXELS}}$`);
const NAME = /^[\w-]{1,40}$/;

/** The address's parameters: only what differs from the first view. */
export function printSetup({ recipe, seed }: Setup, { speed, pixels }: Look = DEFAULT_LOOK): URLSearchParams {
  const state = new URLSearchParams();
  if (recipe !== null) state.set('recipe', recipe);
  if (seed !== DEFAULT_SETUP.seed) state.set('seed', String(seed));
  if (speed !== DEFAULT_LOOK.speed) state.set('speed', String(speed));
  if (pixels) state.set('ink', pixels.map((ink) => Math.round(INK * ink).toString(16)).join(''));
  return state;
}

/** Reads what {@link printSetup} wrote. What cannot be read is as in the first view, and named. */
export function parseSetup(state: URLSearchParams): { setup: Setup; look: Look; ignored: string[] } {
  const ignored: string[] = [];
  const read = <T>(name: string, usual: T, parse: (text: string) => T | undefined): T => {
    const text = state.get(name);
    if (text === null) return usual;
    const value = parse(text);
    if (value === undefined) ignored.push(`${name}=${text}`);
    return value ?? usual;
  };
  const setup = {
    recipe: read<string | null>('recipe', null, (text) => (NAME.test(text) ? text : undefined)),
    seed: read('seed', DEFAULT_SETUP.seed, (text) => (/^\d{1,15}$/.test(text) ? Number(text) : undefined)),
  };
  const look = {
    speed: read('speed', DEFAULT_LOOK.speed, (text) =>
      /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined,
    ),
    pixels: read<Look['pixels']>('ink', null, (text) =>
      DRAWING.test(text) ? Array.from(text, (letter) => Number.parseInt(letter, 16) / INK) : undefined,
    ),
  };
  return { setup, look, ignored };
}
