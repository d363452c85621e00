import type { Distribution, Influence, Robustness, Study } from '../batch/node.js';
import { cumulativeFigure, type Figure, successFigure } from '../plot/index.js';
import { plural, short } from './numbers.js';
import { facts, table } from './tables.js';
import type { Terminal } from './terminal.js';

const percent = (part: number | null): string => (part === null ? '–' : `${short(100 * part, 3)} %`);
const number = (value: number | null): string => (value === null ? '–' : short(value, 4));

/** What became of a study, for people. */
export function robustnessText(terminal: Terminal, name: string, found: Robustness): string {
  const { studies, measures, nominal, success, vary, factors, seed, status, draws } = found;
  const title = `${name}: ${plural(studies.length * draws, 'run')} with ${vary.map(({ what }) => what).join(', ')} varied`;
  const rows = studies.map(({ sigma, draws: done, successes, rate, interval: [low, high] }) => [
    short(sigma),
    `${successes} of ${done}`,
    terminal.ink.bold(percent(rate)),
    `${percent(low)} to ${percent(high)}`,
  ]);
  const head = ['sigma', 'success', 'rate', '95 % interval'];
  const spread = measures.map((measure) => spreadTable(terminal, measure, nominal.values[measure], studies));
  const last = studies[studies.length - 1];
  const entries: [string, string | string[]][] = [
    ['success', success],
    [
      'undisturbed',
      `${measures.map((one) => `${one} ${number(nominal.values[one])}`).join(', ')}${nominal.success ? '' : ': no success by these conditions'}`,
    ],
    ['varied', `${plural(factors, 'number')}; seed ${seed}`],
    ...studies.flatMap(({ sigma, failures }): [string, string[]][] =>
      failures.length === 0
        ? []
        : [
            [
              `failed, ${short(sigma)}`,
              failures.map(({ code, count, message }) => `${count} × ${code}: ${message}`),
            ],
          ],
    ),
    ...worstEntry(last),
    ...(status === 'done' ? [] : [['status', 'cancelled: not all runs were made'] as [string, string]]),
  ];
  return (
    `\n${terminal.ink.bold(title)}\n\n${table(terminal, head, rows)}\n\n${spread.join('\n\n')}\n\n` +
    `${facts(terminal, entries)}\n`
  );
}

function spreadTable(
  terminal: Terminal,
  measure: string,
  nominal: number | null,
  studies: readonly Study[],
): string {
  const rows = studies.map(({ sigma, distributions }) => {
    const one: Distribution = distributions[measure];
    return [
      short(sigma),
      number(nominal),
      number(one.q05),
      terminal.ink.bold(number(one.median)),
      number(one.q95),
    ];
  });
  return `  ${measure}\n${table(terminal, ['sigma', 'undisturbed', '5 %', 'median', '95 %'], rows)}`;
}

/** Factors that are told of where none stands out. */
const TOLD = 3;

function worstEntry({ sigma, worst }: Study): [string, string[]][] {
  if (worst.length === 0) return [];
  const line = ({ what, of, rho, with: other }: Influence) =>
    `${what} of ${of}: rank correlation ${short(rho, 2)} with ${other}`;
  const clear = worst.filter(({ significant }) => significant);
  return [
    [
      `worst, ${short(sigma)}`,
      clear.length > 0
        ? clear.map(line)
        : [`none stands out from chance; first are ${worst.slice(0, TOLD).map(line).join('; ')}`],
    ],
  ];
}

/** A head and a line for every run. */
export function robustnessCsv({ studies, measures }: Robustness): string[][] {
  return [
    ['sigma', 'draw', 'success', ...measures, 'failure'],
    ...studies.flatMap(({ sigma, outcomes }) =>
      outcomes.map(({ draw, success, values, failure }) => [
        String(sigma),
        String(draw),
        success ? '1' : '0',
        ...measures.map((measure) => String(values[measure] ?? '')),
        failure?.code ?? '',
      ]),
    ),
  ];
}

/** Lines that one frame can hold. */
const MOST_LINES = 6;

/** The figures of a study by file name: success where there are several sizes, and the distribution of what is measured first. */
export function robustnessFigures(name: string, found: Robustness): [string, () => Figure][] {
  const { measures, nominal, success, vary } = found;
  const studies = found.studies.filter(({ draws }) => draws > 0);
  const words = vary.map(({ what }) => what).join(', ');
  const [measure] = measures;
  const shown = studies.length <= MOST_LINES ? studies : everySo(studies, MOST_LINES);
  const series = shown.map(({ sigma, outcomes }) => {
    const values = outcomes.flatMap(({ values }) => values[measure] ?? []);
    return { name: `σ = ${short(sigma)}`, values, missing: outcomes.length - values.length };
  });
  const value = nominal.values[measure];
  const figures: [string, () => Figure][] = [];
  if (studies.length > 1) {
    const sorted = [...studies].sort((a, b) => a.sigma - b.sigma);
    const make = () =>
      successFigure({
        title: `${name} with ${words} varied`,
        success,
        series: [
          {
            name,
            sigma: sorted.map(({ sigma }) => sigma),
            rate: sorted.map(({ rate }) => rate as number),
            low: sorted.map(({ interval }) => interval[0]),
            high: sorted.map(({ interval }) => interval[1]),
          },
        ],
      });
    figures.push(['success', make]);
  }
  if (series.some(({ values }) => values.length > 0)) {
    const make = () =>
      cumulativeFigure({
        title: `${name} with ${words} varied: ${measure} of every run`,
        label: measure,
        series,
        ...(value !== null && { reference: { label: 'undisturbed', value } }),
      });
    figures.push(['distribution', make]);
  }
  return figures;
}

/** So many, evenly spaced, both ends among them. */
const everySo = <T>(all: readonly T[], count: number): T[] =>
  Array.from({ length: count }, (_, k) => all[Math.round((k * (all.length - 1)) / (count - 1))]);
