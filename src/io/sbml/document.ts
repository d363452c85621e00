import { showName } from '../../network/names.js';
import { mathSpace } from './mathml.js';
import { Refusal, type Source } from './source.js';
import { readXml, type XmlElement, XmlFault } from './xml.js';

/** Namespaces by level and version. */
const coreSpaces: Readonly<Record<string, readonly [level: number, version: number]>> = {
  'http://www.sbml.org/sbml/level2': [2, 1],
  'http://www.sbml.org/sbml/level2/version2': [2, 2],
  'http://www.sbml.org/sbml/level2/version3': [2, 3],
  'http://www.sbml.org/sbml/level2/version4': [2, 4],
  'http://www.sbml.org/sbml/level2/version5': [2, 5],
  'http://www.sbml.org/sbml/level3/version1/core': [3, 1],
  'http://www.sbml.org/sbml/level3/version2/core': [3, 2],
};

/** Namespace of what this package writes into annotations. */
export const ownSpace = 'urn:neural-crn:sbml';

const isCore = (space: string): boolean => Object.hasOwn(coreSpaces, space);

/** Insides that hold nothing of the model: words, annotations of other programs, packages. */
const isSkipped = ({ name, space }: XmlElement): boolean =>
  !(isCore(space) || space === mathSpace || space === ownSpace) || name === 'notes';

/** The `<model>` of a file, of which the level is noted; null when an issue says what is wrong. */
export function readDocument(source: Source, text: string): XmlElement | null {
  const root = readRoot(source, text);
  if (root === null) return null;
  const model = source.attempt(() => modelOf(source, root)) ?? null;
  source.isOurs = model !== null && ownText(model) !== undefined;
  return model;
}

/** The text of a network that a writer of ours has put into the model's annotation. */
export function ownText(model: XmlElement): string | undefined {
  const annotation = model.children.find(({ name, space }) => name === 'annotation' && space === model.space);
  return annotation?.children.find(({ name, space }) => name === 'network' && space === ownSpace)?.text;
}

function readRoot(source: Source, text: string): XmlElement | null {
  try {
    return readXml(text, isSkipped);
  } catch (error) {
    if (!(error instanceof XmlFault)) throw error;
    source.error(error.code, error.message, error);
    return null;
  }
}

function modelOf(source: Source, root: XmlElement): XmlElement {
  if (root.name !== 'sbml') {
    throw new Refusal('notSbml', `this is not SBML: the outermost element is <${root.name}>`, root);
  }
  const edition = isCore(root.space) ? coreSpaces[root.space] : undefined;
  const named = `Level ${root.attributes.get('level')} Version ${root.attributes.get('version')}`;
  if (edition === undefined) {
    const message = `the namespace ${showName(root.space)} is none of SBML Level 2 Versions 1 to 5 and Level 3 Versions 1 and 2, which are read (the file says ${named})`;
    throw new Refusal('unsupportedLevel', message, root);
  }
  [source.level, source.version] = edition;
  if (`SBML ${named}` !== source.edition) {
    throw new Refusal(
      'unsupportedLevel',
      `the namespace is that of ${source.edition}, but the file says ${named}`,
      root,
    );
  }
  checkPackages(source, root);
  const models = root.children.filter(({ name, space }) => name === 'model' && space === root.space);
  if (models.length !== 1) {
    throw new Refusal(
      'noModel',
      `the file holds ${models.length === 0 ? 'no model' : 'more than one model'}`,
      root,
    );
  }
  for (const child of root.children) {
    if (child === models[0] || child.name === 'notes' || child.name === 'annotation') continue;
    source.error('unknownElement', `<${child.name}> does not belong into <sbml>`, child);
  }
  return models[0]!;
}

const packageName = /^http:\/\/www\.sbml\.org\/sbml\/level3\/version\d+\/(\w+)\/version\d+$/;

/** Packages that change what a model means are refused, others are left out with a word. */
function checkPackages(source: Source, root: XmlElement): void {
  for (const { space, name, value } of root.foreign) {
    if (name !== 'required') continue;
    const title = packageName.exec(space)?.[1] ?? space;
    // A model is put together of others whatever the file says.
    if (value.trim() !== 'false' || title === 'comp') {
      source.error(
        'unsupportedPackage',
        `the model needs the package ${showName(title)}, which is not supported`,
        root,
      );
    } else source.optionalPackages.add(space);
  }
}
