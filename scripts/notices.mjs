/** The licences of the packages that are bundled, from their own files. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Packages whose licence is in another package of the same project. */
const ELSEWHERE = { '@assemblyscript/loader': 'assemblyscript' };

/** Parts of the compiler's own library are in every kernel. */
const ALWAYS = ['assemblyscript'];

/** The package that a bundled file is of; undefined for one of our own. */
export function packageOf(path) {
  const parts = path.replaceAll('\\', '/').split('node_modules/');
  if (parts.length < 2) return undefined;
  return /^(@[^/]+\/)?[^/]+/.exec(parts[parts.length - 1])?.[0];
}

async function licenceOf(folder, name) {
  const own = join(folder, ELSEWHERE[name] ?? name);
  const file = (await readdir(own)).filter((one) => /^(licen[cs]e|copying)/i.test(one)).sort()[0];
  if (file === undefined) throw new Error(`${name} is bundled, and has no file with its licence`);
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
    const { version, license } = JSON.parse(await readFile(join(folder, name, 'package.json'), 'utf8'));
    const text = await licenceOf(folder, name);
    const title = `${name} ${version} (${license})`;
    byText.set(text, [...(byText.get(text) ?? []), title]);
  }
  const line = '-'.repeat(78);
  const parts = [...byText].map(([text, titles]) => `${line}\n${titles.join('\n')}\n\n${text}\n`);
  return `neural-crn has the following work of others in it.\n\n${parts.join('\n')}`;
}
