/**
 * One description of a figure: plain data that survives `JSON.stringify`, drawn by `renderSvg` here, by a live plot
 * in a browser, or read by whoever wants the numbers behind a picture.
 */

/** `symlog` is linear around zero and logarithmic beyond `Axis.constant`, for data that touch zero or change sign. */
export type ScaleKind = 'linear' | 'log' | 'symlog';

/** A labelled place on an axis. */
export interface AxisTick {
  value: number;
  label: string;
}

export interface Axis {
  /** Quantity, without its unit. May be empty only inside `Panels`, where a neighbour carries the label. */
  label: string;
  /** Written in parentheses after the label. */
  unit?: string;
  scale: ScaleKind;
  /** Smallest and largest value shown. Default: the data's own extent with a little room. Lines outside are clipped. */
  domain?: [number, number];
  /** Ticks at whole numbers only (epochs, steps). Default false. */
  integer?: boolean;
  /** `symlog` only: the width of the linear part, > 0. Default: the decade of the smallest non-zero value. */
  constant?: number;
  /** Exactly these ticks, such as the names of rows. Default: round numbers. */
  ticks?: AxisTick[];
}

export type Dash = 'solid' | 'dashed' | 'dotted' | 'dashdot';
export type PointSymbol = 'circle' | 'square' | 'triangle' | 'diamond' | 'star' | 'cross';

export interface LineLayer {
  kind: 'line';
  /** Shown in the legend, as the line's tooltip, and in error messages. */
  name: string;
  x: number[];
  /** As long as `x`. `null` is a deliberate gap in the line. */
  y: (number | null)[];
  /** CSS colour. Default: the next of the palette. */
  color?: string;
  /** Default `'solid'`. */
  dash?: Dash;
  /** Pixels. Default 1.75. */
  width?: number;
  /** Also draws a dot at every value. Default false; a lone value between gaps always gets one. */
  markers?: boolean;
}

export interface PointsLayer {
  kind: 'points';
  name: string;
  x: number[];
  y: number[];
  color?: string;
  /** Default `'circle'`. */
  symbol?: PointSymbol;
  /** Pixels. Default 3. */
  radius?: number;
  /** 0 to 1. Default 0.65. */
  opacity?: number;
  /** CSS colour of a thin line around each symbol, so that it stands out from what lies below. Default none. */
  outline?: string;
}

/** The stretch between two lines: a range over seeds. */
export interface AreaLayer {
  kind: 'area';
  /** Listed in the legend. */
  name: string;
  x: number[];
  /** As long as `x`; nowhere above `high`. */
  low: number[];
  high: number[];
  color?: string;
  /** 0 to 1. Default 0.25. */
  opacity?: number;
}

/** A plane of coloured cells, below everything else. The legend does not list it unless told to. */
export interface CellsLayer {
  kind: 'cells';
  name: string;
  /** Centres of the columns and of the rows, increasing, at least two of each; cells meet halfway between them. */
  x: number[];
  y: number[];
  /** The place in `colors` of cell (x[i], y[j]) at j · x.length + i; `null` leaves the cell blank. */
  cells: (number | null)[];
  colors: string[];
}

/** Words at places of the frame, each centred there, above everything else. The legend does not list them. */
export interface TextLayer {
  kind: 'text';
  /** For error messages. */
  name: string;
  x: number[];
  y: number[];
  /** As long as `x`; no empty ones. */
  text: string[];
  /** CSS colour. Default: that of axes and titles. */
  color?: string;
}

/** A reference line across the whole frame: prediction = target, or a constant. */
export interface RuleLayer {
  kind: 'rule';
  at: 'identity' | { x: number } | { y: number };
  /** Listed in the legend when given. */
  name?: string;
  color?: string;
  /** Default `'dashed'`. */
  dash?: Dash;
}

/** A shaded stretch of the x axis, such as a phase; its label stands above the frame. */
export interface BandLayer {
  kind: 'band';
  from: number;
  to: number;
  label?: string;
  color?: string;
}

export type Layer = LineLayer | PointsLayer | AreaLayer | CellsLayer | TextLayer | RuleLayer | BandLayer;

export type Swatch =
  | { kind: 'line'; color: string; dash?: Dash }
  | { kind: 'point'; color: string; symbol?: PointSymbol; outline?: string }
  | { kind: 'box'; color: string; opacity?: number };

export interface LegendEntry {
  label: string;
  /** One, or several that share an entry, such as the two of a dual-rail pair. */
  swatches: Swatch[];
}

/** Always outside the frame, so that it never covers data. */
export interface Legend {
  position: 'top' | 'right';
  /** Default: one entry for each named line, points, area and rule layer. */
  entries?: LegendEntry[];
}

/** One frame with its axes. */
export interface Panel {
  title?: string;
  x: Axis;
  y: Axis;
  layers: Layer[];
  /** Default: at the top when there are at least two named layers, else none. */
  legend?: Legend | 'none';
  /** Keeps the frame square. Default false. */
  square?: boolean;
  /** One unit of x is as long as one of y; both scales linear. In `Panels` the first such panel decides. Default false. */
  equal?: boolean;
}

/** A figure of one frame. */
export interface Chart extends Panel {
  title: string;
  subtitle?: string;
  /** Pixels. */
  width: number;
  height: number;
}

/** A figure of several frames in a grid, filled row by row. */
export interface Panels {
  title: string;
  subtitle?: string;
  width: number;
  height: number;
  panels: Panel[];
  /** Frames in a row; ≥ 1. */
  columns: number;
  /** One legend for all, at the top. Then give the panels `legend: 'none'`. */
  legend?: { position: 'top'; entries: LegendEntry[] };
}

export type Figure = Chart | Panels;

export function isPanels(figure: Figure): figure is Panels {
  return 'panels' in figure;
}
