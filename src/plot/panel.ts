import { axisMarks, gridMarks } from './axes.js';
import { cellEdges } from './cells.js';
import type { Layer, Panel } from './figure.js';
import { type Box, type Frame, frameOf } from './frame.js';
import { layerColors } from './legend.js';
import { Marks } from './marks.js';
import { el } from './markup.js';
import { BAND_TINTS, INK } from './palette.js';
import type { ResolvedScale } from './scale.js';
import type { Ticks } from './ticks.js';

export interface PanelDrawing {
  panel: Panel;
  width: number;
  height: number;
  /** From the panel's outer edge to its frame. */
  insets: Box;
  x: { scale: ResolvedScale; ticks: Ticks };
  y: { scale: ResolvedScale; ticks: Ticks };
  /** Begins the ids of this panel: made from the figure's content, so that equal figures are equal bytes. */
  idPrefix: string;
}

/** Frame, grid, ticks and data of one panel, as SVG text with its own origin. */
export function drawPanel(drawing: PanelDrawing): string {
  const { panel, x, y } = drawing;
  const frame = frameOf(drawing.width, drawing.height, drawing.insets, x.scale, y.scale);
  const clip = cutsData(panel.layers, x.scale, y.scale) ? `${drawing.idPrefix}-0` : undefined;
  const marks = new Marks(frame, x.scale, y.scale, clip);
  const colors = layerColors(panel.layers);
  const below: string[] = [];
  const above: string[] = [];
  let bands = 0;
  panel.layers.forEach((layer, i) => {
    if (layer.kind === 'band') {
      below.push(marks.band(layer, layer.color ?? BAND_TINTS[bands++ % BAND_TINTS.length]));
    } else if (layer.kind === 'cells') below.push(marks.cells(layer));
    else above.push(marks.of(layer, colors[i]));
  });
  const parts = [
    clip === undefined ? '' : clipPath(frame, clip),
    ...below,
    panel.layers.some((layer) => layer.kind === 'cells') ? '' : gridMarks(frame, x.ticks, y.ticks),
    side(frame.left, frame.right, frame.bottom, frame.bottom),
    side(frame.left, frame.left, frame.top, frame.bottom),
    axisMarks(frame, x.ticks, y.ticks),
    ...above,
  ];
  return el('g', { 'text-anchor': 'middle' }, parts.join(''));
}

const side = (x1: number, x2: number, y1: number, y2: number): string =>
  el('line', { 'aria-label': 'frame', stroke: INK, 'stroke-linecap': 'square', x1, x2, y1, y2 });

const clipPath = ({ left, right, top, bottom }: Frame, id: string): string =>
  el('clipPath', { id }, el('rect', { x: left, y: top, width: right - left, height: bottom - top }));

/** Clipping costs an element a mark, so only when an explicit domain leaves data out. */
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
