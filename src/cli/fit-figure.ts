import type { Experiment, FittedPoint } from '../fit/index.js';
import type { Network, SaveGrid } from '../network/model.js';
import { type Axis, checkFigure, type Figure, type Layer, type LegendEntry, PALETTE } from '../plot/index.js';
import { simulate } from '../simulate/inlined.js';
import type { SimulateOptions } from '../simulate/types.js';
import { plural } from './numbers.js';

/** Panels that one picture can hold. */
const MOST_PANELS = 6;
/** Columns that one panel can hold. */
const MOST_COLUMNS = 8;
/** Times that span this factor, from above 0, are drawn on a logarithmic axis. */
const LOG_ABOVE = 1000;
const POINTS = 200;

type Measured = Pick<FittedPoint, 'experiment' | 'time' | 'column' | 'measured'>;

/** All numbers of experiments, one by one. */
export const measuredPoints = (experiments: readonly Experiment[]): Measured[] =>
  experiments.flatMap(({ name, times, values }, e) =>
    Object.entries(values).flatMap(([column, numbers]) =>
      Array.from(numbers, (measured, i) => ({
        experiment: name ?? String(e + 1),
        time: times[i],
        column,
        measured,
      })).filter(({ measured }) => !Number.isNaN(measured)),
    ),
  );

/**
 * Lines of a network with the measurements on them, a panel for each experiment.
 * @param words what lines and points are; `to`: how long runs go on beyond the last point
 */
export async function fitFigure(
  title: string,
  { network, points }: { network: Network; points: readonly Measured[] },
  experiments: readonly Experiment[],
  options: SimulateOptions,
  words = 'Lines: the fitted network; points: measurements.',
  to = 0,
): Promise<Figure> {
  const columns = [...new Set(points.map(({ column }) => column))];
  const drawn = columns.slice(0, MOST_COLUMNS);
  const shown = experiments.slice(0, MOST_PANELS);
  const panels = [];
  for (const [e, experiment] of shown.entries()) {
    const name = experiment.name ?? String(e + 1);
    const own = points.filter((point) => point.experiment === name && drawn.includes(point.column));
    const times = own.map(({ time }) => time);
    const last = Math.max(to, ...times);
    const first = Math.min(...times.filter((time) => time > 0));
    const isLog = last / first > LOG_ABOVE;
    const save: number | SaveGrid = isLog ? { kind: 'log', from: first, to: last, points: POINTS } : POINTS;
    const { initial, parameters } = experiment;
    const solution =
      last > 0
        ? await simulate(network, {
            ...options,
            to: last,
            save,
            ...(initial && { initial }),
            ...(parameters && { parameters }),
          })
        : undefined;
    const layers: Layer[] = drawn.flatMap((column, i): Layer[] => {
      const color = PALETTE[i % PALETTE.length];
      const measured = own.filter((point) => point.column === column && (!isLog || point.time > 0));
      if (measured.length === 0) return [];
      const line: Layer[] =
        solution === undefined
          ? []
          : [{ kind: 'line', name: column, x: [...solution.times], y: [...solution.column(column)], color }];
      return [
        ...line,
        {
          kind: 'points',
          name: `${column}, measured`,
          x: measured.map(({ time }) => time),
          y: measured.map((point) => point.measured),
          color,
        },
      ];
    });
    const x: Axis = { label: 'time', unit: 'model units', scale: isLog ? 'log' : 'linear' };
    const y: Axis = { label: 'concentration', unit: 'model units', scale: 'linear' };
    panels.push({ title: shown.length > 1 ? `experiment ${name}` : '', x, y, layers });
  }
  const entries: LegendEntry[] = drawn.map((column, i) => ({
    label: column,
    swatches: [
      { kind: 'line', color: PALETTE[i % PALETTE.length] },
      { kind: 'point', color: PALETTE[i % PALETTE.length] },
    ],
  }));
  const left = [
    ...(experiments.length > shown.length
      ? [plural(experiments.length - shown.length, 'other experiment')]
      : []),
    ...(columns.length > drawn.length ? [plural(columns.length - drawn.length, 'other column')] : []),
  ];
  const subtitle = `${words}${left.length > 0 ? ` Left out: ${left.join(', ')}.` : ''}`;
  const [only] = panels;
  const figure: Figure =
    panels.length === 1
      ? {
          title,
          subtitle,
          width: 640,
          height: 420,
          x: only.x,
          y: only.y,
          layers: only.layers,
          legend: { position: 'right', entries },
        }
      : {
          title,
          subtitle,
          width: 860,
          height: 340 * Math.ceil(panels.length / 2) + 60,
          panels: panels.map((panel) => ({ ...panel, legend: 'none' as const })),
          columns: 2,
          legend: { position: 'top', entries },
        };
  checkFigure(figure);
  return figure;
}
