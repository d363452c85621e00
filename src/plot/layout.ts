import { TICK_FONT, TICK_PADDING, TICK_SIZE } from './axes.js';
import type { Axis, BandLayer, Panel, Panels } from './figure.js';
import type { Box } from './frame.js';
import { flowLegend, LEGEND_LINE, type PlacedLegend, panelLegend, stackLegend } from './legend.js';
import { fraction, type ResolvedScale, resolveScale } from './scale.js';
import { textWidth, wrapText } from './text.js';
import { type Ticks, ticksFor } from './ticks.js';

export const LABEL_SIZE = 13;
export const LABEL_LINE = 16;
export const PANEL_TITLE_SIZE = 13;
export const PANEL_TITLE_LINE = 18;
export const BAND_SIZE = 12.5;
export const BAND_LINE = 17;
/** Between a frame and what stands beside it. */
export const LEGEND_GAP = 14;
const LABEL_GAP = 5;
const PANEL_GAP = 14;
const FRAME_TOP = 8;
const FRAME_RIGHT = 6;
/** Pixels a labelled tick wants: across at least its text and this, upwards this. */
const TICK_GAP_X = 22;
const TICK_SPACE_Y = 32;
const TICK_SPACE_X = 48;
const MOST_TICKS_X = 10;
const MOST_TICKS_Y = 6;
/** A smaller frame shows nothing; the figure is then too small for its labels. */
const LEAST_FRAME = 48;

export interface PlannedBand {
  label: string;
  /** From the frame's left edge. */
  center: number;
  row: number;
}

export interface PlannedPanel {
  panel: Panel;
  x: { scale: ResolvedScale; ticks: Ticks; label: string[] };
  y: { scale: ResolvedScale; ticks: Ticks; label: string[] };
  title: string[];
  bands: PlannedBand[];
  bandRows: number;
  legend: (PlacedLegend & { position: 'top' | 'right' }) | undefined;
  /** Width of the widest legend at the right of this column of panels, so that they stand in one line. */
  legendRoom: number;
  /** What stands around the frame, the legend included. */
  insets: Box;
  /** The panel's outer corner in the grid, and its size. */
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Places every panel so that frames of one row and of one column line up. */
export function layOut(grid: Panels, width: number, height: number): PlannedPanel[] {
  const columns = Math.min(grid.columns, grid.panels.length);
  const rows = Math.ceil(grid.panels.length / columns);
  const scales = grid.panels.map((panel) => ({ x: resolveScale(panel, 'x'), y: resolveScale(panel, 'y') }));
  let frame = { width: width / columns - 110, height: height / rows - 70 };
  let planned: PlannedPanel[] = [];
  // Ticks depend on the frame's size and the frame's size on the ticks' labels: three rounds settle it.
  for (let round = 0; round < 3; round++) {
    planned = grid.panels.map((panel, i) => {
      const span = titleSpan(grid.panels, i, columns);
      return planPanel(panel, scales[i], frame.width, frame.height, span * (frame.width + PANEL_GAP));
    });
    frame = alignGrid(planned, columns, rows, width, height);
  }
  return planned;
}

/** Evens out the insets along rows and columns, places the panels, and returns the size of one frame. */
function alignGrid(
  planned: PlannedPanel[],
  columns: number,
  rows: number,
  width: number,
  height: number,
): { width: number; height: number } {
  const of = (test: (i: number) => boolean, side: keyof Box) =>
    Math.max(...planned.filter((_, i) => test(i)).map((p) => p.insets[side]));
  const column = (c: number) => (i: number) => i % columns === c;
  const row = (r: number) => (i: number) => Math.floor(i / columns) === r;
  const lefts = range(columns).map((c) => of(column(c), 'left'));
  const rights = range(columns).map((c) => of(column(c), 'right'));
  const tops = range(rows).map((r) => of(row(r), 'top'));
  const bottoms = range(rows).map((r) => of(row(r), 'bottom'));
  let frameWidth = (width - sum(lefts) - sum(rights) - PANEL_GAP * (columns - 1)) / columns;
  let frameHeight = (height - sum(tops) - sum(bottoms) - PANEL_GAP * (rows - 1)) / rows;
  if (frameWidth < LEAST_FRAME || frameHeight < LEAST_FRAME) {
    throw new RangeError(
      `the figure is too small for its labels: ${width.toFixed(0)} × ${height.toFixed(0)} pixels leave frames of ` +
        `${frameWidth.toFixed(0)} × ${frameHeight.toFixed(0)}; enlarge width or height, or use fewer panels`,
    );
  }
  let spare = 0;
  const ratio = frameRatio(planned);
  if (ratio !== undefined) {
    const fitted = Math.min(frameWidth, frameHeight / ratio);
    spare = (frameWidth - fitted) / columns;
    frameWidth = fitted;
    frameHeight = fitted * ratio;
  }
  planned.forEach((p, i) => {
    const c = i % columns;
    const r = Math.floor(i / columns);
    p.legendRoom = Math.max(...planned.filter((_, k) => column(c)(k)).map((other) => other.legendRoom));
    p.insets = { left: lefts[c], right: rights[c], top: tops[r], bottom: bottoms[r] };
    p.width = frameWidth + lefts[c] + rights[c];
    p.height = frameHeight + tops[r] + bottoms[r];
    const before = range(c).reduce((at, k) => at + lefts[k] + rights[k] + frameWidth + PANEL_GAP, 0);
    p.left = before + spare * columns * (c + 0.5);
    p.top = range(r).reduce((at, k) => at + tops[k] + bottoms[k] + frameHeight + PANEL_GAP, 0);
  });
  return { width: frameWidth, height: frameHeight };
}

/** Height of the frames over their width where panels ask for one. */
function frameRatio(planned: PlannedPanel[]): number | undefined {
  if (planned.some((p) => p.panel.square)) return 1;
  const equal = planned.find((p) => p.panel.equal);
  if (!equal) return undefined;
  const { x, y } = equal;
  return (y.scale.high - y.scale.low) / (x.scale.high - x.scale.low);
}

/** A title may run on over the panels at its right that have none. */
function titleSpan(panels: Panel[], place: number, columns: number): number {
  let span = 1;
  while (
    (place + span) % columns !== 0 &&
    place + span < panels.length &&
    panels[place + span].title === undefined
  ) {
    span++;
  }
  return span;
}

function planPanel(
  panel: Panel,
  scales: { x: ResolvedScale; y: ResolvedScale },
  frameWidth: number,
  frameHeight: number,
  titleWidth: number,
): PlannedPanel {
  const w = Math.max(LEAST_FRAME, frameWidth);
  const h = Math.max(LEAST_FRAME, frameHeight);
  const xTicks = givenTicks(panel.x, scales.x) ?? horizontalTicks(scales.x, w, panel.x.integer ?? false);
  const yTicks =
    givenTicks(panel.y, scales.y) ??
    ticksFor(scales.y, Math.min(MOST_TICKS_Y, h / TICK_SPACE_Y), panel.y.integer ?? false);
  const xLabel = wrapText(axisText(panel.x), w + 40, LABEL_SIZE);
  const yLabel = wrapText(axisText(panel.y), h + 10, LABEL_SIZE);
  const title =
    panel.title === undefined
      ? []
      : wrapText(panel.title, Math.max(LEAST_FRAME, titleWidth - PANEL_GAP), PANEL_TITLE_SIZE, true);
  const { bands, rows: bandRows } = planBands(panel, scales.x, w);
  const listed = panelLegend(panel);
  const legend = listed && {
    ...(listed.position === 'top' ? flowLegend(listed.entries, w) : stackLegend(listed.entries, h)),
    position: listed.position,
  };
  const tickText = Math.max(0, ...yTicks.labels.map((label) => textWidth(label, TICK_FONT)));
  const over = overhang(xTicks, scales.x, w);
  const insets = {
    top:
      FRAME_TOP +
      title.length * PANEL_TITLE_LINE +
      bandRows * BAND_LINE +
      (legend?.position === 'top' ? legend.height + 4 : 0),
    right: Math.max(FRAME_RIGHT, over.right) + (legend?.position === 'right' ? LEGEND_GAP + legend.width : 0),
    bottom:
      TICK_SIZE + TICK_PADDING + TICK_FONT + (xLabel.length > 0 ? LABEL_GAP + xLabel.length * LABEL_LINE : 2),
    left: Math.max(
      over.left,
      TICK_SIZE + TICK_PADDING + tickText + (yLabel.length > 0 ? LABEL_GAP + yLabel.length * LABEL_LINE : 0),
    ),
  };
  return {
    panel,
    x: { scale: scales.x, ticks: xTicks, label: xLabel },
    y: { scale: scales.y, ticks: yTicks, label: yLabel },
    title,
    bands,
    bandRows,
    legend,
    legendRoom: legend?.position === 'right' ? legend.width : 0,
    insets,
    left: 0,
    top: 0,
    width: 0,
    height: 0,
  };
}

/** The axis' own ticks, as far as they lie inside its domain. */
function givenTicks(axis: Axis, scale: ResolvedScale): Ticks | undefined {
  if (axis.ticks === undefined) return undefined;
  const inside = axis.ticks.filter(({ value }) => value >= scale.low && value <= scale.high);
  return { values: inside.map((t) => t.value), labels: inside.map((t) => t.label), minor: [] };
}

/** As many ticks as fit without their labels touching. */
function horizontalTicks(scale: ResolvedScale, width: number, integer: boolean): Ticks {
  const most = Math.min(MOST_TICKS_X, width / TICK_SPACE_X);
  let ticks = ticksFor(scale, most, integer);
  for (let count = most; count >= 2; count--) {
    ticks = ticksFor(scale, count, integer);
    const fits = ticks.values.every((value, i) => {
      if (i === 0) return true;
      const distance = (fraction(scale, value) - fraction(scale, ticks.values[i - 1])) * width;
      const half = (textWidth(ticks.labels[i], TICK_FONT) + textWidth(ticks.labels[i - 1], TICK_FONT)) / 2;
      return distance >= half + TICK_GAP_X / 2;
    });
    if (fits) break;
  }
  return ticks;
}

function overhang(ticks: Ticks, scale: ResolvedScale, width: number): { left: number; right: number } {
  let left = 0;
  let right = 0;
  ticks.values.forEach((value, i) => {
    const at = fraction(scale, value) * width;
    const half = textWidth(ticks.labels[i], TICK_FONT) / 2;
    left = Math.max(left, half - at);
    right = Math.max(right, at + half - width);
  });
  return { left, right };
}

/** Labels stand over the middle of their bands, moved inside the frame, and in further rows where they would touch. */
function planBands(
  panel: Panel,
  scale: ResolvedScale,
  width: number,
): { bands: PlannedBand[]; rows: number } {
  const ends: number[] = [];
  const bands: PlannedBand[] = [];
  const labelled = panel.layers.filter((l): l is BandLayer => l.kind === 'band' && !!l.label);
  for (const band of [...labelled].sort((a, b) => a.from - b.from)) {
    const half = textWidth(band.label!, BAND_SIZE) / 2;
    const middle = ((clamp(fraction(scale, band.from)) + clamp(fraction(scale, band.to))) / 2) * width;
    const center = half * 2 > width ? width / 2 : Math.min(Math.max(middle, half), width - half);
    let row = ends.findIndex((end) => end + 8 <= center - half);
    if (row < 0) row = ends.length;
    ends[row] = center + half;
    bands.push({ label: band.label!, center, row });
  }
  return { bands, rows: ends.length };
}

export function axisText(axis: Axis): string {
  return axis.unit ? `${axis.label} (${axis.unit})` : axis.label;
}

/** How much of the height a figure's own legend takes. */
export function figureLegendHeight(grid: Panels, width: number): number {
  if (!grid.legend || grid.legend.entries.length === 0) return 0;
  return flowLegend(grid.legend.entries, width).height + LEGEND_LINE / 3;
}

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);
const clamp = (value: number): number => Math.min(1, Math.max(0, value));
