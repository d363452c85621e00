import type { Frame } from './frame.js';
import { el, withExponent } from './markup.js';
import { GRID, INK } from './palette.js';
import type { Ticks } from './ticks.js';

export const TICK_SIZE = 5;
export const TICK_PADDING = 4;
export const TICK_FONT = 12;
const MINOR_TICK = 3;

const group = (
  label: string,
  attributes: Record<string, string | number>,
  parts: readonly string[],
): string => (parts.length === 0 ? '' : el('g', { 'aria-label': label, ...attributes }, parts.join('')));

/** Lines across the frame at the labelled ticks. */
export function gridMarks(frame: Frame, x: Ticks, y: Ticks): string {
  const { left, right, top, bottom } = frame;
  const hidden = { 'aria-hidden': 'true', stroke: GRID };
  const across = y.values.map((value) => {
    const at = frame.y(value);
    return el('line', { x1: left, x2: right, y1: at, y2: at });
  });
  const upright = x.values.map((value) => {
    const at = frame.x(value);
    return el('line', { x1: at, x2: at, y1: top, y2: bottom });
  });
  return group('y-grid', hidden, across) + group('x-grid', { ...hidden, 'stroke-opacity': 0.6 }, upright);
}

/** Ticks with their labels, and the shorter ones without. */
export function axisMarks(frame: Frame, x: Ticks, y: Ticks): string {
  const places = {
    x: (value: number) => `translate(${frame.x(value)},${frame.bottom})`,
    y: (value: number) => `translate(${frame.left},${frame.y(value)})`,
  };
  const ticks = (axis: 'x' | 'y', values: readonly number[], size: number) =>
    group(
      `${axis}-axis tick`,
      { 'aria-hidden': 'true', fill: 'none', stroke: INK },
      values.map((value) =>
        el('path', {
          d: axis === 'x' ? `M0,0L0,${size}` : `M0,0L${-size},0`,
          transform: places[axis](value),
        }),
      ),
    );
  const labels = (axis: 'x' | 'y', { values, labels }: Ticks) => {
    const away = TICK_SIZE + TICK_PADDING;
    const style = { fill: INK, 'font-size': TICK_FONT, 'font-variant': 'tabular-nums' };
    const place =
      axis === 'x'
        ? { transform: `translate(0,${away})` }
        : { transform: `translate(${-away},0)`, 'text-anchor': 'end' };
    // Below the axis by the height of a digit, or beside it by half of one.
    const y = axis === 'x' ? '0.71em' : '0.32em';
    const texts = values.map((value, i) =>
      el('text', { transform: places[axis](value), y }, withExponent(labels[i])),
    );
    return group(`${axis}-axis tick label`, { ...style, ...place }, texts);
  };
  return [
    ticks('x', x.values, TICK_SIZE) + labels('x', x),
    ticks('y', y.values, TICK_SIZE) + labels('y', y),
    ticks('x', x.minor, MINOR_TICK),
    ticks('y', y.minor, MINOR_TICK),
  ].join('');
}
