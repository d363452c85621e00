import type { Command } from 'commander';
import type { CircuitClock, CircuitClockOptions, GateStyle } from '../circuits/index.js';
import { InvalidInput } from './failures.js';
import { short } from './numbers.js';
import { choiceOption, defined, numberOption } from './options.js';

/** Flags for the clock inside a circuit. */
export interface ClockFlags {
  clock?: 'coop' | 'ring';
  gate?: GateStyle;
  clockLeak?: number;
}

/** Adds the flags of `ClockFlags`. */
export function clockOptions(command: Command): Command {
  return command
    .addOption(
      choiceOption(
        '--clock <KIND>',
        ['coop', 'ring'],
        'a chemical clock inside, in place of a schedule',
        'none, a schedule',
      ),
    )
    .addOption(
      choiceOption(
        '--gate <HOW>',
        ['catalyst', 'proxy', 'rate'],
        'with --clock, how it switches reactions (proxy: bimolecular)',
        'catalyst',
      ),
    )
    .addOption(
      numberOption(
        '--clock-leak <L>',
        'with --clock coop, its leak: less is slower and cleaner (default: 3e-3)',
        { above: 0 },
      ),
    );
}

/**
 * The clock that the flags ask for, if any.
 * @throws InvalidInput for flags that do not go together
 */
export function clockChoice({ clock, gate, clockLeak }: ClockFlags): CircuitClockOptions | undefined {
  if (clock === undefined) {
    if (gate === undefined && clockLeak === undefined) return undefined;
    const flag = gate === undefined ? '--clock-leak' : '--gate';
    throw new InvalidInput(`${flag} needs a clock`, 'add --clock coop');
  }
  if (clock === 'ring' && clockLeak !== undefined) {
    throw new InvalidInput('--clock-leak is for --clock coop; the ring has no leak');
  }
  return { kind: clock, ...defined({ gate, leak: clockLeak }) };
}

/** A clock in a few words: `coop clock, gate proxy`. */
export function clockText({ kind, gate = 'catalyst' }: CircuitClockOptions): string {
  return `${kind} clock, gate ${gate}`;
}

/** How a circuit is driven by its clock, in a sentence. */
export function clockLine({ options, measure, dose, read }: CircuitClock): string {
  const edge = ({ species, level }: CircuitClock['dose']) => `${species} falls through ${short(level, 2)}`;
  return (
    `Driven by a ${clockText(options)}: a turn takes ${short(measure.period.mean, 4)}; dose when ${edge(dose)}, ` +
    `read when ${edge(read)}.`
  );
}

/** What was measured of a clock. */
export function clockFacts({ options, measure }: CircuitClock): string {
  const exposures = measure.phases.map(({ exposure }) => short(exposure, 4)).join(' and ');
  return (
    `${clockText(options)}; period ${short(measure.period.mean, 4)}, exposures ${exposures}, ` +
    `overlap ${short(measure.overlap, 2)}, leak ${short(measure.leak, 2)}`
  );
}
