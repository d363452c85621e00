/**
 * Text without a browser: how wide it will be, where it breaks, how it is written into XML.
 *
 * Widths are those of DejaVu Sans, the widest of the fonts in `FONT_FAMILY`, so a layout made for it has room for
 * every other one.
 */

/**
 * Named fonts before the generic family: resvg has no `sans-serif` of its own and would take the first font it finds,
 * which may be a bold serif. Without quotes: resvg 2.6 does not match quoted names.
 */
export const FONT_FAMILY =
  'Helvetica Neue, Helvetica, Arial, Liberation Sans, DejaVu Sans, Noto Sans, sans-serif';

/** Advance widths of U+0020 to U+007E in DejaVu Sans 2.37, thousandths of an em (measured through resvg). */
const ASCII_WIDTHS = [
  318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636,
  636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 712, 686, 698, 770, 632, 575, 775, 752, 295,
  295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 593, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838,
  500, 500, 613, 635, 550, 635, 615, 344, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 394, 521,
  392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
];
const MINUS_WIDTH = 838;
const SUPERSCRIPT_DIGIT_WIDTH = 401;
/** Greek, accented Latin and the like; wide scripts take a whole em. */
const OTHER_WIDTH = 700;
const WIDE_WIDTH = 1000;
const BOLD_FACTOR = 1.12;

/** In a tick label, what follows this character is an exponent. Private use, so no real label contains it. */
export const EXPONENT = '\uE000';
export const EXPONENT_SIZE = 0.75;

/** An upper estimate of the width in pixels. */
export function textWidth(text: string, size: number, bold = false): number {
  let width = 0;
  let factor = 1;
  for (const char of text) {
    if (char === EXPONENT) {
      factor = EXPONENT_SIZE;
      continue;
    }
    const code = char.codePointAt(0)!;
    let unit = OTHER_WIDTH;
    if (code >= 0x20 && code <= 0x7e) unit = ASCII_WIDTHS[code - 0x20];
    else if (code === 0x2212 || code === 0xd7) unit = MINUS_WIDTH;
    else if (code === 0xb2 || code === 0xb3 || code === 0xb9) unit = SUPERSCRIPT_DIGIT_WIDTH;
    else if (code >= 0x1100) unit = WIDE_WIDTH;
    width += unit * factor;
  }
  return (width * size * (bold ? BOLD_FACTOR : 1)) / 1000;
}

/** Breaks at spaces into lines no wider than `width`; a single longer word stands alone, shortened. */
export function wrapText(text: string, width: number, size: number, bold = false): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (word === '') continue;
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(longer, size, bold) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  if (line !== '') lines.push(line);
  return lines.map((l) => shorten(l, width, size, bold));
}

/** Takes characters out of the middle, where names differ least, until the text fits. */
export function shorten(text: string, width: number, size: number, bold = false): string {
  if (textWidth(text, size, bold) <= width) return text;
  const chars = [...text];
  for (let keep = chars.length - 1; keep > 1; keep--) {
    const head = Math.ceil(keep / 2);
    const short = `${chars.slice(0, head).join('')}…${chars.slice(chars.length - (keep - head)).join('')}`;
    if (textWidth(short, size, bold) <= width) return short;
  }
  return '…';
}

/** What XML 1.0 cannot hold even when escaped: most control characters, lone surrogates, two noncharacters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to be found
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

export function escapeXml(text: string): string {
  return text
    .replace(NOT_XML, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/[\t\n\r]/g, ' ');
}
