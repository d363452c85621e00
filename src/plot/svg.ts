import { TICK_FONT, TICK_PADDING, TICK_SIZE } from './axes.js';
import { checkFigure } from './check.js';
import { type Figure, isPanels, type Panels } from './figure.js';
import {
  BAND_LINE,
  BAND_SIZE,
  figureLegendHeight,
  LABEL_LINE,
  LABEL_SIZE,
  layOut,
  PANEL_TITLE_LINE,
  PANEL_TITLE_SIZE,
  type PlannedPanel,
} from './layout.js';
import { flowLegend, legendMarkup } from './legend.js';
import { el, textEl } from './markup.js';
import { INK, MUTED } from './palette.js';
import { drawPanel } from './panel.js';
import { FONT_FAMILY, wrapText } from './text.js';

const MARGIN = 12;
const TITLE_SIZE = 16;
const TITLE_LINE = 21;
const SUBTITLE_SIZE = 12.5;
const SUBTITLE_LINE = 16;

/**
 * Draws a figure as a standalone SVG file: white background, no external style, script or font, and the same bytes
 * for the same figure.
 * @throws TypeError | RangeError naming the series or option that cannot be drawn.
 */
export function renderSvg(figure: Figure): string {
  checkFigure(figure);
  const grid = asPanels(figure);
  const width = figure.width - 2 * MARGIN;
  const parts: string[] = [el('rect', { width: figure.width, height: figure.height, fill: '#ffffff' })];
  let y = MARGIN;
  for (const line of wrapText(figure.title, width, TITLE_SIZE, true)) {
    parts.push(textEl(MARGIN, y + TITLE_SIZE * 0.85, line, { size: TITLE_SIZE, fill: INK, bold: true }));
    y += TITLE_LINE;
  }
  for (const line of wrapText(figure.subtitle ?? '', width, SUBTITLE_SIZE)) {
    parts.push(textEl(MARGIN, y + SUBTITLE_SIZE * 0.85, line, { size: SUBTITLE_SIZE, fill: MUTED }));
    y += SUBTITLE_LINE;
  }
  y += 6;
  if (grid.legend && grid.legend.entries.length > 0) {
    parts.push(legendMarkup(flowLegend(grid.legend.entries, width), MARGIN, y));
    y += figureLegendHeight(grid, width);
  }
  const prefix = `plot-${fingerprint(JSON.stringify(figure))}`;
  layOut(grid, width, figure.height - y - MARGIN).forEach((planned, i) => {
    const content = panelMarkup(planned, `${prefix}-${i}`);
    parts.push(el('g', { transform: `translate(${MARGIN + planned.left},${y + planned.top})` }, content));
  });
  return `${el(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width: figure.width,
      height: figure.height,
      viewBox: `0 0 ${figure.width} ${figure.height}`,
      'font-family': FONT_FAMILY,
      fill: INK,
      color: INK,
      role: 'img',
      'aria-label': figure.title,
    },
    parts.join('\n'),
  )}\n`;
}

/** A single chart is a grid of one, its title being the figure's. */
function asPanels(figure: Figure): Panels {
  if (isPanels(figure)) return figure;
  const { title, subtitle: _, width, height, ...panel } = figure;
  return { title, width, height, columns: 1, panels: [panel] };
}

function panelMarkup(planned: PlannedPanel, idPrefix: string): string {
  const { panel, insets, width, height, x, y } = planned;
  const frameWidth = width - insets.left - insets.right;
  const frameHeight = height - insets.top - insets.bottom;
  const parts = [drawPanel({ panel, width, height, insets, x, y, idPrefix })];
  planned.title.forEach((line, i) => {
    const at = PANEL_TITLE_LINE * i + PANEL_TITLE_SIZE;
    parts.push(textEl(insets.left, at, line, { size: PANEL_TITLE_SIZE, fill: INK, bold: true }));
  });
  if (planned.legend?.position === 'top') {
    parts.push(legendMarkup(planned.legend, insets.left, planned.title.length * PANEL_TITLE_LINE));
  } else if (planned.legend) {
    parts.push(legendMarkup(planned.legend, width - planned.legendRoom, insets.top));
  }
  for (const band of planned.bands) {
    const at = insets.top - 5 - band.row * BAND_LINE;
    parts.push(
      textEl(insets.left + band.center, at, band.label, { size: BAND_SIZE, fill: MUTED, anchor: 'middle' }),
    );
  }
  x.label.forEach((line, i) => {
    const at = insets.top + frameHeight + TICK_SIZE + TICK_PADDING + TICK_FONT + LABEL_LINE * (i + 1);
    parts.push(
      textEl(insets.left + frameWidth / 2, at, line, { size: LABEL_SIZE, fill: INK, anchor: 'middle' }),
    );
  });
  // At the panel's left edge, so that the labels of a column of panels stand in one line.
  y.label.forEach((line, i) => {
    parts.push(
      textEl(LABEL_LINE * i + LABEL_SIZE * 0.85, insets.top + frameHeight / 2, line, {
        size: LABEL_SIZE,
        fill: INK,
        anchor: 'middle',
        rotate: -90,
      }),
    );
  });
  return parts.join('');
}

/** FNV-1a over UTF-16 code units: short, and the same everywhere. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}
