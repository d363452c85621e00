import type { Layer, Legend, LegendEntry, Panel, PointSymbol, Swatch } from './figure.js';
import { el, textEl } from './markup.js';
import { colorAt, DASHES, INK } from './palette.js';
import { symbolPath } from './shapes.js';
import { shorten, textWidth } from './text.js';

export const LEGEND_SIZE = 13;
export const LEGEND_LINE = 18;
const SWATCH = 24;
const POINT_SWATCH = 10;
const SYMBOL_RADIUS = 3.8;
const BOX_SWATCH = 14;
const BOX_HEIGHT = 12;
const SWATCH_GAP = 4;
const TEXT_GAP = 6;
const ENTRY_GAP = 18;
const COLUMN_GAP = 14;
/** A longer name is shortened in the legend; its line's tooltip has it whole. */
const MAX_LABEL = 170;

/** The colour of each line and points layer, given or next of the palette. */
export function layerColors(layers: Layer[]): (string | undefined)[] {
  let next = 0;
  return layers.map((layer) => {
    if (layer.kind === 'cells' || layer.kind === 'text') return undefined;
    if (layer.kind === 'line' || layer.kind === 'points' || layer.kind === 'area')
      return layer.color ?? colorAt(next++);
    return layer.color;
  });
}

export const AREA_OPACITY = 0.25;
export const RULE_COLOR = '#555555';

/** What a panel's legend lists and where; `undefined` for none. */
export function panelLegend(panel: Panel): Required<Legend> | undefined {
  if (panel.legend === 'none') return undefined;
  const entries = panel.legend?.entries ?? namedLayers(panel.layers);
  if (entries.length === 0 || (panel.legend === undefined && entries.length < 2)) return undefined;
  return { position: panel.legend?.position ?? 'top', entries };
}

function namedLayers(layers: Layer[]): LegendEntry[] {
  const colors = layerColors(layers);
  const entries: LegendEntry[] = [];
  layers.forEach((layer, i) => {
    if (layer.kind === 'line') {
      entries.push({
        label: layer.name,
        swatches: [{ kind: 'line', color: colors[i]!, dash: layer.dash ?? 'solid' }],
      });
    } else if (layer.kind === 'points') {
      entries.push({
        label: layer.name,
        swatches: [
          {
            kind: 'point',
            color: colors[i]!,
            symbol: layer.symbol ?? 'circle',
            ...(layer.outline ? { outline: layer.outline } : {}),
          },
        ],
      });
    } else if (layer.kind === 'area') {
      entries.push({
        label: layer.name,
        swatches: [{ kind: 'box', color: colors[i]!, opacity: layer.opacity ?? AREA_OPACITY }],
      });
    } else if (layer.kind === 'rule' && layer.name) {
      entries.push({
        label: layer.name,
        swatches: [{ kind: 'line', color: colors[i] ?? RULE_COLOR, dash: layer.dash ?? 'dashed' }],
      });
    }
  });
  return entries;
}

interface Placed {
  entry: LegendEntry;
  label: string;
  x: number;
  y: number;
}

export interface PlacedLegend {
  width: number;
  height: number;
  items: Placed[];
}

/** Entries side by side, in as many lines as the width asks for. */
export function flowLegend(entries: LegendEntry[], width: number): PlacedLegend {
  const items: Placed[] = [];
  let x = 0;
  let line = 0;
  let widest = 0;
  for (const entry of entries) {
    const label = shorten(
      entry.label,
      Math.min(MAX_LABEL * 1.5, width - swatchesWidth(entry) - TEXT_GAP),
      LEGEND_SIZE,
    );
    const needed = swatchesWidth(entry) + TEXT_GAP + textWidth(label, LEGEND_SIZE);
    if (x > 0 && x + needed > width) {
      x = 0;
      line++;
    }
    items.push({ entry, label, x, y: line * LEGEND_LINE });
    widest = Math.max(widest, x + needed);
    x += needed + ENTRY_GAP;
  }
  return { width: widest, height: (line + 1) * LEGEND_LINE, items };
}

/** Entries below one another, in as many columns as the height asks for. */
export function stackLegend(entries: LegendEntry[], height: number): PlacedLegend {
  const perColumn = Math.max(1, Math.floor(height / LEGEND_LINE));
  const items: Placed[] = [];
  let x = 0;
  let width = 0;
  for (let start = 0; start < entries.length; start += perColumn) {
    const column = entries.slice(start, start + perColumn);
    const swatches = Math.max(...column.map(swatchesWidth));
    let columnWidth = 0;
    column.forEach((entry, i) => {
      const label = shorten(entry.label, MAX_LABEL, LEGEND_SIZE);
      items.push({ entry, label, x, y: i * LEGEND_LINE });
      columnWidth = Math.max(columnWidth, swatches + TEXT_GAP + textWidth(label, LEGEND_SIZE));
    });
    width = x + columnWidth;
    x += columnWidth + COLUMN_GAP;
  }
  return { width, height: Math.min(entries.length, perColumn) * LEGEND_LINE, items };
}

export function legendMarkup(legend: PlacedLegend, x: number, y: number): string {
  const parts = legend.items.map((item) => {
    const middle = y + item.y + LEGEND_LINE / 2;
    let at = x + item.x;
    const swatches = item.entry.swatches.map((swatch) => {
      const drawn = swatchMarkup(swatch, at, middle);
      at += swatchWidth(swatch) + SWATCH_GAP;
      return drawn;
    });
    const text = textEl(at - SWATCH_GAP + TEXT_GAP, middle + LEGEND_SIZE * 0.35, item.label, {
      size: LEGEND_SIZE,
      fill: INK,
    });
    return swatches.join('') + text;
  });
  return el('g', { 'aria-label': 'legend' }, parts.join(''));
}

function swatchesWidth(entry: LegendEntry): number {
  return entry.swatches.reduce((width, swatch) => width + swatchWidth(swatch) + SWATCH_GAP, -SWATCH_GAP);
}

const SWATCH_WIDTHS: Record<Swatch['kind'], number> = { line: SWATCH, point: POINT_SWATCH, box: BOX_SWATCH };
const swatchWidth = (swatch: Swatch): number => SWATCH_WIDTHS[swatch.kind];

function swatchMarkup(swatch: Swatch, x: number, y: number): string {
  if (swatch.kind === 'line') {
    return el('path', {
      d: `M${x},${y}h${SWATCH}`,
      fill: 'none',
      stroke: swatch.color,
      'stroke-width': 2,
      'stroke-dasharray': DASHES[swatch.dash ?? 'solid'],
    });
  }
  if (swatch.kind === 'box') {
    return el('rect', {
      x,
      y: y - BOX_HEIGHT / 2,
      width: BOX_SWATCH,
      height: BOX_HEIGHT,
      fill: swatch.color,
      'fill-opacity': swatch.opacity,
    });
  }
  return symbolMarkup(swatch.symbol ?? 'circle', x + POINT_SWATCH / 2, y, swatch.color, swatch.outline);
}

function symbolMarkup(symbol: PointSymbol, x: number, y: number, color: string, outline?: string): string {
  const open = symbol === 'cross';
  return el('path', {
    d: symbolPath(symbol, SYMBOL_RADIUS),
    transform: `translate(${x},${y})`,
    fill: open ? 'none' : color,
    stroke: open ? color : outline,
    'stroke-width': open ? 2 : outline && 1,
  });
}
