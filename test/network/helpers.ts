import { expect } from 'vitest';
import { parseNetwork } from '../../src/network/index.js';
import type { Issue, Network } from '../../src/network/model.js';

/** The network of a text that must be free of issues, warnings included. */
export function read(text: string): Network {
  const { network, issues } = parseNetwork(text);
  expect(issues).toEqual([]);
  return network!;
}

/** The network of a text that may have warnings. */
export function readWarned(text: string): { network: Network; issues: Issue[] } {
  const { network, issues } = parseNetwork(text);
  expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  return { network: network!, issues };
}

/** A copy without the places in the text, which printing does not keep. */
export function withoutSpans<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutSpans) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== 'span');
  return Object.fromEntries(entries.map(([key, part]) => [key, withoutSpans(part)])) as T;
}

/** Reactions in words: `2 A + B -> C`, rate and orders left out. */
export function shapes(network: Network): string[] {
  const side = (terms: { species: number; value: number }[]) =>
    terms.map(({ species, value }) => `${value} ${network.species[species]!.name}`).join(' + ');
  return network.reactions.map(({ reactants, products }) => `${side(reactants)} -> ${side(products)}`.trim());
}

export const names = (network: Network): string[] => network.species.map(({ name }) => name);

/**
 * Reads a text in which `¦` stands before the token that an issue must point at, and returns that issue. The text
 * must have exactly one issue.
 */
export function issueAtMark(marked: string): Issue {
  const before = marked.slice(0, marked.indexOf('¦'));
  const lines = before.split('\n');
  const { network, issues } = parseNetwork(marked.replace('¦', ''));
  expect(issues.map(({ code }) => code)).toHaveLength(1);
  const issue = issues[0]!;
  expect({ line: issue.line, column: issue.column }).toEqual({
    line: lines.length,
    column: lines.at(-1)!.length + 1,
  });
  expect(network === null).toBe(issue.severity === 'error');
  return issue;
}
