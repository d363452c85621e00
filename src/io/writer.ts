import type { Network } from '../network/model.js';
import { validateNetwork } from '../network/validate.js';
import type { Format, WriteOptions } from './format.js';
import { Report } from './report.js';

/** What a writer works with. */
export interface Writing {
  network: Network;
  /** The model's name, any text. */
  name: string;
  report: Report;
}

/** @throws RangeError for a network that breaks a rule of `validateNetwork` */
export function requireValid(network: Network): void {
  const error = validateNetwork(network).find(({ severity }) => severity === 'error');
  if (error) throw new RangeError(`the network breaks a rule: ${error.message}`);
}

/**
 * A format's `write` of the function that does the work: it gets networks that keep the rules alone, and a report.
 * @param title what messages call the format
 */
export function writer(title: string, write: (writing: Writing) => string): NonNullable<Format['write']> {
  return (network: Network, options: WriteOptions = {}): string => {
    requireValid(network);
    return write({ network, name: options.name ?? 'network', report: new Report(title, options) });
  };
}
