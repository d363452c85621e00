import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { isDark } from '../app/theme';
import { useVisible } from './use-visible';

export interface LineSeries {
  name: string;
  color: string;
  dash?: readonly number[];
  width?: number;
}

/** Time spans shaded behind the lines. */
export interface Span {
  name: string;
  from: number;
  to: number;
  /** A token of the style sheet, such as `--phase-1`. */
  token: string;
}

/** A labelled place on an axis. */
export interface Tick {
  at: number;
  label: string;
}

/** The value of a token as it is now. */
const token = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Colours that were asked for, in light and in dark. */
const known = new Map<string, string>();

/** Canvases do not know `light-dark()`: an element that has the colour is asked, once a theme. */
export function resolved(name: string): string {
  const key = `${isDark()} ${name}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  known.set(key, color);
  return color;
}

/**
 * Lines that change many times a second. `data` is x and then a row for each series; NaN and null are gaps.
 * Its height is fixed and its width the container's, so that nothing jumps when data arrive.
 */
export function LivePlot({
  label,
  series,
  data,
  spans = [],
  height = 220,
  xLabel,
  yLabel,
  logX = false,
  logY = false,
  xRange,
  yRange,
  xTicks,
}: {
  /** Read out in place of the picture. */
  label: string;
  series: readonly LineSeries[];
  data: readonly ArrayLike<number | null>[];
  spans?: readonly Span[];
  height?: number;
  xLabel?: string;
  yLabel?: string;
  logX?: boolean;
  logY?: boolean;
  xRange?: readonly [number, number];
  yRange?: readonly [number, number];
  /** Exactly these ticks of the x axis. Default: round numbers. */
  xTicks?: readonly Tick[];
}) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const shown = useRef(spans);
  shown.current = spans;
  const dark = isDark();
  // A plot is made anew when what it is changes, not when its data do.
  const made = JSON.stringify([series, height, xLabel, yLabel, logX, logY, xRange, yRange, xTicks, dark]);
  useEffect(() => {
    const element = host.current as HTMLDivElement;
    const [ink, grid] = [resolved('--muted'), resolved('--border')];
    const font = `12px ${token('--font')}`;
    const axis = (text: string | undefined, size: number): uPlot.Axis => ({
      stroke: ink,
      font,
      labelFont: font,
      ...(text !== undefined && { label: text, labelSize: 18 }),
      size,
      grid: { stroke: grid, width: 1 },
      ticks: { stroke: grid, width: 1, size: 4 },
    });
    const made = new uPlot(
      {
        width: element.clientWidth,
        height,
        legend: { show: false },
        cursor: { points: { size: 6 }, drag: { x: false, y: false } },
        scales: {
          x: { time: false, ...(logX && { distr: 3 }), ...(xRange && { range: [...xRange] }) },
          y: { ...(logY && { distr: 3 }), ...(yRange && { range: [...yRange] }) },
        },
        axes: [
          {
            ...axis(xLabel, 32),
            ...(xTicks && {
              splits: () => xTicks.map(({ at }) => at),
              values: (_: uPlot, splits: number[]) =>
                splits.map((at) => xTicks.find((tick) => tick.at === at)?.label ?? ''),
            }),
          },
          axis(yLabel, 52),
        ],
        series: [
          {},
          ...series.map(({ name, color, dash, width = 1.75 }) => ({
            label: name,
            stroke: color.startsWith('--') ? resolved(color) : color,
            width,
            points: { show: false },
            ...(dash && { dash: [...dash] }),
          })),
        ],
        hooks: { drawClear: [(self: uPlot) => shade(self, shown.current)] },
      },
      data as unknown as uPlot.AlignedData,
      element,
    );
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = undefined;
    };
  }, [made]);
  const visible = useVisible(host);
  const drawn = useRef<unknown>(undefined);
  useEffect(() => {
    // What nobody sees is drawn when somebody does.
    if (!visible || drawn.current === data) return;
    drawn.current = data;
    plot.current?.setData(data as unknown as uPlot.AlignedData);
  }, [data, spans, visible]);
  return <div ref={host} role="img" aria-label={label} style={{ height: `${height}px`, minWidth: 0 }} />;
}

function shade(self: uPlot, spans: readonly Span[]): void {
  const { ctx, bbox } = self;
  ctx.save();
  for (const { from, to, token } of spans) {
    const left = Math.max(self.valToPos(from, 'x', true), bbox.left);
    const right = Math.min(self.valToPos(to, 'x', true), bbox.left + bbox.width);
    if (!(right > left)) continue;
    ctx.fillStyle = resolved(token);
    ctx.fillRect(left, bbox.top, right - left, bbox.height);
  }
  ctx.restore();
}

/** Names of lines with their colours, as text that wraps. Lines of one name share an entry, such as two rails. */
export function Legend({ series }: { series: readonly LineSeries[] }) {
  const names = [...new Set(series.map(({ name }) => name))];
  return (
    <ul class="legend">
      {names.map((name) => (
        <li key={name}>
          {series
            .filter((one) => one.name === name)
            .map(({ color, dash }) => (
              <svg key={dash?.join(' ')} width="18" height="8" aria-hidden="true">
                <line
                  x1="0"
                  x2="18"
                  y1="4"
                  y2="4"
                  stroke={color.startsWith('--') ? `var(${color})` : color}
                  stroke-width="2.5"
                  stroke-dasharray={dash?.join(' ')}
                />
              </svg>
            ))}
          {name}
        </li>
      ))}
    </ul>
  );
}
