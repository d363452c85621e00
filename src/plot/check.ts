import { cellEdges } from './cells.js';
import type { Axis, CellsLayer, Figure, Layer, Legend, Panel } from './figure.js';
import { isPanels } from './figure.js';

/**
 * What a figure must satisfy before it is drawn. A value that cannot be drawn is refused by the name of its series;
 * nothing is dropped in silence.
 */
export function checkFigure(figure: Figure): void {
  if (figure === null || typeof figure !== 'object') throw new TypeError('figure must be an object');
  if (typeof figure.title !== 'string' || figure.title.trim() === '') {
    throw new TypeError('figure.title must be a non-empty string');
  }
  checkSize('figure.width', figure.width);
  checkSize('figure.height', figure.height);
  if (isPanels(figure)) {
    if (!Array.isArray(figure.panels) || figure.panels.length === 0) {
      throw new RangeError('figure.panels is empty; a figure needs at least one panel');
    }
    if (!Number.isInteger(figure.columns) || figure.columns < 1) {
      throw new RangeError(`figure.columns is ${figure.columns}; it must be a whole number ≥ 1`);
    }
    figure.panels.forEach((panel, i) => {
      checkPanel(`figure.panels[${i}]`, panel, false);
    });
    if (figure.legend !== undefined) checkLegend('figure.legend', figure.legend);
  } else checkPanel('figure', figure, true);
}

/** The values of a series as plain numbers, or an error with its name. */
export function finiteValues(name: string, values: ArrayLike<number>, expected?: number): number[] {
  if (values === null || typeof values !== 'object' || typeof values.length !== 'number') {
    throw new TypeError(`${name} must be an array of numbers`);
  }
  if (values.length === 0) throw new RangeError(`${name} is empty`);
  if (expected !== undefined && values.length !== expected) {
    throw new RangeError(`${name} has ${values.length} values where ${expected} are needed`);
  }
  const copy = Array.from(values);
  copy.forEach((value, i) => {
    if (!Number.isFinite(value)) {
      throw new RangeError(`${name}: value ${i} is ${value}; only finite numbers can be drawn`);
    }
  });
  return copy;
}

function checkSize(name: string, value: number): void {
  if (!Number.isFinite(value) || value <= 0) {
    throw new RangeError(`${name} is ${value}; it must be a number of pixels > 0`);
  }
}

const DATA_LAYERS: ReadonlySet<Layer['kind']> = new Set(['line', 'points', 'area', 'cells']);

function checkPanel(where: string, panel: Panel, labelsNeeded: boolean): void {
  checkAxis(`${where}.x`, panel.x, labelsNeeded);
  checkAxis(`${where}.y`, panel.y, labelsNeeded);
  if (!Array.isArray(panel.layers) || !panel.layers.some((l) => DATA_LAYERS.has(l.kind))) {
    throw new RangeError(`${where}.layers has no line, points, area or cells; there is nothing to draw`);
  }
  if (panel.equal && (panel.x.scale !== 'linear' || panel.y.scale !== 'linear')) {
    throw new RangeError(`${where}.equal needs linear scales on both axes`);
  }
  for (const layer of panel.layers) checkLayer(where, layer, panel);
  if (panel.legend !== undefined && panel.legend !== 'none') checkLegend(`${where}.legend`, panel.legend);
}

function checkAxis(where: string, axis: Axis, labelNeeded: boolean): void {
  if (axis === null || typeof axis !== 'object') throw new TypeError(`${where} must be an axis`);
  if (typeof axis.label !== 'string' || (labelNeeded && axis.label.trim() === '')) {
    throw new TypeError(`${where}.label must be a ${labelNeeded ? 'non-empty ' : ''}string`);
  }
  if (axis.scale !== 'linear' && axis.scale !== 'log' && axis.scale !== 'symlog') {
    throw new RangeError(`${where}.scale is "${axis.scale}"; allowed are linear, log and symlog`);
  }
  if (axis.constant !== undefined && !(Number.isFinite(axis.constant) && axis.constant > 0)) {
    throw new RangeError(`${where}.constant is ${axis.constant}; it must be > 0`);
  }
  for (const tick of axis.ticks ?? []) {
    if (typeof tick.label !== 'string') throw new TypeError(`${where}.ticks: every tick needs a label`);
    checkValues(`${where}.ticks: "${tick.label}"`, [tick.value], axis, false);
  }
  if (axis.domain === undefined) return;
  const [low, high] = axis.domain;
  if (!Number.isFinite(low) || !Number.isFinite(high) || low >= high) {
    throw new RangeError(
      `${where}.domain is [${low}, ${high}]; it must be two finite numbers, the smaller first`,
    );
  }
  if (axis.scale === 'log' && low <= 0) {
    throw new RangeError(
      `${where}.domain starts at ${low}, which has no place on a log scale; use > 0 or "symlog"`,
    );
  }
}

function checkLayer(where: string, layer: Layer, panel: Panel): void {
  switch (layer.kind) {
    case 'line':
    case 'points': {
      if (typeof layer.name !== 'string' || layer.name === '') {
        throw new TypeError(`${where}: every ${layer.kind} layer needs a name`);
      }
      const name = `${layer.kind} "${layer.name}"`;
      checkValues(`${name}: x`, layer.x, panel.x, false);
      checkValues(`${name}: y`, layer.y, panel.y, layer.kind === 'line');
      if (layer.x.length !== layer.y.length) {
        throw new RangeError(`${name}: x has ${layer.x.length} values but y has ${layer.y.length}`);
      }
      return;
    }
    case 'area': {
      if (typeof layer.name !== 'string' || layer.name === '') {
        throw new TypeError(`${where}: every area layer needs a name`);
      }
      const name = `area "${layer.name}"`;
      checkValues(`${name}: x`, layer.x, panel.x, false);
      for (const side of ['low', 'high'] as const) {
        checkValues(`${name}: ${side}`, layer[side], panel.y, false);
        if (layer[side].length !== layer.x.length) {
          throw new RangeError(
            `${name}: x has ${layer.x.length} values but ${side} has ${layer[side].length}`,
          );
        }
      }
      const crossed = layer.low.findIndex((low, i) => low > layer.high[i]);
      if (crossed >= 0) {
        throw new RangeError(
          `${name}: low[${crossed}] is ${layer.low[crossed]}, above high[${crossed}] = ${layer.high[crossed]}`,
        );
      }
      return;
    }
    case 'cells':
      checkCells(`cells "${layer.name}"`, layer, panel);
      return;
    case 'text': {
      const name = `text "${layer.name}"`;
      checkValues(`${name}: x`, layer.x, panel.x, false);
      checkValues(`${name}: y`, layer.y, panel.y, false);
      for (const [key, { length }] of Object.entries({ y: layer.y, text: layer.text })) {
        if (length === layer.x.length) continue;
        throw new RangeError(`${name}: x has ${layer.x.length} values but ${key} has ${length}`);
      }
      layer.text.forEach((text, i) => {
        if (typeof text === 'string' && text.trim() !== '') return;
        throw new TypeError(`${name}: text[${i}] must be a non-empty string`);
      });
      return;
    }
    case 'rule': {
      if (layer.at === 'identity') return;
      const name = `rule "${layer.name ?? ''}"`;
      if ('x' in layer.at) checkValues(`${name}: x`, [layer.at.x], panel.x, false);
      else checkValues(`${name}: y`, [layer.at.y], panel.y, false);
      return;
    }
    case 'band': {
      checkValues(`band "${layer.label ?? ''}"`, [layer.from, layer.to], panel.x, false);
      if (layer.from >= layer.to) {
        throw new RangeError(
          `band "${layer.label ?? ''}" goes from ${layer.from} to ${layer.to}; it must end later`,
        );
      }
      return;
    }
    default:
      throw new RangeError(`${where}: unknown layer kind "${(layer as { kind: string }).kind}"`);
  }
}

function checkCells(name: string, layer: CellsLayer, panel: Panel): void {
  for (const side of ['x', 'y'] as const) {
    const centres = layer[side];
    checkValues(`${name}: ${side}`, centres, panel[side], false);
    if (centres.length < 2) throw new RangeError(`${name}: ${side} has one value; cells need at least two`);
    const back = centres.findIndex((value, i) => i > 0 && value <= centres[i - 1]);
    if (back > 0) {
      throw new RangeError(
        `${name}: ${side}[${back}] is ${centres[back]}, not above the one before (${centres[back - 1]})`,
      );
    }
    checkValues(`${name}: ${side} edges`, cellEdges(centres), panel[side], false);
  }
  const needed = layer.x.length * layer.y.length;
  if (!Array.isArray(layer.cells) || layer.cells.length !== needed) {
    throw new RangeError(
      `${name}: ${layer.cells?.length} cells for ${layer.x.length} columns and ${layer.y.length} rows; ${needed} are needed`,
    );
  }
  const bad = layer.cells.findIndex(
    (cell) => cell !== null && !(Number.isInteger(cell) && cell >= 0 && cell < layer.colors.length),
  );
  if (bad >= 0) {
    throw new RangeError(
      `${name}: cells[${bad}] is ${layer.cells[bad]}; it must be null or a place among ${layer.colors.length} colours`,
    );
  }
}

function checkValues(name: string, values: (number | null)[], axis: Axis, gaps: boolean): void {
  if (!Array.isArray(values)) throw new TypeError(`${name} must be an array of numbers`);
  if (values.length === 0) throw new RangeError(`${name} is empty; a series needs at least one value`);
  let drawn = 0;
  values.forEach((value, i) => {
    if (gaps && value === null) return;
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      const hint = gaps
        ? '; only finite numbers can be drawn (null marks a gap)'
        : '; only finite numbers can be drawn';
      throw new RangeError(`${name}[${i}] is ${value}${hint}`);
    }
    if (axis.scale === 'log' && value <= 0) {
      throw new RangeError(
        `${name}[${i}] is ${value}, which has no place on a log scale; use "symlog"${gaps ? ', or null for a gap' : ''}`,
      );
    }
    drawn++;
  });
  if (drawn === 0) throw new RangeError(`${name} consists of gaps only; there is nothing to draw`);
}

function checkLegend(where: string, legend: Legend): void {
  if (legend.position !== 'top' && legend.position !== 'right') {
    throw new RangeError(`${where}.position is "${legend.position}"; allowed are top and right`);
  }
  for (const entry of legend.entries ?? []) {
    if (typeof entry.label !== 'string' || entry.swatches.length === 0) {
      throw new TypeError(`${where}: every entry needs a label and at least one swatch`);
    }
  }
}
