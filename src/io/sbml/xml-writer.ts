/** Characters that XML 1.0 cannot hold, not even escaped; lone halves of surrogate pairs among them. */
const unwritable = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** True for text that XML can hold. */
export const isXmlText = (text: string): boolean => !unwritable.test(text);

/**
 * @param special what is escaped: line ends too in attributes, which would lose them
 * @throws RangeError for text that no XML can hold
 */
function escapeXml(text: string, special: RegExp): string {
  if (unwritable.test(text)) {
    const shown = JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
    throw new RangeError(`${shown} cannot be written as XML: it has a character that XML does not allow`);
  }
  return text.replace(special, (character) => escapes[character]!);
}

/** Values of attributes; those that are undefined are left out. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Writes XML a line at a time, parts indented below their elements. */
export class XmlWriter {
  private readonly lines: string[] = ['<?xml version="1.0" encoding="UTF-8"?>'];
  private depth = 0;

  open(name: string, attributes: Attributes = {}): void {
    this.line(`<${name}${written(attributes)}>`);
    this.depth++;
  }

  close(name: string): void {
    this.depth--;
    this.line(`</${name}>`);
  }

  /** An element without parts. */
  empty(name: string, attributes: Attributes = {}): void {
    this.line(`<${name}${written(attributes)}/>`);
  }

  /** An element that holds nothing but text. */
  text(name: string, text: string, attributes: Attributes = {}): void {
    this.line(`<${name}${written(attributes)}>${escapeXml(text, /[&<>\r]/g)}</${name}>`);
  }

  /** An element that is left out when it would have no parts. */
  list<T>(name: string, items: readonly T[], write: (item: T) => void): void {
    if (items.length === 0) return;
    this.inside(name, {}, () => items.forEach(write));
  }

  inside(name: string, attributes: Attributes, write: () => void): void {
    this.open(name, attributes);
    write();
    this.close(name);
  }

  /** Writes what is XML already. */
  line(xml: string): void {
    this.lines.push('  '.repeat(this.depth) + xml);
  }

  finish(): string {
    return `${this.lines.join('\n')}\n`;
  }
}

const written = (attributes: Attributes): string =>
  Object.entries(attributes)
    .map(([name, value]) =>
      value === undefined ? '' : ` ${name}="${escapeXml(String(value), /[&<>"\t\n\r]/g)}"`,
    )
    .join('');
