import type { Command } from 'commander';
import { InvalidInput } from './failures.js';

/** @throws InvalidInput for a flag of the Neural CRN's that stands before the name of another circuit */
export function refuseEarlier(circuit: Command, name: string): void {
  const early = circuit.options.find(
    (option) => circuit.getOptionValueSource(option.attributeName()) === 'cli',
  );
  if (early === undefined) return;
  throw new InvalidInput(`${early.long} stands before ${name} and would be lost`, `write it after ${name}`);
}
