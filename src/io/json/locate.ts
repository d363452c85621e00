import { parse, type ValueNode } from '@humanwhocodes/momoa';
import type { SourceSpan } from '../../network/model.js';

/** A way into JSON data: keys and places. */
export type Path = readonly (string | number)[];

/** `reactions[3].rate` */
export function showPath(path: Path): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/^[A-Za-z_$][\w$]*$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text === '' ? 'the file' : text;
}

/** What is wrong with a text that is no JSON, and where. */
export function syntaxError(text: string, otherwise: string): { message: string; at: SourceSpan } {
  try {
    parse(text, { mode: 'json', tokens: false });
  } catch (error) {
    const { line, column, message } = error as Error & Partial<SourceSpan>;
    if (line !== undefined && column !== undefined) {
      return { message: message.replace(/\s*\(\d+:\d+\)\s*$/, ''), at: { line, column } };
    }
  }
  return { message: otherwise, at: { line: 1, column: 1 } };
}

/** Finds where the parts of a text stand that is JSON; the text's beginning where that cannot be told. */
export function locator(text: string): (path: Path) => SourceSpan {
  const start = { line: 1, column: 1 };
  let body: ValueNode;
  try {
    ({ body } = parse(text, { mode: 'json', tokens: false }));
  } catch {
    return () => start;
  }
  return (path) => {
    let node = body;
    for (const step of path) {
      const next = child(node, step);
      // What is missing is missing from the part around it.
      if (!next) break;
      node = next;
    }
    const { line, column } = node.loc.start;
    return { line, column };
  };
}

function child(node: ValueNode, step: string | number): ValueNode | undefined {
  if (node.type === 'Array') return typeof step === 'number' ? node.elements[step]?.value : undefined;
  if (node.type !== 'Object') return undefined;
  // Of a key that stands twice the last counts.
  const alike = node.members.filter(({ name }) => (name.type === 'String' ? name.value : name.name) === step);
  return alike.at(-1)?.value;
}
