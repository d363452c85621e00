import { EXPONENT, EXPONENT_SIZE, escapeXml } from './text.js';

export type Attributes = Record<string, string | number | undefined>;

/** One SVG element as text, attributes in alphabetical order so that equal figures are equal bytes. */
export function el(name: string, attributes: Attributes, content = ''): string {
  const written = Object.keys(attributes)
    .filter((key) => attributes[key] !== undefined)
    .sort()
    .map((key) => {
      const value = attributes[key]!;
      const text =
        typeof value === 'number' ? String(round(value)) : GEOMETRY.has(key) ? roundNumbers(value) : value;
      return ` ${key}="${escapeXml(text)}"`;
    })
    .join('');
  return content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

export interface TextStyle {
  size: number;
  fill: string;
  bold?: boolean;
  anchor?: 'start' | 'middle' | 'end';
  /** Degrees, about the text's own place. */
  rotate?: number;
}

export function textEl(x: number, y: number, content: string, style: TextStyle): string {
  const turned = style.rotate !== undefined;
  return el(
    'text',
    {
      x: turned ? undefined : x,
      y: turned ? undefined : y,
      transform: turned ? `translate(${x},${y}) rotate(${style.rotate})` : undefined,
      'font-size': style.size,
      'font-weight': style.bold ? 'bold' : undefined,
      fill: style.fill,
      'text-anchor': style.anchor ?? 'start',
    },
    escapeXml(content),
  );
}

/** Numbers in these are shortened to hundredths of a pixel. */
const GEOMETRY = new Set([
  'transform',
  'd',
  'x',
  'y',
  'x1',
  'x2',
  'y1',
  'y2',
  'width',
  'height',
  'cx',
  'cy',
  'r',
  'points',
]);
const round = (value: number): number => Math.round(value * 100) / 100 + 0;
const roundNumbers = (text: string): string =>
  text.replace(/-?\d*\.\d{3,}(?:e-?\d+)?|-?\d+(?:\.\d+)?e-\d+/g, (number) => String(round(Number(number))));

/** A label as SVG text, what follows `EXPONENT` in it raised. */
export function withExponent(text: string): string {
  const [base, exponent] = text.split(EXPONENT);
  if (exponent === undefined) return escapeXml(base);
  return (
    escapeXml(base) + el('tspan', { dy: '-0.5em', 'font-size': `${EXPONENT_SIZE}em` }, escapeXml(exponent))
  );
}
