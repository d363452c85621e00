import * as Plot from '@observablehq/plot';
import { cellEdges, cellRectangles } from './cells.js';
import type { Layer, LineLayer, Panel } from './figure.js';
import { AREA_OPACITY, layerColors, RULE_COLOR } from './legend.js';
import { serialise } from './markup.js';
import { BAND_TINTS, DASHES, GRID, INK } from './palette.js';
import type { ResolvedScale } from './scale.js';
import { visiblePlaces } from './thin.js';
import type { Ticks } from './ticks.js';

export const TICK_SIZE = 5;
export const TICK_PADDING = 4;
export const TICK_FONT = 12;
const MINOR_TICK = 3;
const LINE_WIDTH = 1.75;
const RULE_WIDTH = 1.5;
const POINT_RADIUS = 3;
const POINT_OPACITY = 0.65;
const OUTLINE_WIDTH = 1;
const MARKER_RADIUS = 2.5;

export interface Box {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

export interface PanelDrawing {
  panel: Panel;
  width: number;
  height: number;
  /** From the panel's outer edge to its frame. */
  insets: Box;
  x: { scale: ResolvedScale; ticks: Ticks };
  y: { scale: ResolvedScale; ticks: Ticks };
  idPrefix: string;
}

/** Frame, grid, ticks and data of one panel, as SVG text with its own origin. */
export function drawPanel(drawing: PanelDrawing, document: Document): string {
  const { panel, width, height, insets, x, y } = drawing;
  const colors = layerColors(panel.layers);
  const frameWidth = width - insets.left - insets.right;
  const clip = cutsData(panel.layers, x.scale, y.scale);
  const below: Plot.Markish[] = [];
  const above: Plot.Markish[] = [];
  let bands = 0;
  panel.layers.forEach((layer, i) => {
    if (layer.kind === 'band') {
      below.push(
        Plot.rect([layer], {
          x1: 'from',
          x2: 'to',
          fill: layer.color ?? BAND_TINTS[bands++ % BAND_TINTS.length],
          ariaLabel: () => layer.label ?? 'band',
          clip,
        }),
      );
    } else if (layer.kind === 'cells') {
      below.push(
        Plot.rect(cellRectangles(layer), {
          x1: 'x1',
          x2: 'x2',
          y1: 'y1',
          y2: 'y2',
          fill: 'color',
          // Without smoothing, so that no seam shows between neighbours.
          shapeRendering: 'crispEdges',
          clip,
        } as Plot.RectOptions),
      );
    } else above.push(...marksOf(layer, colors[i], drawing, frameWidth, clip));
  });
  const svg = Plot.plot({
    document,
    className: 'plot',
    figure: false,
    width,
    height,
    marginTop: insets.top,
    marginRight: insets.right,
    marginBottom: insets.bottom,
    marginLeft: insets.left,
    x: scaleOptions(x.scale),
    y: scaleOptions(y.scale),
    marks: [
      ...below,
      ...(panel.layers.some((layer) => layer.kind === 'cells') ? [] : gridLines(x.ticks, y.ticks)),
      Plot.frame({ anchor: 'bottom', stroke: INK }),
      Plot.frame({ anchor: 'left', stroke: INK }),
      ...axes(x.ticks, y.ticks),
      ...above,
    ],
  } as Plot.PlotOptions);
  return serialise(svg, drawing.idPrefix);
}

function gridLines(x: Ticks, y: Ticks): Plot.Markish[] {
  return [
    Plot.gridY(y.values, { stroke: GRID, strokeOpacity: 1 }),
    Plot.gridX(x.values, { stroke: GRID, strokeOpacity: 0.6 }),
  ];
}

function scaleOptions(scale: ResolvedScale): Plot.ScaleOptions {
  const options: Plot.ScaleOptions = { type: scale.kind, domain: [scale.low, scale.high], axis: null };
  if (scale.kind === 'symlog') options.constant = scale.constant;
  return options;
}

function axes(x: Ticks, y: Ticks): Plot.Markish[] {
  const common = {
    label: null,
    color: INK,
    fontSize: TICK_FONT,
    tickSize: TICK_SIZE,
    tickPadding: TICK_PADDING,
  };
  const marks: Plot.Markish[] = [
    Plot.axisX(x.values, { ...common, text: (_: unknown, i: number) => x.labels[i] } as Plot.AxisXOptions),
    Plot.axisY(y.values, { ...common, text: (_: unknown, i: number) => y.labels[i] } as Plot.AxisYOptions),
  ];
  const minor = { label: null, stroke: INK, fill: 'none', tickSize: MINOR_TICK } as const;
  if (x.minor.length > 0) marks.push(Plot.axisX(x.minor, minor));
  if (y.minor.length > 0) marks.push(Plot.axisY(y.minor, minor));
  return marks;
}

function marksOf(
  layer: Exclude<Layer, { kind: 'band' | 'cells' }>,
  color: string | undefined,
  drawing: PanelDrawing,
  frameWidth: number,
  clip: boolean,
): Plot.Markish[] {
  if (layer.kind === 'line') return lineMarks(layer, color!, drawing.x.scale, frameWidth, clip);
  if (layer.kind === 'points') {
    const open = layer.symbol === 'cross';
    return [
      Plot.dot(range(layer.x.length), {
        x: layer.x,
        y: layer.y,
        r: layer.radius ?? POINT_RADIUS,
        symbol: layer.symbol === 'cross' ? 'times' : (layer.symbol ?? 'circle'),
        fill: open ? 'none' : color,
        stroke: open ? color : (layer.outline ?? 'none'),
        ...(layer.outline && !open ? { strokeWidth: OUTLINE_WIDTH } : {}),
        opacity: layer.opacity ?? POINT_OPACITY,
        clip,
      } as Plot.DotOptions),
    ];
  }
  if (layer.kind === 'text') {
    return [
      Plot.text(range(layer.x.length), {
        x: layer.x,
        y: layer.y,
        text: layer.text,
        fill: layer.color ?? INK,
        fontSize: TICK_FONT,
        clip,
      } as Plot.TextOptions),
    ];
  }
  if (layer.kind === 'area') {
    return [
      Plot.areaY(range(layer.x.length), {
        x: layer.x,
        y1: layer.low,
        y2: layer.high,
        z: null,
        fill: color,
        fillOpacity: layer.opacity ?? AREA_OPACITY,
        ariaLabel: () => layer.name,
        title: () => layer.name,
        clip,
      } as Plot.AreaYOptions),
    ];
  }
  const style = {
    stroke: color ?? RULE_COLOR,
    strokeWidth: RULE_WIDTH,
    strokeDasharray: DASHES[layer.dash ?? 'dashed'],
    strokeLinecap: 'butt',
    ariaLabel: () => layer.name ?? 'rule',
    clip,
  } as Plot.LineOptions;
  const { x, y } = drawing;
  if (layer.at === 'identity') {
    const from = Math.max(x.scale.low, y.scale.low);
    const to = Math.min(x.scale.high, y.scale.high);
    return from < to
      ? [
          Plot.line(
            [
              [from, from],
              [to, to],
            ],
            style,
          ),
        ]
      : [];
  }
  const ends =
    'x' in layer.at
      ? [
          [layer.at.x, y.scale.low],
          [layer.at.x, y.scale.high],
        ]
      : [
          [x.scale.low, layer.at.y],
          [x.scale.high, layer.at.y],
        ];
  return [Plot.line(ends, style)];
}

function lineMarks(
  layer: LineLayer,
  color: string,
  scale: ResolvedScale,
  frameWidth: number,
  clip: boolean,
): Plot.Markish[] {
  const places = visiblePlaces(layer.x, layer.y, scale, frameWidth) ?? range(layer.x.length);
  const x = places.map((i) => layer.x[i]);
  const y = places.map((i) => layer.y[i] ?? Number.NaN);
  const marks: Plot.Markish[] = [
    Plot.line(range(x.length), {
      x,
      y,
      z: null,
      stroke: color,
      strokeWidth: layer.width ?? LINE_WIDTH,
      strokeDasharray: DASHES[layer.dash ?? 'solid'],
      strokeLinecap: (layer.dash ?? 'solid') === 'solid' ? 'round' : 'butt',
      ariaLabel: () => layer.name,
      title: () => layer.name,
      clip,
    } as Plot.LineOptions),
  ];
  const gap = (i: number) => Number.isNaN(y[i] ?? Number.NaN);
  const dots = range(x.length).filter((i) => !gap(i) && (layer.markers || (gap(i - 1) && gap(i + 1))));
  if (dots.length > 0) {
    marks.push(
      Plot.dot(dots, {
        x: (i: number) => x[i],
        y: (i: number) => y[i],
        r: MARKER_RADIUS,
        fill: color,
        stroke: 'none',
        clip,
      } as Plot.DotOptions),
    );
  }
  return marks;
}

/** Clipping costs two elements a mark, so only when an explicit domain leaves data out. */
function cutsData(layers: Layer[], x: ResolvedScale, y: ResolvedScale): boolean {
  const outside = (value: number | null, scale: ResolvedScale) =>
    value !== null && (value < scale.low || value > scale.high);
  return layers.some((layer) => {
    if (layer.kind === 'area') {
      return layer.x.some((v) => outside(v, x)) || [...layer.low, ...layer.high].some((v) => outside(v, y));
    }
    if (layer.kind === 'cells') {
      return cellEdges(layer.x).some((v) => outside(v, x)) || cellEdges(layer.y).some((v) => outside(v, y));
    }
    if (layer.kind === 'band') return outside(layer.from, x) || outside(layer.to, x);
    if (layer.kind === 'rule') {
      if (layer.at === 'identity') return false;
      return 'x' in layer.at ? outside(layer.at.x, x) : outside(layer.at.y, y);
    }
    return layer.x.some((v) => outside(v, x)) || layer.y.some((v) => outside(v, y));
  });
}

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
