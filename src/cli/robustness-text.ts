import type { Distribution, Influence, Robustness, Study } from '../batch/node.js';
import { cumulativeFigure, type Figure, successFigure } from '../plot/index.js';
import { plural, short } from './numbers.js';
import { facts, table } from './tables.js';
import type { Terminal } from './terminal.js';

/** What tells the studies apart, and the size of one: of what is varied, or the finite volume. */
function sizesOf(studies: readonly Study[]): { name: string; symbol: string; of: (study: Study) => number } {
  if (studies[0]?.volume === undefined || new Set(studies.map(({ sigma }) => sigma)).size > 1) {
    return { name: 'sigma', symbol: 'σ', of: ({ sigma }) => sigma };
  }
  return { name: 'volume', symbol: 'V', of: ({ volume }) => volume as number };
}

const percent = (part: number | null): string => (part === null ? '–' : `${short(100 * part, 3)} %`);
const number = (value: number | null): string => (value === null ? '–' : short(value, 4));

/** What became of a study, for people. */
export function robustnessText(terminal: Terminal, name: string, found: Robustness): string {
  const { studies, measures, nominal, success, vary, factors, seed, status, draws } = found;
  const title = `${name}: ${plural(studies.length * draws, 'run')} with ${vary.map(({ what }) => what).join(', ')} varied`;
  const size = sizesOf(studies);
  const rows = studies.map((study) => [
    short(size.of(study)),
    `${study.successes} of ${study.draws}`,
    terminal.ink.bold(percent(study.rate)),
    `${percent(study.interval[0])} to ${percent(study.interval[1])}`,
  ]);
  const head = [size.name, 'success', 'rate', '95 % interval'];
  const spread = measures.map((measure) => spreadTable(terminal, measure, nominal.values[measure], studies));
  const last = studies[studies.length - 1];
  const entries: [string, string | string[]][] = [
    ['success', success],
    [
      'undisturbed',
      `${measures.map((one) => `${one} ${number(nominal.values[one])}`).join(', ')}${nominal.success ? '' : ': no success by these conditions'}`,
    ],
    ['varied', `${plural(factors, 'number')} of the network; seed ${seed}`],
    ...studies.flatMap((study): [string, string[]][] =>
      study.failures.length === 0
        ? []
        : [
            [
              `failed, ${short(size.of(study))}`,
              study.failures.map(({ code, count, message }) => `${count} × ${code}: ${message}`),
            ],
          ],
    ),
    ...worstEntry(last, size.of(last)),
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
  const size = sizesOf(studies);
  const rows = studies.map((study) => {
    const one: Distribution = study.distributions[measure];
    return [
      short(size.of(study)),
      number(nominal),
      number(one.q05),
      terminal.ink.bold(number(one.median)),
      number(one.q95),
    ];
  });
  return `  ${measure}\n${table(terminal, [size.name, 'undisturbed', '5 %', 'median', '95 %'], rows)}`;
}

/** Factors that are told of where none stands out. */
const TOLD = 3;

function worstEntry({ worst }: Study, size: number): [string, string[]][] {
  if (worst.length === 0) return [];
  const line = ({ what, of, rho, with: other }: Influence) =>
    `${what} of ${of}: rank correlation ${short(rho, 2)} with ${other}`;
  const clear = worst.filter(({ significant }) => significant);
  return [
    [
      `worst, ${short(size)}`,
      clear.length > 0
        ? clear.map(line)
        : [`none stands out from chance; first are ${worst.slice(0, TOLD).map(line).join('; ')}`],
    ],
  ];
}

/** A head and a line for every run. */
export function robustnessCsv({ studies, measures }: Robustness): string[][] {
  const hasVolume = studies.some(({ volume }) => volume !== undefined);
  return [
    ['sigma', ...(hasVolume ? ['volume'] : []), 'draw', 'success', ...measures, 'failure'],
    ...studies.flatMap(({ sigma, volume, outcomes }) =>
      outcomes.map(({ draw, success, values, failure }) => [
        String(sigma),
        ...(hasVolume ? [String(volume)] : []),
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
  const size = sizesOf(studies);
  const series = shown.map((study) => {
    const { outcomes } = study;
    const values = outcomes.flatMap(({ values }) => values[measure] ?? []);
    return {
      name: `${size.symbol} = ${short(size.of(study))}`,
      values,
      missing: outcomes.length - values.length,
    };
  });
  const value = nominal.values[measure];
  const figures: [string, () => Figure][] = [];
  if (studies.length > 1) {
    const sorted = [...studies].sort((a, b) => size.of(a) - size.of(b));
    const make = () =>
      successFigure({
        title: `${name} with ${words} varied`,
        success,
        ...(size.name === 'volume' && { label: 'molecules to a concentration of 1', xScale: 'log' as const }),
        series: [
          {
            name,
            sigma: sorted.map(size.of),
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
