/**
 * What a case of the SBML Test Suite asks for: its file NNNNN-settings.txt, a `key: value` in each line.
 * See the suite's `NEWS` and `cases/README` for the meaning of each key.
 */
export interface CaseSettings {
  start: number;
  duration: number;
  /** Equal intervals between start and end. */
  steps: number;
  /** Columns, in order, by the ids of the model. */
  variables: string[];
  /** Ta and Tr of the rule |C − U| ≤ Ta + Tr·|C|; null where the case has none. */
  absolute: number | null;
  relative: number | null;
  /** Species that are wanted as amounts, whatever the model says. */
  amount: ReadonlySet<string>;
  /** Species that are wanted as concentrations. */
  concentration: ReadonlySet<string>;
  /** Of a stochastic case, the columns of its results. Default: mean and deviation of every variable. */
  output: readonly StochasticColumn[];
  /** Between which Z of a mean and Y of a deviation must lie; null where the case does not say. */
  meanRange: Range | null;
  sdRange: Range | null;
}

/** A column of a stochastic case's results, `X-mean` or `X-sd`. */
export interface StochasticColumn {
  name: string;
  variable: string;
  of: 'mean' | 'sd';
}

export type Range = readonly [low: number, high: number];

/** More rows than this do not fit into memory. */
const mostSteps = 1e7;

/**
 * Reads the settings of a case. Keys that it does not know are passed over.
 * @throws RangeError naming the key, its value and what is allowed
 */
export function readSettings(text: string): CaseSettings {
  const values = new Map<string, string>();
  for (const line of text.split(/\r\n|\r|\n/)) {
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    const key = line.slice(0, colon).trim();
    if (values.has(key)) throw new RangeError(`${key} is given twice`);
    values.set(key, line.slice(colon + 1).trim());
  }
  const number = (key: string, allowed: string, fits: (value: number) => boolean): number => {
    const given = values.get(key) ?? '';
    const value = given === '' ? Number.NaN : Number(given);
    if (Number.isFinite(value) && fits(value)) return value;
    throw new RangeError(`${key} must be ${allowed}, not ${JSON.stringify(given)}`);
  };
  const tolerance = (key: string): number | null =>
    (values.get(key) ?? '') === '' ? null : number(key, 'a number, at least 0', (value) => value >= 0);
  const list = (key: string): string[] =>
    (values.get(key) ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
  const range = (key: string): Range | null => {
    const given = values.get(key) ?? '';
    if (given === '') return null;
    const [low, high] = (/^\(([^,]+),([^,]+)\)$/.exec(given)?.slice(1) ?? []).map(Number);
    if (Number.isFinite(low) && Number.isFinite(high) && low! < high!) return [low!, high!];
    throw new RangeError(`${key} must be two numbers as in (-3, 3), not ${JSON.stringify(given)}`);
  };
  const settings: CaseSettings = {
    start: number('start', 'a number, at least 0', (value) => value >= 0),
    duration: number('duration', 'a number greater than 0', (value) => value > 0),
    steps: number(
      'steps',
      `a whole number from 1 to ${mostSteps}`,
      (value) => Number.isInteger(value) && value >= 1 && value <= mostSteps,
    ),
    variables: list('variables'),
    absolute: tolerance('absolute'),
    relative: tolerance('relative'),
    amount: new Set(list('amount')),
    concentration: new Set(list('concentration')),
    output: outputOf(list('output'), list('variables')),
    meanRange: range('meanRange'),
    sdRange: range('sdRange'),
  };
  if (settings.variables.length === 0) throw new RangeError('variables must name at least one variable');
  const both = settings.variables.find(
    (name) => settings.amount.has(name) && settings.concentration.has(name),
  );
  if (both !== undefined) throw new RangeError(`${both} is wanted as an amount and as a concentration`);
  return settings;
}

/** @throws RangeError for a column that is neither a mean nor a deviation of a variable of the case */
function outputOf(names: readonly string[], variables: readonly string[]): StochasticColumn[] {
  const wanted = names.length > 0 ? names : variables.flatMap((name) => [`${name}-mean`, `${name}-sd`]);
  return wanted.map((name) => {
    const [, variable, of] = /^(.+)-(mean|sd)$/.exec(name) ?? [];
    if (variable !== undefined && variables.includes(variable))
      return { name, variable, of: of as 'mean' | 'sd' };
    throw new RangeError(
      `output must be VARIABLE-mean and VARIABLE-sd of ${variables.join(', ')}, not ${JSON.stringify(name)}`,
    );
  });
}
