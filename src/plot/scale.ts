import { cellEdges } from './cells.js';
import type { Axis, Layer, Panel, ScaleKind } from './figure.js';

/** An axis with nothing left to decide. */
export interface ResolvedScale {
  kind: ScaleKind;
  low: number;
  high: number;
  /** `symlog` only. */
  constant: number;
}

/** Room beyond the data, as a part of the axis' length. */
const ROOM = 0.04;
/** A linear axis whose data start below this part of their largest value starts at zero. */
const START_AT_ZERO_BELOW = 0.5;
/** Ranges smaller than this part of the values themselves are rounding, not data. */
const FLAT = 1e-12;
/** The linear part of a symlog axis is at least this part of its largest value. */
const SYMLOG_LEAST = 1e-8;

/** The value's place along an axis, in the scale's own measure. */
export function transform(scale: Pick<ResolvedScale, 'kind' | 'constant'>, value: number): number {
  if (scale.kind === 'log') return Math.log10(value);
  if (scale.kind === 'symlog') return Math.sign(value) * Math.log1p(Math.abs(value / scale.constant));
  return value;
}

function inverse(scale: Pick<ResolvedScale, 'kind' | 'constant'>, place: number): number {
  if (scale.kind === 'log') return 10 ** place;
  if (scale.kind === 'symlog') return Math.sign(place) * Math.expm1(Math.abs(place)) * scale.constant;
  return place;
}

/** 0 at the axis' low end, 1 at its high end. */
export function fraction(scale: ResolvedScale, value: number): number {
  const low = transform(scale, scale.low);
  return (transform(scale, value) - low) / (transform(scale, scale.high) - low);
}

/** Settles the domain from the data when the figure leaves it open. */
export function resolveScale(panel: Panel, side: 'x' | 'y'): ResolvedScale {
  const axis = panel[side];
  const values = valuesAlong(panel.layers, side);
  const constant = axis.constant ?? symlogConstant(values);
  if (axis.domain) return { kind: axis.scale, low: axis.domain[0], high: axis.domain[1], constant };
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const shape = { kind: axis.scale, constant };
  const has = (kind: Layer['kind']) => panel.layers.some((layer) => layer.kind === kind);
  const tight = side === 'x' && (has('band') || !has('points'));
  [low, high] = extend(axis, low, high, shape, tight);
  return { kind: axis.scale, low, high, constant };
}

function extend(
  axis: Axis,
  low: number,
  high: number,
  shape: Pick<ResolvedScale, 'kind' | 'constant'>,
  tight: boolean,
): [number, number] {
  const flat = high - low <= FLAT * Math.max(Math.abs(low), Math.abs(high));
  if (axis.scale === 'log') {
    if (flat) return [low / 3, high * 3];
  } else if (flat) {
    const half = axis.integer ? 1 : low === 0 ? 1 : Math.abs(low) / 4;
    return [low - half, high + half];
  }
  if (tight) return [low, high];
  const from = transform(shape, low);
  const to = transform(shape, high);
  const room = (to - from) * ROOM;
  const atZero = axis.scale !== 'log' && low >= 0 && low < START_AT_ZERO_BELOW * high;
  return [atZero ? 0 : inverse(shape, from - room), inverse(shape, to + room)];
}

function symlogConstant(values: number[]): number {
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (const value of values) {
    const size = Math.abs(value);
    if (size > 0 && size < least) least = size;
    if (size > most) most = size;
  }
  if (most === 0) return 1;
  return 10 ** Math.floor(Math.log10(Math.max(least, most * SYMLOG_LEAST)));
}

function valuesAlong(layers: Layer[], side: 'x' | 'y'): number[] {
  const values: number[] = [];
  for (const layer of layers) {
    if (layer.kind === 'line' || layer.kind === 'points' || layer.kind === 'text') {
      for (const value of layer[side]) if (value !== null) values.push(value);
    } else if (layer.kind === 'area') {
      for (const part of side === 'x' ? [layer.x] : [layer.low, layer.high])
        for (const value of part) values.push(value);
    } else if (layer.kind === 'cells') {
      for (const value of cellEdges(layer[side])) values.push(value);
    } else if (layer.kind === 'rule') {
      if (layer.at === 'identity') continue;
      if (side === 'x' && 'x' in layer.at) values.push(layer.at.x);
      if (side === 'y' && 'y' in layer.at) values.push(layer.at.y);
    } else if (side === 'x') values.push(layer.from, layer.to);
  }
  return values;
}
