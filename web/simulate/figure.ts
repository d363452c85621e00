import { renderSvg, type TimeCourseData, timeCourseFigure } from 'neural-crn/plot';
import type { Curves } from './protocol';

/** What is drawn, as a figure of its own. This file is fetched when one is wanted. */
export function figureSvg(
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
): string {
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
