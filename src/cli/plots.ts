import { extname } from 'node:path';
import type { Figure } from '../plot/index.js';
import { InvalidInput } from './failures.js';
import { prepareFile, writeAtomically } from './output.js';
import type { Terminal } from './terminal.js';

// Loaded when there is something to draw: half of the command's code is for plots.
const drawing = () => import('../plot/node.js');

/** Whether PNGs can be made here, and if not, why. */
async function pngTrouble(): Promise<string | undefined> {
  const { svgToPng, PngUnavailable } = await drawing();
  try {
    await svgToPng('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>');
    return undefined;
  } catch (error) {
    if (error instanceof PngUnavailable) return error.message;
    throw error;
  }
}

/**
 * Checks the file of a --plot flag before the run.
 * @throws InvalidInput for another ending than .svg or .png, an unwritable place, or a PNG that cannot be made here
 */
export async function preparePlot(flag: string, path: string | undefined): Promise<void> {
  if (path === undefined) return;
  const ending = extname(path).toLowerCase();
  if (ending !== '.svg' && ending !== '.png') {
    throw new InvalidInput(`${flag} must name a file that ends in .svg or .png, not ${JSON.stringify(path)}`);
  }
  prepareFile(flag, path);
  if (ending === '.svg') return;
  const trouble = await pngTrouble();
  if (trouble !== undefined) throw new InvalidInput(`${flag} ${path}: ${trouble}`);
}

/** Draws a figure into a file, as SVG or PNG by the file's ending. */
export async function writePlot(path: string, figure: Figure): Promise<void> {
  const { figureToSvg, svgToPng } = await drawing();
  const svg = figureToSvg(figure);
  await writeAtomically(path, extname(path).toLowerCase() === '.png' ? await svgToPng(svg) : svg);
}

/** Writes figures as SVG and PNG, `base.svg` and `base.png`; without PNG support says so once and goes on. */
export async function writePlotPairs(
  figures: Iterable<[base: string, make: () => Figure | Promise<Figure>]>,
  terminal: Terminal,
  stopped: () => boolean,
): Promise<string[]> {
  const trouble = await pngTrouble();
  if (trouble !== undefined) terminal.say(`no PNG files: ${trouble}`);
  const written: string[] = [];
  for (const [base, make] of figures) {
    if (stopped()) break;
    const figure = await make();
    for (const ending of trouble === undefined ? ['.svg', '.png'] : ['.svg']) {
      await writePlot(base + ending, figure);
      written.push(base + ending);
    }
  }
  return written;
}
