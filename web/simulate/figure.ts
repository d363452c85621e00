import type { TimeCourseData } from 'neural-crn/plot';
import type { Curves } from './protocol';

/** What is drawn, as a figure of its own; the library's drawing is fetched when it is wanted. */
export async function figureSvg(
  curves: Curves,
  {
    hidden,
    logTime,
    logConcentration,
    title,
  }: {
    hidden: ReadonlySet<string>;
    logTime: boolean;
    logConcentration: boolean;
    title: string;
  },
): Promise<string> {
  const { renderSvg, timeCourseFigure } = await import('neural-crn/plot');
  const kept = curves.names.map((_, k) => k).filter((k) => !hidden.has(curves.names[k]));
  const data: TimeCourseData = {
    species: kept.map((k) => curves.names[k]),
    times: curves.times,
    columns: kept.map((k) => curves.columns[k]),
    logTime,
    yScale: logConcentration ? 'log' : 'linear',
    title,
    maxLines: Math.max(1, kept.length),
  };
  return renderSvg(timeCourseFigure(data));
}

/** A picture of points, twice as fine as the SVG's own size. */
export async function pngOf(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth * 2;
    canvas.height = image.naturalHeight * 2;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be made')))),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}
