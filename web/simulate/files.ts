/** Larger files are no text that an editor is for. */
const LARGEST = 3_000_000;

export type Opened = { text: string } | { error: string };

const megabytes = (size: number) => `${(size / 1e6).toFixed(size < 1e7 ? 1 : 0)} MB`;

/** A dropped or chosen file as a network's text, or in words why not. */
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
  const begin = text.trimStart().slice(0, 2000);
  if (/\.(sbml|xml)$/i.test(file.name) || /^<\?xml|^<sbml/i.test(begin)) {
    return { error: `${name} is SBML, which cannot be read yet. What is here stays as it is.` };
  }
  if (/\.net$/i.test(file.name) || /^(#.*\s+)*begin (parameters|species|reactions)/im.test(begin)) {
    return {
      error: `${name} is a BioNetGen network, which cannot be read yet. What is here stays as it is.`,
    };
  }
  if (text.trim() === '') return { error: `${name} is empty.` };
  return { text };
}
