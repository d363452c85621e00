import { SaxesParser } from 'saxes';

/** An element of an XML text, namespaces resolved. */
export interface XmlElement {
  /** Without prefix. */
  name: string;
  /** Its namespace; empty for none. */
  space: string;
  /** Attributes without namespace. */
  attributes: ReadonlyMap<string, string>;
  /** Attributes of other namespaces, namespace declarations left out. */
  foreign: readonly ForeignAttribute[];
  children: XmlElement[];
  /** All character data directly inside. */
  text: string;
  /** How much of the parent's text stands before it. */
  textBefore: number;
  /** Where its `<` stands in the source. */
  at: number;
}

export interface ForeignAttribute {
  space: string;
  name: string;
  value: string;
}

/** What is wrong with a text, and where. */
export class XmlFault extends Error {
  override readonly name = 'XmlFault';

  constructor(
    readonly code: string,
    message: string,
    readonly at: number,
  ) {
    super(message);
  }
}

/** More levels than this would exhaust the call stack of those who walk down them. */
export const mostDepth = 1200;
/** Ten times the largest published model. */
const mostElements = 20_000_000;

const xmlns = 'http://www.w3.org/2000/xmlns/';
const nothing: readonly never[] = [];

/**
 * The tree of an XML text. Document types are refused, and with them external entities and entities that grow.
 *
 * @param skipped says which elements' inside is of no interest: it is checked to be well-formed, and left out
 * @throws XmlFault at the first thing that is not well-formed
 */
export function readXml(text: string, skipped: (element: XmlElement) => boolean): XmlElement {
  const parser = new SaxesParser({ xmlns: true });
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  let start = 0;
  let elements = 0;
  // Levels below an element whose inside is left out; 0 outside of any.
  let ignored = 0;

  parser.on('error', ({ message }) => {
    const last = Math.min(parser.position, text.length) - 1;
    // A line's end of two characters is read as one.
    const at = text.startsWith('\r\n', last - 1) ? last - 1 : last;
    // The message begins with a line and column of its own, which count otherwise.
    throw new XmlFault(
      'malformedXml',
      `this is not well-formed XML: ${message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')}`,
      at,
    );
  });
  parser.on('doctype', () => {
    const message =
      'a document type (`<!DOCTYPE`) is not read: its entities could refer to other files or grow without bound';
    throw new XmlFault('documentType', message, Math.max(0, text.indexOf('<!DOCTYPE')));
  });
  parser.on('opentagstart', () => {
    start = text.lastIndexOf('<', parser.position - 2);
  });
  parser.on('opentag', (tag) => {
    if (++elements > mostElements) {
      throw new XmlFault('tooLarge', `more than ${mostElements} elements`, start);
    }
    if (open.length + ignored >= mostDepth) {
      throw new XmlFault('tooDeep', `elements are nested deeper than ${mostDepth} levels`, start);
    }
    if (ignored > 0) {
      ignored++;
      return;
    }
    const attributes = new Map<string, string>();
    let foreign: ForeignAttribute[] | undefined;
    for (const { uri, local, prefix, value } of Object.values(tag.attributes)) {
      if (uri === xmlns || prefix === 'xmlns' || (prefix === '' && local === 'xmlns')) continue;
      if (uri === '') attributes.set(local, value);
      else {
        foreign ??= [];
        foreign.push({ space: uri, name: local, value });
      }
    }
    const parent = open.at(-1);
    const element: XmlElement = {
      name: tag.local,
      space: tag.uri,
      attributes,
      foreign: foreign ?? nothing,
      children: [],
      text: '',
      textBefore: parent?.text.length ?? 0,
      at: start,
    };
    if (parent) parent.children.push(element);
    else root ??= element;
    if (skipped(element)) ignored = 1;
    else open.push(element);
  });
  parser.on('closetag', () => {
    if (ignored > 1) ignored--;
    else if (ignored === 1) ignored = 0;
    else open.pop();
  });
  const addText = (data: string) => {
    const parent = open.at(-1);
    if (parent && ignored === 0) parent.text += data;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);

  parser.write(text).close();
  if (!root) throw new XmlFault('malformedXml', 'this is not XML: there is no element', 0);
  return root;
}
