import type { Imported, OtherFormat } from './other-formats';

/** Larger files are no text that an editor is for. */
const LARGEST = 3_000_000;

export type Opened = Imported;

const megabytes = (size: number) => `${(size / 1e6).toFixed(size < 1e7 ? 1 : 0)} MB`;

/** A dropped or chosen file as a network's text, whatever format it has; or in words why not. */
export async function openFile(file: Pick<File, 'name' | 'size' | 'arrayBuffer'>): Promise<Opened> {
  const name = `“${file.name}”`;
  if (file.size > LARGEST) {
    return {
      error: `${name} has ${megabytes(file.size)}; the page reads networks of up to ${megabytes(LARGEST)}. The command line reads larger ones: neural-crn simulate FILE.`,
    };
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    return { error: `${name} is not a text: it cannot be read as UTF-8.` };
  }
  if (text.includes('\0')) return { error: `${name} is not a text: it has zero bytes.` };
  if (text.trim() === '') return { error: `${name} is empty.` };
  const format = otherFormat(file.name, text);
  if (!format) return { text, notes: [] };
  // Readers of other formats are loaded by who brings such a file.
  const { importNetwork } = await import('./other-formats');
  const imported = importNetwork(text, format);
  if ('error' in imported) return { error: `${name} stays outside. ${imported.error}` };
  return imported;
}

/** What a file is that is not in the package's own text, by name or content. */
function otherFormat(name: string, text: string): OtherFormat | undefined {
  const begin = text.trimStart().slice(0, 4000);
  if (/\.(sbml|xml)$/i.test(name) || /^<\?xml|^<(\w+:)?sbml[\s>]/i.test(begin)) return 'sbml';
  if (/\.net$/i.test(name) || /^[ \t]*begin[ \t]+(parameters|species|reactions)/im.test(begin))
    return 'bionetgen';
  return /\.ant$/i.test(name) ? 'antimony' : undefined;
}
