import { type DigitsRival, type DigitsTimes, digitsRivals } from '../measure/digits.js';
import { inProcesses } from '../processes.js';
import { count, number, time } from '../report/format.js';
import type { Target } from '../report/result.js';
import { median } from '../statistics.js';
import { orAbsent } from './or-absent.js';
import type { Suite } from './suite.js';

/** Circuits by pixels on a side and nodes, with goals in milliseconds an example: 1437 examples in 3 s, and in 15 s. */
const CIRCUITS: readonly { side: number; hidden: number; folded: number; complete?: number }[] = [
  { side: 8, hidden: 16, folded: 3000 / 1437, complete: 15_000 / 1437 },
  { side: 14, hidden: 24, folded: 2 },
];
const NAMES = Object.keys(digitsRivals) as DigitsRival[];

/** Handwritten digits: what an example costs, by folded and complete equations, engines and methods. */
export const digits: Suite = async ({ effort, say }) => {
  const data: Record<string, DigitsTimes> = {};
  const notes: string[] = [];
  for (const { side, hidden } of effort.quick ? [{ side: 4, hidden: 4 }] : CIRCUITS) {
    const name = `${side} × ${side}, ${hidden} nodes`;
    say(`digits, ${name}`);
    const found = await orAbsent(() => inProcesses(effort.processes, 'digits', { side, hidden, effort }));
    if (typeof found === 'string') {
      notes.push(`${name}: ${found}`);
      continue;
    }
    const [{ species, reactions }] = found;
    const micros = Object.fromEntries(
      NAMES.map((rival) => [rival, median(found.map((times) => times.micros[rival]))]),
    ) as DigitsTimes['micros'];
    data[name] = { species, reactions, micros };
  }
  return {
    title: 'Handwritten digits',
    intro:
      'One example learned by the circuit of smooth rectifiers with a trained read-out of ten classes: both phases, doses ' +
      'included, at rtol 1e-3. `folded` is what a reactor does, `complete` integrates every species. In parentheses the ' +
      'ratio to `folded`, from one process.',
    tables: [
      {
        title: 'An example learned',
        head: ['circuit', 'species', 'reactions', ...NAMES],
        rows: Object.entries(data).map(([name, { species, reactions, micros }]) => [
          name,
          count(species),
          count(reactions),
          ...NAMES.map((rival) =>
            rival === 'folded'
              ? time(micros.folded)
              : `${time(micros[rival])} (${number(micros[rival] / micros.folded)})`,
          ),
        ]),
      },
    ],
    targets: effort.quick ? [] : CIRCUITS.flatMap((circuit) => targetsOf(circuit, data)),
    notes,
    figures: [],
    data,
  };
};

function targetsOf(
  { side, hidden, folded, complete }: (typeof CIRCUITS)[number],
  data: Readonly<Record<string, DigitsTimes>>,
): Target[] {
  const name = `${side} × ${side}, ${hidden} nodes`;
  const times = data[name]?.micros;
  const target = (what: 'folded' | 'complete', rivals: DigitsRival[], goal: number): Target => {
    const least = times && Math.min(...rivals.map((rival) => times[rival])) / 1000;
    return {
      what: `a digit of ${name}, ${what}`,
      reach: `≤ ${number(goal)} ms`,
      found: least === undefined ? '–' : `${number(least)} ms`,
      met: least === undefined ? null : least <= goal,
    };
  };
  return [
    target('folded', ['folded'], folded),
    ...(complete === undefined ? [] : [target('complete', ['complete', 'complete, tsit5'], complete)]),
  ];
}
