import type { Network } from '../../src/index.js';
import { parseNetwork } from '../../src/index.js';

/** The network of a text that must be right. */
export function networkOf(text: string): Network {
  const { network, issues } = parseNetwork(text);
  if (network === null) throw new Error(issues.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  return network;
}

/** Significant digits shared by two numbers; 17 when equal. */
export function digits(found: number, wanted: number): number {
  if (found === wanted) return 17;
  return -Math.log10(Math.abs(found - wanted) / Math.abs(wanted));
}
