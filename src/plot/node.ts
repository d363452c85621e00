import { FONT_FAMILY } from './text.js';

/** Drawing is the same everywhere; here it has its old name, beside what turns it into points. */
export { renderSvg as figureToSvg } from './svg.js';

export interface PngOptions {
  /** Pixels of the PNG for each pixel of the figure, > 0. Default 2. */
  scale?: number;
  /** Further font files (.ttf, .otf), for machines without any. */
  fontFiles?: string[];
  /** Default true; false uses `fontFiles` alone, for the same picture on every machine. */
  systemFonts?: boolean;
}

/** Why there is no PNG; the SVG is not affected. */
export class PngUnavailable extends Error {
  override readonly name = 'PngUnavailable';
  constructor(
    readonly code: 'missingPackage' | 'noFont',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * Turns an SVG from `figureToSvg` into a PNG with the optional package `@resvg/resvg-js`.
 * @throws PngUnavailable when the package is not installed, or when no font is found: the text would vanish.
 */
export async function svgToPng(svg: string, options: PngOptions = {}): Promise<Uint8Array> {
  const scale = options.scale ?? 2;
  if (!Number.isFinite(scale) || scale <= 0)
    throw new RangeError(`scale is ${scale}; it must be a number > 0`);
  const { Resvg } = await loadResvg();
  const font = {
    loadSystemFonts: options.systemFonts ?? true,
    ...(options.fontFiles ? { fontFiles: options.fontFiles } : {}),
  };
  if (new Resvg(FONT_PROBE, { font, logLevel: 'off' }).getBBox() === undefined) {
    throw new PngUnavailable(
      'noFont',
      'no font was found on this machine, so the PNG would have no text; install one (Debian: apt-get install ' +
        'fonts-dejavu-core), name one in fontFiles, or keep the SVG',
    );
  }
  const image = new Resvg(svg, { font, fitTo: { mode: 'zoom', value: scale }, logLevel: 'off' }).render();
  return image.asPng();
}

/** Nothing but text in the figures' own fonts: it has no extent when there is no font. */
const FONT_PROBE = `<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"><text x="9" y="50" font-family="${FONT_FAMILY}">x</text></svg>`;

async function loadResvg(): Promise<typeof import('@resvg/resvg-js')> {
  try {
    return await import('@resvg/resvg-js');
  } catch (cause) {
    throw new PngUnavailable(
      'missingPackage',
      'PNG output needs the optional package @resvg/resvg-js, which could not be loaded; install it with ' +
        '`npm install @resvg/resvg-js`, or write an SVG',
      { cause },
    );
  }
}
