import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import type { HtmlPageData, HtmlSection } from '../../src/plot/index.js';
import { htmlPage } from '../../src/plot/index.js';
import { figureToSvg } from '../../src/plot/node.js';
import { PAGE } from './samples.js';

const data = PAGE(figureToSvg);
const html = htmlPage(data);
const { document } = parseHTML(html);
const page = (section: Partial<HtmlSection>, over: Partial<HtmlPageData> = {}) =>
  htmlPage({ title: 'T', sections: [{ title: 'S', figures: [], ...section }], ...over });
const svg = (content: string) => `<svg xmlns="http://www.w3.org/2000/svg">${content}</svg>`;

describe('htmlPage', () => {
  it('is one HTML5 page that asks for nothing else', () => {
    expect(html).toMatch(/^<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">/);
    expect(html).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">');
    expect(html).not.toMatch(/<script|<link|<img|<iframe|@import|javascript:| on\w+=/i);
    // The only addresses are the names of XML namespaces.
    expect(html.replaceAll('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/https?:|\/\//);
    for (const node of document.querySelectorAll('[href], [src]')) {
      expect(node.getAttribute('href')).toMatch(/^#/);
    }
  });

  it('closes what it opens', () => {
    const empty = new Set(['meta', 'br']);
    const open: string[] = [];
    for (const [tag, slash, name] of html.matchAll(/<(\/?)([A-Za-z][\w-]*)(?:"[^"]*"|[^">])*>/g)) {
      if (slash) expect(open.pop()).toBe(name);
      else if (!empty.has(name) && !tag.endsWith('/>')) open.push(name);
    }
    expect(open).toEqual([]);
  });

  it('gives the same bytes again', () => {
    expect(htmlPage(JSON.parse(JSON.stringify(data)) as HtmlPageData)).toBe(html);
  });

  it('escapes titles, text and cells', () => {
    expect(document.querySelector('h1')!.textContent).toBe('Neural CRNs <reproduced>');
    expect(html).toContain('<h1>Neural CRNs &lt;reproduced&gt;</h1>');
    expect(html).toContain('<td>E5 &quot;XOR&quot; &lt;cubic&gt;</td>');
    const nasty = '<script>alert(1)</script>&amp;\u0000';
    const shown = page(
      { title: nasty, text: nasty, table: { columns: [nasty], rows: [[nasty]] } },
      { title: nasty, intro: nasty },
    );
    expect(shown).not.toContain('<script');
    expect(shown.match(/&lt;script&gt;alert\(1\)&lt;\/script&gt;&amp;amp;\ufffd/g)).toHaveLength(9);
  });

  it('lists every section in the contents', () => {
    const links = [...document.querySelectorAll('nav a')];
    expect(links.map((a) => a.textContent)).toEqual(data.sections.map((s) => s.title));
    for (const a of links) {
      const target = document.querySelector(`section${a.getAttribute('href')}`);
      expect(target!.querySelector('h2')!.textContent).toBe(a.textContent);
    }
  });

  it('breaks paragraphs at empty lines', () => {
    expect([...document.querySelectorAll('header p')].map((p) => p.textContent)).toEqual([
      'Every experiment over ten seeds & more.',
      'A second paragraph.',
    ]);
  });

  it('aligns columns of numbers, leaves empty cells empty', () => {
    const rows = [...document.querySelectorAll('tr')].map((tr) => [...tr.children]);
    expect(rows[0].map((c) => c.classList.contains('number'))).toEqual([false, true, true, true, false]);
    expect(rows[1].map((c) => c.textContent)).toEqual(['E1', '14', '20', '', '0.13 (0.12–0.15)']);
    expect(rows[3][1].textContent).toBe('−2');
  });

  it('makes ids unique and keeps references inside their figure', () => {
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((m) => m[1]);
    expect(ids.length).toBeGreaterThan(data.sections.length + 2);
    expect(new Set(ids).size).toBe(ids.length);
    let references = 0;
    for (const figure of html.match(/<figure>.*?<\/figure>/gs)!) {
      const own = [...figure.matchAll(/ id="([^"]+)"/g)].map((m) => m[1]);
      const used = [...figure.matchAll(/url\(#([^)]+)\)/g)].map((m) => m[1]);
      references += used.length;
      for (const id of used) expect(own).toContain(id);
    }
    expect(references).toBeGreaterThan(1);
    expect(html.match(/<figure>/g)).toHaveLength(8);
  });

  it('renames in attributes only, in every way of writing them', () => {
    const drawn = svg(
      `<defs><path id='p'/></defs><use href="#p"/><g fill="url( '#p' )" aria-label="url(#p)"><text>id="p" url(#p)</text></g>`,
    );
    const shown = page({ figures: [drawn, drawn] });
    for (const k of [1, 2]) {
      expect(shown).toContain(`<path id="figure-${k}-p"/>`);
      expect(shown).toContain(
        `<use href="#figure-${k}-p"/><g fill="url(#figure-${k}-p)" aria-label="url(#p)">`,
      );
    }
    expect(shown.match(/<text>id="p" url\(#p\)<\/text>/g)).toHaveLength(2);
  });

  it.each([
    ['a script', svg('<script>1</script>'), /figures\[0\] contains <script>/],
    ['a script in capitals', svg('<SCRIPT>1</SCRIPT>'), /contains <SCRIPT>/],
    ['a handler', svg('<g onclick="x()"/>'), /event handler onclick/],
    ['a picture from elsewhere', svg('<image href="https://a.b/c.png"/>'), /contains <image>/],
    [
      'a reference to elsewhere',
      svg('<use href="https://a.b/c.svg#d"/>'),
      /"https:\/\/a\.b\/c\.svg#d", which is out/,
    ],
    ['a fill from elsewhere', svg('<g fill="url(https://a.b/c)"/>'), /"https:\/\/a\.b\/c", which is outside/],
    ['HTML', svg('<foreignObject/>'), /contains <foreignObject>/],
    ['a comment', svg('<!-- -->'), /comment/],
    ['a tag left open', svg('<g>'), /<\/svg> closes <g>/],
    ['a tag closed twice', svg('</g>'), /<\/g> closes <svg>/],
    ['two roots', `${svg('')}<b></b>${svg('')}`, /more than one root/],
    ['a stray <', svg('a < b'), /not well-formed/],
    ['no SVG', '<p></p>', /is no SVG/],
    ['nothing', '', /is no SVG/],
  ])('refuses a figure with %s', (_, figure, message) => {
    expect(() => page({ figures: [figure] })).toThrow(message);
    expect(() => page({ figures: [svg(''), figure] })).toThrow(/sections\[0\]\.figures\[1\]/);
  });

  it.each([
    [{ title: ' ' }, {}, /sections\[0\]\.title must be a non-empty string/],
    [{ table: { columns: [], rows: [] } }, {}, /table\.columns is empty/],
    [{ table: { columns: ['a', 'b'], rows: [[1]] } }, {}, /table\.rows\[0\] has 1 cells where 2 columns/],
    [{ table: { columns: ['a'], rows: [[1], [Number.NaN]] } }, {}, /table\.rows\[1\]\[0\] is NaN/],
    [{ table: { columns: ['a'], rows: [[undefined as never]] } }, {}, /rows\[0\]\[0\] is undefined/],
    [{}, { title: '' }, /^title must be/],
    [{}, { sections: [] }, /sections is empty/],
    [{}, { language: 'en"><script>' }, /language is/],
  ])('refuses by name (%#)', (section, over, message) => {
    expect(() => page(section, over)).toThrow(message);
  });
});
