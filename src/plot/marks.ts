import { TICK_FONT } from './axes.js';
import { type CellRectangle, cellRectangles } from './cells.js';
import type {
  AreaLayer,
  BandLayer,
  CellsLayer,
  Layer,
  LineLayer,
  PointsLayer,
  RuleLayer,
  TextLayer,
} from './figure.js';
import type { Frame } from './frame.js';
import { AREA_OPACITY, RULE_COLOR } from './legend.js';
import { type Attributes, el, withExponent } from './markup.js';
import { DASHES, INK } from './palette.js';
import type { ResolvedScale } from './scale.js';
import { areaPath, linePath, symbolPath } from './shapes.js';
import { escapeXml } from './text.js';
import { visiblePlaces } from './thin.js';

const LINE_WIDTH = 1.75;
const RULE_WIDTH = 1.5;
const POINT_RADIUS = 3;
const POINT_OPACITY = 0.65;
const OUTLINE_WIDTH = 1;
const CROSS_WIDTH = 1.5;
const MARKER_RADIUS = 2.5;

/** The layers of one panel as SVG text. */
export class Marks {
  constructor(
    private readonly frame: Frame,
    private readonly xScale: ResolvedScale,
    private readonly yScale: ResolvedScale,
    /** Id of what cuts the data off at the frame. */
    private readonly clip: string | undefined,
  ) {}

  of(layer: Exclude<Layer, BandLayer | CellsLayer>, color: string | undefined): string {
    switch (layer.kind) {
      case 'line':
        return this.line(layer, color!);
      case 'points':
        return this.points(layer, color!);
      case 'text':
        return this.text(layer);
      case 'area':
        return this.area(layer, color!);
      case 'rule':
        return this.rule(layer, color ?? RULE_COLOR);
    }
  }

  band({ from, to, label = 'band' }: BandLayer, fill: string): string {
    const { top, bottom } = this.frame;
    const across = this.span(this.frame.x(from), this.frame.x(to));
    const box = { x: across.from, width: across.size, y: top, height: bottom - top };
    return this.group('rect', { fill }, el('rect', { 'aria-label': label, ...box }));
  }

  cells(layer: CellsLayer): string {
    const rectangle = ({ x1, x2, y1, y2, color }: CellRectangle) => {
      const across = this.span(this.frame.x(x1), this.frame.x(x2));
      const upright = this.span(this.frame.y(y1), this.frame.y(y2));
      return el('rect', {
        fill: color,
        ...{ x: across.from, width: across.size, y: upright.from, height: upright.size },
      });
    };
    // Without smoothing, so that no seam shows between neighbours.
    const crisp = { 'shape-rendering': 'crispEdges' };
    return this.group('rect', crisp, cellRectangles(layer).map(rectangle).join(''));
  }

  private line(layer: LineLayer, stroke: string): string {
    const { frame } = this;
    const places =
      visiblePlaces(layer.x, layer.y, this.xScale, frame.right - frame.left) ?? layer.x.map((_, i) => i);
    const isGap = (k: number) => (layer.y[places[k]] ?? null) === null;
    const path = linePath(
      places.map((i, k) => (isGap(k) ? null : [frame.x(layer.x[i]), frame.y(layer.y[i] as number)])),
    );
    const drawn = this.group(
      'line',
      this.stroke(stroke, layer.width ?? LINE_WIDTH, layer.dash ?? 'solid'),
      el('path', { 'aria-label': layer.name, d: path }, title(layer.name)),
    );
    const dots = places.filter((_, k) => !isGap(k) && (layer.markers || (isGap(k - 1) && isGap(k + 1))));
    if (dots.length === 0) return drawn;
    const circles = dots.map((i) => this.circle(layer.x[i], layer.y[i] as number, MARKER_RADIUS, {}));
    return drawn + this.group('dot', { fill: stroke }, circles.join(''));
  }

  private points(layer: PointsLayer, color: string): string {
    const { symbol: name = 'circle', radius = POINT_RADIUS, outline } = layer;
    const opacity = layer.opacity ?? POINT_OPACITY;
    const own = { opacity: opacity === 1 ? undefined : opacity };
    const style: Attributes =
      name === 'cross'
        ? { fill: 'none', stroke: color, 'stroke-width': CROSS_WIDTH }
        : outline
          ? { fill: color, stroke: outline, 'stroke-width': OUTLINE_WIDTH === 1 ? undefined : OUTLINE_WIDTH }
          : { fill: color };
    const shape = symbolPath(name, radius);
    const drawn = layer.x.map((x, i) => {
      if (name === 'circle') return this.circle(x, layer.y[i], radius, own);
      return el('path', { d: shape, ...own, transform: this.place(x, layer.y[i]) });
    });
    return this.group('dot', style, drawn.join(''));
  }

  private text({ x, y, text, color = INK }: TextLayer): string {
    const words = x.map((value, i) =>
      el('text', { transform: this.place(value, y[i]), y: '0.32em' }, withExponent(text[i])),
    );
    return this.group('text', { fill: color, 'font-size': TICK_FONT }, words.join(''));
  }

  private area({ x, low, high, name, opacity = AREA_OPACITY }: AreaLayer, fill: string): string {
    const { frame } = this;
    const along = (y: readonly number[]) => x.map((value, i) => [frame.x(value), frame.y(y[i])] as const);
    const shape = areaPath(along(high), along(low));
    return this.group(
      'area',
      { fill, 'fill-opacity': opacity === 1 ? undefined : opacity },
      el('path', { 'aria-label': name, d: shape }, title(name)),
    );
  }

  private rule({ at, name = 'rule', dash = 'dashed' }: RuleLayer, stroke: string): string {
    const ends = this.ends(at);
    if (ends === undefined) return '';
    const d = linePath(ends.map(([x, y]) => [this.frame.x(x), this.frame.y(y)]));
    const style = { ...this.stroke(stroke, RULE_WIDTH, dash), 'stroke-linecap': undefined };
    return this.group('line', style, el('path', { 'aria-label': name, d }));
  }

  /** Where a rule begins and ends; undefined for one that the frame does not show. */
  private ends(at: RuleLayer['at']): [number, number][] | undefined {
    const { xScale: x, yScale: y } = this;
    if (at === 'identity') {
      const from = Math.max(x.low, y.low);
      const to = Math.min(x.high, y.high);
      return from < to
        ? [
            [from, from],
            [to, to],
          ]
        : undefined;
    }
    return 'x' in at
      ? [
          [at.x, y.low],
          [at.x, y.high],
        ]
      : [
          [x.low, at.y],
          [x.high, at.y],
        ];
  }

  private stroke(stroke: string, width: number, dash: NonNullable<LineLayer['dash']>): Attributes {
    return {
      fill: 'none',
      stroke,
      'stroke-width': width,
      'stroke-dasharray': DASHES[dash],
      'stroke-linejoin': 'round',
      'stroke-linecap': dash === 'solid' ? 'round' : undefined,
    };
  }

  private circle(x: number, y: number, r: number, style: Attributes): string {
    return el('circle', { cx: this.frame.x(x), cy: this.frame.y(y), r, ...style });
  }

  private place(x: number, y: number): string {
    return `translate(${this.frame.x(x)},${this.frame.y(y)})`;
  }

  private span(a: number, b: number): { from: number; size: number } {
    return { from: Math.min(a, b), size: Math.abs(b - a) };
  }

  private group(label: string, style: Attributes, content: string): string {
    if (this.clip === undefined) return el('g', { 'aria-label': label, ...style }, content);
    return el('g', { 'aria-label': label, 'clip-path': `url(#${this.clip})` }, el('g', style, content));
  }
}

const title = (name: string): string => el('title', {}, escapeXml(name));
