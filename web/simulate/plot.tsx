import type { Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { lineColor, lineDash } from '../design/lines';
import { decades, evenRange, logRange, powerOfTen, shortNumber } from './axis';
import type { Curves } from './protocol';

const LABEL_FONT = 12;
const LABEL_LINE = 14;
/** Labels at the ends of lines up to this many. */
const MOST_LABELS = 10;
const WIDEST_LABEL = 96;

/** A token's colour where the plot stands, as canvases need it. */
function colors(host: HTMLElement): (token: string) => string {
  const probe = document.createElement('span');
  host.append(probe);
  const found = new Map<string, string>();
  for (const token of ['--muted', '--border', '--ink', '--phase-1', '--phase-2', '--phase-3', '--phase-4']) {
    probe.style.color = `var(${token})`;
    found.set(token, getComputedStyle(probe).color);
  }
  probe.remove();
  return (token) => found.get(token)!;
}

const drawable = (column: Float64Array, log: boolean): (number | null)[] =>
  Array.from(column, (value) => (Number.isFinite(value) && (!log || value > 0) ? value : null));

/** What uPlot is given: the times, and a row for each line. */
function dataOf(curves: Curves, logTime: boolean, logConcentration: boolean): uPlot.AlignedData {
  const skip = logTime ? curves.times.findIndex((time) => time > 0) : 0;
  const times = Array.from(skip > 0 ? curves.times.subarray(skip) : curves.times);
  const columns = curves.columns.map((column) =>
    drawable(skip > 0 ? column.subarray(skip) : column, logConcentration),
  );
  return [times, ...columns] as uPlot.AlignedData;
}

/** Concentrations over time as lines, named at their ends. Takes the whole of its container. */
export function CurvesPlot({
  curves,
  hidden,
  logTime,
  logConcentration,
  dark,
  end,
  cursor,
  label,
  titles = ['Time', 'Concentration'],
  onWidth,
}: {
  curves: Curves;
  hidden: ReadonlySet<string>;
  logTime: boolean;
  logConcentration: boolean;
  dark: boolean;
  /** Where the time axis ends, though a run may have failed before. */
  end: number;
  /** Is told which row the pointer is at. */
  cursor: Signal<number | undefined>;
  /** Read out in place of the picture. */
  label: string;
  /** Of the axes. */
  titles?: readonly [string, string];
  /** Is told how many points can be told apart. */
  onWidth?: (points: number) => void;
}) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const latest = useRef({ curves, hidden, end });
  latest.current = { curves, hidden, end };
  const made = JSON.stringify([curves.names, logTime, logConcentration, dark]);
  useEffect(() => {
    const element = host.current as HTMLDivElement;
    const color = colors(element);
    const { fontFamily } = getComputedStyle(element);
    const font = `${LABEL_FONT}px ${fontFamily}`;
    const visible = (self: uPlot) =>
      self.data.slice(1).filter((_, k) => self.series[k + 1].show !== false) as (number | null)[][];
    const axis = (log: boolean, text: string, size: number, room: number): uPlot.Axis => ({
      stroke: color('--muted'),
      font,
      labelFont: font,
      label: text,
      labelSize: 20,
      labelGap: 2,
      size,
      gap: 4,
      grid: { stroke: color('--border'), width: 1 },
      ticks: { stroke: color('--border'), width: 1, size: 4 },
      values: (_, splits) =>
        splits.map((value) =>
          log && Math.abs(Math.log10(value) - Math.round(Math.log10(value))) < 1e-9
            ? powerOfTen(value)
            : shortNumber(value),
        ),
      ...(log && {
        splits: (self: uPlot, _: number, min: number, max: number) =>
          decades(min, max, Math.floor((room === 0 ? self.height : self.width) / (room === 0 ? 34 : 56))),
        filter: (_: uPlot, splits: number[]) => splits,
      }),
    });
    const { names } = curves;
    const made = new uPlot(
      {
        width: element.clientWidth,
        height: element.clientHeight,
        padding: [10, (self) => labelRoom(self as uPlot, font), 0, 0],
        legend: { show: false },
        cursor: { points: { size: 7 }, drag: { x: false, y: false } },
        scales: {
          x: {
            time: false,
            ...(logTime && { distr: 3 as const }),
            range: (self) => {
              const times = self.data[0];
              const from = times[0] ?? 0;
              return [from, Math.max(latest.current.end, times[times.length - 1] ?? 1)];
            },
          },
          y: {
            ...(logConcentration && { distr: 3 as const }),
            range: (self) => (logConcentration ? logRange : evenRange)(visible(self)),
          },
        },
        axes: [axis(logTime, titles[0], 30, 1), axis(logConcentration, titles[1], 58, 0)],
        series: [
          {},
          ...names.map((name, k) => ({
            label: name,
            stroke: lineColor(k, dark),
            width: 1.75,
            points: { show: false },
            show: !latest.current.hidden.has(name),
            ...(lineDash(k) && { dash: [...(lineDash(k) as number[])] }),
          })),
        ],
        hooks: {
          drawClear: [(self) => shade(self, latest.current.curves, color)],
          draw: [(self) => nameLines(self, names, dark, font)],
          setCursor: [
            (self) => {
              cursor.value = self.cursor.idx ?? undefined;
            },
          ],
        },
      },
      dataOf(latest.current.curves, logTime, logConcentration),
      element,
    );
    plot.current = made;
    const tell = () => onWidth?.(Math.round(element.clientWidth * (devicePixelRatio || 1)));
    const observer = new ResizeObserver(() => {
      made.setSize({ width: element.clientWidth, height: element.clientHeight });
      tell();
    });
    observer.observe(element);
    tell();
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = undefined;
    };
  }, [made]);
  useEffect(() => {
    plot.current?.setData(dataOf(curves, logTime, logConcentration));
  }, [curves, end, logTime, logConcentration]);
  useEffect(() => {
    const self = plot.current;
    if (!self) return;
    self.batch(() => {
      for (const [k, name] of curves.names.entries()) {
        const show = !hidden.has(name);
        if (self.series[k + 1]?.show !== show) self.setSeries(k + 1, { show });
      }
    });
  }, [hidden, curves.names]);
  return <div ref={host} class="curves" role="img" aria-label={label} />;
}

/** The last value of a line that is shown, and the line. */
function ends(self: uPlot): { series: number; value: number }[] {
  const found: { series: number; value: number }[] = [];
  for (let series = 1; series < self.series.length; series++) {
    if (self.series[series].show === false) continue;
    const column = self.data[series];
    let last = column.length - 1;
    while (last >= 0 && (column[last] === null || column[last] === undefined)) last--;
    if (last >= 0) found.push({ series, value: column[last] as number });
  }
  return found;
}

/** Room to the right for the names of lines, where they are few enough. */
function labelRoom(self: uPlot, font: string): number {
  const shown = self.series.slice(1).filter(({ show }) => show !== false);
  if (shown.length === 0 || shown.length > MOST_LABELS || self.width < 420) return 14;
  self.ctx.save();
  self.ctx.font = font;
  const widest = Math.max(...shown.map(({ label }) => self.ctx.measureText(String(label)).width));
  self.ctx.restore();
  return widest > WIDEST_LABEL ? 14 : Math.ceil(widest) + 12;
}

/** Names beside the ends of the lines, moved apart where they would touch; none where there is no room. */
function nameLines(self: uPlot, names: readonly string[], dark: boolean, font: string): void {
  const { ctx, bbox } = self;
  const ratio = devicePixelRatio || 1;
  if (labelRoom(self, font) <= 14) return;
  const labels = ends(self)
    .map(({ series, value }) => ({ series, y: self.valToPos(value, 'y', true) }))
    .filter(({ y }) => Number.isFinite(y))
    .map((label) => ({ ...label, y: Math.min(bbox.top + bbox.height, Math.max(bbox.top, label.y)) }))
    .sort((a, b) => a.y - b.y);
  const line = LABEL_LINE * ratio;
  if (labels.length * line > bbox.height) return;
  for (let k = 1; k < labels.length; k++) labels[k].y = Math.max(labels[k].y, labels[k - 1].y + line);
  let floor = bbox.top + bbox.height;
  for (let k = labels.length - 1; k >= 0; k--) {
    labels[k].y = Math.min(labels[k].y, floor);
    floor = labels[k].y - line;
  }
  ctx.save();
  ctx.font = font.replace(/^(\d+)px/, (_, size) => `${Number(size) * ratio}px`);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  for (const { series, y } of labels) {
    ctx.fillStyle = lineColor(series - 1, dark);
    ctx.fillText(names[series - 1], bbox.left + bbox.width + 7 * ratio, y);
  }
  ctx.restore();
}

function shade(self: uPlot, { spans }: Curves, color: (token: string) => string): void {
  const { ctx, bbox } = self;
  const kinds = [...new Set(spans.map(({ name }) => name))];
  ctx.save();
  for (const { name, from, to } of spans) {
    const left = Math.max(self.valToPos(from, 'x', true) || 0, bbox.left);
    const right = Math.min(self.valToPos(to, 'x', true), bbox.left + bbox.width);
    if (!(right > left)) continue;
    ctx.fillStyle = color(`--phase-${(kinds.indexOf(name) % 4) + 1}`);
    ctx.fillRect(left, bbox.top, right - left, bbox.height);
  }
  ctx.restore();
}
