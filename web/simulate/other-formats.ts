import { antimony } from '../../src/io/antimony/index';
import { bionetgen } from '../../src/io/bionetgen/index';
import { sbml } from '../../src/io/sbml/index';
import type { Issue } from '../../src/network/model';
import { printNetwork } from '../../src/network/print';

const formats = { sbml, bionetgen, antimony };
export type OtherFormat = keyof typeof formats;

/** A model of another format as a text of our own, and what is to be known of it; or what cannot be read. */
export type Imported = { text: string; notes: string[] } | { error: string };

const SHOWN = 3;
const told = (issues: readonly Issue[]): string[] => {
  const lines = issues
    .slice(0, SHOWN)
    .map(({ line, column, message }) => (line ? `${line}:${column}: ${message}` : message));
  return issues.length > SHOWN ? [...lines, `and ${issues.length - SHOWN} more`] : lines;
};

export function importNetwork(text: string, name: OtherFormat): Imported {
  const { title, read } = formats[name];
  const { network, issues } = read!(text);
  if (!network) {
    const errors = issues.filter(({ severity }) => severity === 'error');
    return { error: `It is ${title} that cannot be read exactly: ${told(errors).join('; ')}` };
  }
  return { text: printNetwork(network), notes: told(issues) };
}
