import type { Axis, Figure, Layer, Legend, Panel } from './figure.js';
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

function checkPanel(where: string, panel: Panel, labelsNeeded: boolean): void {
  checkAxis(`${where}.x`, panel.x, labelsNeeded);
  checkAxis(`${where}.y`, panel.y, labelsNeeded);
  if (!Array.isArray(panel.layers) || !panel.layers.some((l) => l.kind === 'line' || l.kind === 'points')) {
    throw new RangeError(`${where}.layers has no line and no points; there is nothing to draw`);
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
