import { Resvg } from '@resvg/resvg-js';
import { build } from 'esbuild';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { figureToSvg, svgToPng } from '../../src/plot/node.js';
import { SAMPLES } from './samples.js';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Pixels of a PNG, decoded by drawing it. */
function pixels(png: Uint8Array): { width: number; height: number; data: Uint8Array } {
  const view = new DataView(png.buffer, png.byteOffset);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const href = `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image href="${href}" width="${width}" height="${height}"/></svg>`;
  return { width, height, data: new Resvg(svg).render().pixels };
}

function darkPixels({ data }: { data: Uint8Array }): number {
  let dark = 0;
  for (let i = 0; i < data.length; i += 4)
    if (data[i] < 100 && data[i + 1] < 100 && data[i + 2] < 100) dark++;
  return dark;
}

describe('svgToPng', () => {
  const svg = figureToSvg(SAMPLES.loss);

  it('gives an opaque PNG of the size asked for', async () => {
    const png = await svgToPng(svg, { scale: 1.5 });
    expect([...png.slice(0, 8)]).toEqual(SIGNATURE);
    const image = pixels(png);
    expect([image.width, image.height]).toEqual([960, 600]);
    expect([...image.data.slice(0, 4)]).toEqual([255, 255, 255, 255]);
  });

  it('shows the text', async () => {
    const silent = svg.replace(/<text.*?<\/text>/gs, '');
    const [withText, without] = [pixels(await svgToPng(svg)), pixels(await svgToPng(silent))];
    expect(darkPixels(withText) - darkPixels(without)).toBeGreaterThan(2000);
  });

  it('shows the lines in their colours', async () => {
    const { data } = pixels(await svgToPng(svg));
    const found = new Set<string>();
    for (let i = 0; i < data.length; i += 4) found.add(Buffer.from(data.slice(i, i + 3)).toString('hex'));
    for (const color of ['0072b2', 'd55e00', '000000']) expect(found).toContain(color);
  });

  it('refuses to draw without any font, rather than losing the text', async () => {
    await expect(svgToPng(svg, { systemFonts: false })).rejects.toMatchObject({
      name: 'PngUnavailable',
      code: 'noFont',
      message: expect.stringMatching(/no font.*fontFiles/),
    });
  });

  it('refuses a scale of nothing', async () => {
    await expect(svgToPng(svg, { scale: 0 })).rejects.toThrow(/scale is 0; it must be a number > 0/);
  });
});

describe('without the optional package', () => {
  afterEach(() => {
    vi.doUnmock('@resvg/resvg-js');
    vi.resetModules();
  });

  it('names it and says how to install it', async () => {
    vi.resetModules();
    vi.doMock('@resvg/resvg-js', () => {
      throw new Error("Cannot find package '@resvg/resvg-js'");
    });
    const fresh = await import('../../src/plot/node.js');
    const svg = fresh.figureToSvg(SAMPLES.loss);
    await expect(fresh.svgToPng(svg)).rejects.toMatchObject({
      code: 'missingPackage',
      message: expect.stringContaining('npm install @resvg/resvg-js'),
    });
  });
});

it('the browser half asks for no page and brings nothing of Node', async () => {
  const { metafile, outputFiles } = await build({
    entryPoints: ['src/plot/index.ts'],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'browser',
    format: 'esm',
  });
  const inputs = Object.keys(metafile.inputs);
  expect(inputs.filter((file) => /node_modules|plot\/node\.ts|^node:/.test(file))).toEqual([]);
  expect(outputFiles[0].text).not.toMatch(/\bdocument\b/);
});
