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
  clockEpsilon?: number;
  relays?: 'shared' | 'first';
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
    )
    .addOption(
      numberOption(
        '--clock-epsilon <E>',
        'with --clock ring, what its idle species start with: less is slower and cleaner (default: 1e-5)',
        { above: 0, below: 0.5 },
      ),
    )
    .addOption(
      choiceOption(
        '--relays <WHICH>',
        ['shared', 'first'],
        'with --gate proxy, the reactant that gets a relay',
        'shared',
      ),
    );
}

/**
 * The clock that the flags ask for, if any.
 * @throws InvalidInput for flags that do not go together
 */
export function clockChoice(flags: ClockFlags): CircuitClockOptions | undefined {
  const { clock, gate, clockLeak, clockEpsilon, relays } = flags;
  if (clock === undefined) {
    const given = { '--gate': gate, '--clock-leak': clockLeak, '--clock-epsilon': clockEpsilon };
    const flag = Object.entries({ ...given, '--relays': relays }).find(([, value]) => value !== undefined);
    if (flag === undefined) return undefined;
    throw new InvalidInput(`${flag[0]} needs a clock`, 'add --clock coop');
  }
  if (clock === 'ring' && clockLeak !== undefined) {
    throw new InvalidInput('--clock-leak is for --clock coop; the ring has no leak');
  }
  if (clock === 'coop' && clockEpsilon !== undefined) {
    throw new InvalidInput('--clock-epsilon is for --clock ring; the cooperative ring has a leak');
  }
  if (relays !== undefined && gate !== 'proxy') {
    throw new InvalidInput('--relays needs --gate proxy; other gates have no relays');
  }
  return { kind: clock, ...defined({ gate, leak: clockLeak, epsilon: clockEpsilon, relayed: relays }) };
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

/** How a learner is driven by its clock, in a sentence. */
export function turnLine({ options, measure, dose }: CircuitClock): string {
  return (
    `Driven by a ${clockText(options)}: a step is a turn of ${short(measure.period.mean, 4)}, over when ` +
    `${dose.species} falls through ${short(dose.level, 2)}.`
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
