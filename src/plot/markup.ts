import { EXPONENT, EXPONENT_SIZE, escapeXml } from './text.js';

type Attributes = Record<string, string | number | undefined>;

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

/** Class names, styles meant for an HTML page, and Plot's random suffixes have no place in a standalone file. */
const DROPPED_ELEMENTS = new Set(['style', 'script']);
const DROPPED_ATTRIBUTES = new Set(['class', 'style', 'xmlns', 'xmlns:xlink']);

/**
 * Writes what Plot drew as SVG text. Not `outerHTML`: its attribute order and escaping differ between browsers and
 * linkedom, and Plot counts its clip paths over the life of the page.
 * @param idPrefix Makes the ids of this figure its own, from its content and not from a counter.
 */
export function serialise(node: Element, idPrefix: string): string {
  const ids = new Map<string, string>();
  const renamed = (id: string): string => {
    let name = ids.get(id);
    if (name === undefined) {
      name = `${idPrefix}-${ids.size}`;
      ids.set(id, name);
    }
    return name;
  };
  const write = (element: Element): string => {
    const name = element.localName;
    if (DROPPED_ELEMENTS.has(name)) return '';
    const attributes: Attributes = {};
    for (const { name: key, value } of Array.from(element.attributes)) {
      if (DROPPED_ATTRIBUTES.has(key)) continue;
      attributes[key] =
        key === 'id'
          ? renamed(value)
          : value.replace(/url\(#([^)]*)\)/g, (_, id: string) => `url(#${renamed(id)})`);
    }
    let content = '';
    for (const child of Array.from(element.childNodes)) {
      if (child.nodeType === 1) content += write(child as Element);
      else if (child.nodeType === 3) content += withExponent(child.nodeValue ?? '');
    }
    return el(name, attributes, content);
  };
  // Plot's own root says so, and is not kept.
  return el('g', { 'text-anchor': 'middle' }, Array.from(node.children, write).join(''));
}

function withExponent(text: string): string {
  const [base, exponent] = text.split(EXPONENT);
  if (exponent === undefined) return escapeXml(base);
  return (
    escapeXml(base) + el('tspan', { dy: '-0.5em', 'font-size': `${EXPONENT_SIZE}em` }, escapeXml(exponent))
  );
}
