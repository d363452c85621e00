import type { Command } from 'commander';
import type { DsdOptions } from '../lab/index.js';
import { InvalidInput } from './failures.js';
import { readNumber, splitList } from './numbers.js';
import { choiceOption, defined, numberOption, parsedOption } from './options.js';

/** Flags that say how a network is made of DNA strands. */
export interface DsdFlags {
  concentration?: string;
  rate?: string;
  cMax?: string | number;
  qMax?: string | number;
  buffered?: boolean;
  fuels?: 'finite' | 'held';
  leak?: string | number;
  occlusion?: number;
}

/** A quantity with its unit, or a number in model units. */
const quantityOption = (flags: string, description: string) =>
  parsedOption(flags, description, (flag, text) => quantity(flag, text));

const quantity = (flag: string, text: string): string | number =>
  /[A-Za-zµμ/]\s*\S*$/.test(text.trim().replace(/^[\d.+-]+(e[+-]?\d+)?/i, ''))
    ? text
    : readNumber(flag, text, { above: 0 });

/** Adds the flags of `DsdFlags`. */
export function dsdOptions(command: Command): Command {
  return command
    .option('--concentration <C>', 'what a concentration of 1 stands for (default: 10 nM)')
    .option(
      '--rate <K>',
      'what the largest constant of the second order stands for (default: what leaves half of the speed)',
    )
    .addOption(
      quantityOption('--c-max <C>', 'fuels at the start, with a unit or in model units (default: 10 uM)'),
    )
    .addOption(
      quantityOption(
        '--q-max <K>',
        'the fastest displacement, with a unit or in model units (default: 1e6 /M/s)',
      ),
    )
    .option('--no-buffered', 'do not make good for what is bound')
    .addOption(choiceOption('--fuels <HOW>', ['finite', 'held'], 'used up, or kept as they are', 'finite'))
    .addOption(
      quantityOption('--leak <K>', 'at which fuels release products without input, as 1/M/s (default: none)'),
    )
    .addOption(
      numberOption('--occlusion <PART>', 'part of every signal that sticks to fuels (default: 0)', {
        atLeast: 0,
        below: 1,
      }),
    );
}

/** The options that the flags ask for. */
export function dsdChoices(flags: DsdFlags): DsdOptions {
  const { concentration, rate, cMax, qMax, buffered, fuels, leak, occlusion } = flags;
  return defined({
    concentration,
    rate,
    cMax,
    qMax,
    buffered: buffered === false ? false : undefined,
    fuels,
    leak,
    occlusion,
  });
}

const keys: Readonly<Record<string, keyof DsdOptions>> = {
  concentration: 'concentration',
  rate: 'rate',
  'c-max': 'cMax',
  'q-max': 'qMax',
  fuels: 'fuels',
  leak: 'leak',
  occlusion: 'occlusion',
};

/**
 * Options in one flag, `unbuffered,fuels=finite,leak=1/M/s`; none for the flag alone.
 * @throws InvalidInput naming what is no option
 */
export function readDsd(flag: string, text: string): DsdOptions {
  const options: Record<string, unknown> = {};
  if (text === '') return options;
  for (const entry of splitList(text)) {
    if (entry === 'unbuffered') {
      options.buffered = false;
      continue;
    }
    const [, name = entry, value = ''] = /^([\w-]+)\s*=\s*(.*)$/.exec(entry) ?? [];
    const key = keys[name];
    if (key === undefined || value === '') {
      throw new InvalidInput(
        `${flag} takes unbuffered and ${Object.keys(keys).join('=…, ')}=…, separated by commas, not ${JSON.stringify(entry)}`,
      );
    }
    if (key === 'occlusion') options[key] = readNumber(`${flag} ${name}`, value, { atLeast: 0, below: 1 });
    else if (key === 'fuels' || key === 'concentration' || key === 'rate') options[key] = value;
    else options[key] = quantity(`${flag} ${name}`, value);
  }
  return options as DsdOptions;
}
