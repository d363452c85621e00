import { escapeXml } from './text.js';

export interface HtmlTable {
  columns: readonly string[];
  /** As many cells as columns in each. Columns of numbers alone stand at the right; `null` is an empty cell. */
  rows: readonly (readonly (string | number | null)[])[];
}

export interface HtmlSection {
  title: string;
  /** Plain text; an empty line begins a new paragraph. */
  text?: string;
  table?: HtmlTable;
  /** Standalone SVGs, as `figureToSvg` and `renderSvg` make them. */
  figures: readonly string[];
}

export interface HtmlPageData {
  title: string;
  /** Plain text; an empty line begins a new paragraph. */
  intro?: string;
  sections: readonly HtmlSection[];
  /** Language of the text. Default `'en'`. */
  language?: string;
}

const STYLE = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 76rem; background: #ffffff; color: #222222;
  font: 1rem/1.5 "Helvetica Neue", Helvetica, Arial, "Liberation Sans", "DejaVu Sans", "Noto Sans", sans-serif; }
h1 { margin: 0.5rem 0; font-size: 1.75rem; line-height: 1.2; }
h2 { margin: 2.5rem 0 0.5rem; padding-top: 0.75rem; border-top: 1px solid #cccccc; font-size: 1.3rem; line-height: 1.3; }
p, nav { max-width: 46rem; }
p, li, h1, h2, td, th { overflow-wrap: break-word; }
nav h2 { margin: 1rem 0 0; padding: 0; border: 0; font-size: 1rem; }
nav ol { margin: 0.25rem 0; padding-left: 1.75rem; }
a { color: #005a8c; }
.scroll { margin: 1rem 0; overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
th, td { padding: 0.3rem 0.75rem; border-bottom: 1px solid #dddddd; text-align: left; vertical-align: top; }
th { border-bottom: 2px solid #888888; vertical-align: bottom; }
.number { text-align: right; white-space: nowrap; }
.figures { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 33rem), 1fr)); }
figure { margin: 0; overflow-x: auto; }
figure svg { display: block; max-width: 100%; min-width: 29rem; height: auto; }
@media print { figure, tr { break-inside: avoid; } figure svg { min-width: 0; } nav { display: none; } }
`;

/** Nothing may be loaded or run, also if a figure tried to. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/**
 * One self-contained HTML page: no script, no external resource, the same bytes for the same data. Text is escaped;
 * ids inside the figures are made unique; a table of contents leads to the sections.
 * @throws TypeError | RangeError naming the section, cell or figure that cannot be shown: an empty title, a row of
 * another length than its columns, a number that is not finite, a figure that is no SVG or that loads or runs something.
 */
export function htmlPage(data: HtmlPageData): string {
  const title = needed('title', data.title);
  const language = data.language ?? 'en';
  if (!/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language)) {
    throw new RangeError(`language is "${language}"; it must be a language tag such as en or pt-BR`);
  }
  if (!Array.isArray(data.sections) || data.sections.length === 0) {
    throw new RangeError('sections is empty; a page needs at least one');
  }
  const contents: string[] = [];
  let figures = 0;
  const sections = data.sections.map((section: HtmlSection, s) => {
    const where = `sections[${s}]`;
    const heading = needed(`${where}.title`, section.title);
    const id = `section-${s + 1}`;
    contents.push(`<li><a href="#${id}">${heading}</a></li>`);
    if (!Array.isArray(section.figures)) throw new TypeError(`${where}.figures must be an array of SVGs`);
    const drawn = section.figures.map(
      (svg, f) =>
        `<figure>\n${embeddedSvg(`${where}.figures[${f}]`, svg, `figure-${++figures}-`)}\n</figure>`,
    );
    return [
      `<section id="${id}">`,
      `<h2>${heading}</h2>`,
      ...paragraphs(`${where}.text`, section.text),
      ...(section.table ? [tableMarkup(`${where}.table`, heading, section.table)] : []),
      ...(drawn.length > 0 ? ['<div class="figures">', ...drawn, '</div>'] : []),
      '</section>',
    ].join('\n');
  });
  return [
    '<!DOCTYPE html>',
    `<html lang="${language}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${title}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    '<header>',
    `<h1>${title}</h1>`,
    ...paragraphs('intro', data.intro),
    '</header>',
    '<nav aria-labelledby="contents">',
    '<h2 id="contents">Contents</h2>',
    '<ol>',
    ...contents,
    '</ol>',
    '</nav>',
    '<main>',
    ...sections,
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function needed(name: string, text: unknown): string {
  if (typeof text !== 'string' || text.trim() === '')
    throw new TypeError(`${name} must be a non-empty string`);
  return escapeXml(text.trim());
}

function paragraphs(name: string, text: string | undefined): string[] {
  if (text === undefined) return [];
  if (typeof text !== 'string') throw new TypeError(`${name} must be a string`);
  return text
    .split(/\r?\n[ \t]*\r?\n/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => `<p>${escapeXml(paragraph.trim())}</p>`);
}

function tableMarkup(name: string, label: string, { columns, rows }: HtmlTable): string {
  if (!Array.isArray(columns) || columns.length === 0) throw new RangeError(`${name}.columns is empty`);
  if (!Array.isArray(rows)) throw new TypeError(`${name}.rows must be an array`);
  rows.forEach((row, r) => {
    if (!Array.isArray(row) || row.length !== columns.length) {
      throw new RangeError(
        `${name}.rows[${r}] has ${row?.length} cells where ${columns.length} columns are named`,
      );
    }
  });
  const numeric = columns.map(
    (_, c) =>
      rows.some((row) => typeof row[c] === 'number') &&
      rows.every((row) => row[c] === null || typeof row[c] === 'number'),
  );
  const side = (c: number) => (numeric[c] ? ' class="number"' : '');
  const head = columns.map((column, c) => `<th scope="col"${side(c)}>${escapeXml(String(column))}</th>`);
  const body = rows.map(
    (row: readonly unknown[], r) =>
      `<tr>${row
        .map((cell, c) => `<td${side(c)}>${cellText(`${name}.rows[${r}][${c}]`, cell)}</td>`)
        .join('')}</tr>`,
  );
  return [
    // What scrolls must be within reach of the keyboard.
    `<div class="scroll" role="group" aria-label="Table: ${label}" tabindex="0">`,
    '<table>',
    `<thead><tr>${head.join('')}</tr></thead>`,
    '<tbody>',
    ...body,
    '</tbody>',
    '</table>',
    '</div>',
  ].join('\n');
}

function cellText(name: string, cell: unknown): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return escapeXml(cell);
  if (typeof cell !== 'number')
    throw new TypeError(`${name} is ${String(cell)}; it must be text, a number or null`);
  if (!Number.isFinite(cell))
    throw new RangeError(`${name} is ${cell}; write what it means as text, or null`);
  return String(cell).replaceAll('-', '−');
}

const TAG = /<(?:[^<>"']|"[^"]*"|'[^']*')*>/g;
const ATTRIBUTE = /([^\s"'=<>/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
/** Elements of HTML or scripts inside SVG, and those that load something. */
const REFUSED = new Set([
  'script',
  'style',
  'foreignobject',
  'iframe',
  'image',
  'object',
  'embed',
  'link',
  'a',
]);
/** Attributes that name other elements of the same figure by id. */
const NAMES_IDS = new Set(['aria-labelledby', 'aria-describedby']);

/** A figure's markup as part of the page, its ids and the references to them under a prefix of its own. */
function embeddedSvg(name: string, svg: unknown, prefix: string): string {
  if (typeof svg !== 'string') throw new TypeError(`${name} must be the text of an SVG`);
  const text = svg.trim();
  if (!/^<svg[\s>]/.test(text) || !text.endsWith('</svg>')) {
    throw new TypeError(`${name} is no SVG: it must begin with <svg and end with </svg>`);
  }
  if (/<[!?]/.test(text))
    throw new TypeError(`${name} has a comment, declaration or CDATA, which has no place here`);
  if (/[<>]/.test(text.replace(TAG, ''))) throw new TypeError(`${name} is not well-formed: a stray < or >`);
  const open: string[] = [];
  const page = text.replace(TAG, (tag, at: number) => {
    const [, slash, element] = /^<(\/?)([A-Za-z][\w:.-]*)/.exec(tag) ?? [];
    if (element === undefined) throw new TypeError(`${name} is not well-formed at "${tag.slice(0, 40)}"`);
    if (at > 0 && open.length === 0) throw new TypeError(`${name} has more than one root element`);
    if (slash) {
      const expected = open.pop();
      if (expected !== element) throw new TypeError(`${name}: </${element}> closes <${expected}>`);
      return tag;
    }
    if (REFUSED.has(element.toLowerCase())) {
      throw new TypeError(
        `${name} contains <${element}>; only drawings without scripts and resources are shown`,
      );
    }
    if (!tag.endsWith('/>')) open.push(element);
    return tag.replace(ATTRIBUTE, (whole, key: string, double?: string, single?: string) => {
      const value = double ?? single ?? '';
      const written = ownIds(name, key, value, prefix);
      return written === value ? whole : `${key}="${written}"`;
    });
  });
  if (open.length > 0) throw new TypeError(`${name}: <${open[open.length - 1]}> is never closed`);
  return page;
}

function ownIds(name: string, key: string, value: string, prefix: string): string {
  const lower = key.toLowerCase();
  if (lower.startsWith('on')) throw new TypeError(`${name} has the event handler ${key}`);
  if (lower === 'id') return prefix + value;
  if (NAMES_IDS.has(lower))
    return value
      .split(/\s+/)
      .map((id) => prefix + id)
      .join(' ');
  if (lower === 'href' || lower === 'xlink:href' || lower === 'src') {
    if (!value.startsWith('#'))
      throw new TypeError(`${name} refers to "${value}", which is outside the page`);
    return `#${prefix}${value.slice(1)}`;
  }
  // Names, such as a series called url(x), are not looked up.
  if (lower.startsWith('aria-') || lower === 'title') return value;
  return value.replace(
    /url\(\s*(?:&quot;|&apos;|["'])?([^)]*?)(?:&quot;|&apos;|["'])?\s*\)/gi,
    (_, target: string) => {
      if (!target.startsWith('#')) {
        throw new TypeError(`${name} refers to "${target}", which is outside the page`);
      }
      return `url(#${prefix}${target.slice(1)})`;
    },
  );
}
