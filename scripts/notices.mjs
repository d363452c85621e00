/** The licences of the packages that are bundled, from their own files. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Packages that come without their licence's text, and one that has the same: of the same project, or of a common licence. */
const ELSEWHERE = { '@assemblyscript/loader': 'assemblyscript', '@humanwhocodes/momoa': 'typescript' };

/** Parts of the compiler's own library are in every kernel. */
const ALWAYS = ['assemblyscript'];

/** The package that a bundled file is of; undefined for one of our own. */
export function packageOf(path) {
  const parts = path.replaceAll('\\', '/').split('node_modules/');
  if (parts.length < 2) return undefined;
  return /^(@[^/]+\/)?[^/]+/.exec(parts[parts.length - 1])?.[0];
}

/** The text of a licence for packages that only name it. */
const TEXTS = {
  ISC: (holder) => `Copyright (c) ${holder}

Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted,
provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED
WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR
CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF
CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.`,
};

async function licenceOf(folder, name, { license, author }) {
  const own = join(folder, ELSEWHERE[name] ?? name);
  const file = (await readdir(own)).filter((one) => /^(licen[cs]e|copying)/i.test(one)).sort()[0];
  if (file === undefined) {
    const text = TEXTS[license];
    if (text === undefined) throw new Error(`${name} is bundled, and has no file with its licence`);
    return text(typeof author === 'string' ? author : author.name);
  }
  const notice = (await readdir(own)).find((one) => /^notice/i.test(one));
  const texts = [file, ...(notice === undefined ? [] : [notice])].map((one) =>
    readFile(join(own, one), 'utf8'),
  );
  // Of what a package has bundled itself, nothing comes with the parts that are used here: Vite's helpers.
  const [licence, ...others] = (await Promise.all(texts)).map((text) => text.trim());
  return [licence.split(/^# Licenses of bundled dependencies/m)[0].trim(), ...others].join('\n\n');
}

/**
 * What must be said of bundled files: each package with its version and licence. Those with the same text share it.
 * @param paths of the bundled files, ours among them
 * @param folder `node_modules`
 * @throws (rejects) when a package has no licence
 */
export async function noticesOf(paths, folder) {
  const names = new Set(ALWAYS);
  for (const path of paths) {
    const name = packageOf(path);
    if (name !== undefined) names.add(name);
  }
  const byText = new Map();
  for (const name of [...names].sort()) {
    const about = JSON.parse(await readFile(join(folder, name, 'package.json'), 'utf8'));
    const text = await licenceOf(folder, name, about);
    const title = `${name} ${about.version} (${about.license})`;
    byText.set(text, [...(byText.get(text) ?? []), title]);
  }
  const line = '-'.repeat(78);
  const parts = [...byText].map(([text, titles]) => `${line}\n${titles.join('\n')}\n\n${text}\n`);
  return `neural-crn has the following work of others in it.\n\n${parts.join('\n')}`;
}
