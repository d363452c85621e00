import { orderParameters } from '../../network/expression.js';
import type { Expression } from '../../network/model.js';
import { decimal, type FormulaStyle, writeFormula } from '../formula.js';
import { reportAbilities } from '../report.js';
import { type Writing, writer } from '../writer.js';
import {
  derivativeFormulas,
  jacobianFormulas,
  masks,
  type Notation,
  rateFormulas,
  sumFormula,
} from './equations.js';
import { runSettings } from './run.js';

/** A program for Python with NumPy and SciPy that runs the network and prints what `simulate --csv` prints. */
export const writePython = writer('Python', (writing) => new PythonWriter(writing).write());

/** Python's text of a text. */
const quoted = (text: string): string =>
  `'${text.replace(/[\\']/g, '\\$&').replace(/[^\x20-\x7e]/gu, (one) => `\\U${one.codePointAt(0)!.toString(16).padStart(8, '0')}`)}'`;

const number = (value: number): string => {
  if (value === Infinity) return "float('inf')";
  return value === -Infinity ? "-float('inf')" : decimal(value);
};

const notation: Notation = {
  constant: (reaction) => `k[${reaction}]`,
  rate: (reaction) => `r[${reaction}]`,
  species: (index) => `x[${index}]`,
  number,
  power: (species, order) =>
    Number.isInteger(order) && order > 0 ? `${species}**${order}` : `power(${species}, ${number(order)})`,
};

const style: FormulaStyle = {
  power: '**',
  functions: { exp: 'np.exp', ln: 'np.log', sqrt: 'np.sqrt' },
  number,
  name: (parameter) => `p[${quoted(parameter)}]`,
};

const formula = (expression: Expression): string => writeFormula(expression, style);

const indented = (lines: readonly string[], depth = 1): string[] =>
  lines.map((line) => '    '.repeat(depth) + line);

class PythonWriter {
  constructor(private readonly writing: Writing) {}

  write(): string {
    const { network, name, report } = this.writing;
    reportAbilities(network, { schedule: true, observables: true, directives: true }, report);
    const { method } = network.simulation;
    if (method)
      report.note('method', `the method \`${method}\` is the library's own; SciPy takes LSODA here`);
    const comments = report.finish();
    return `${[
      `"""${[...[`${name}, written by neural-crn: the derivatives of a chemical reaction network and a run of it.`, ...comments].map(docLine)].join('\n')}`,
      'Run it as `python FILE [END]`: it prints a table of comma-separated values.',
      '"""',
      'import csv',
      'import sys',
      '',
      'import numpy as np',
      'from scipy.integrate import solve_ivp',
      '',
      ...list(
        'species',
        network.species.map((one) => quoted(one.name)),
      ),
      ...list(
        'observable_names',
        (network.observables ?? []).map((one) => quoted(one.name)),
      ),
      '',
      '',
      ...this.parameters(),
      ...this.constants(),
      ...this.equations(),
      ...this.schedule(),
      ...this.run(),
    ].join('\n')}\n`;
  }

  private parameters(): string[] {
    const { parameters } = this.writing.network;
    const lines = orderParameters(parameters).order.map((index) => {
      const { name, value } = parameters[index]!;
      return `p[${quoted(name)}] = given.get(${quoted(name)}, ${formula(value)})`;
    });
    return [
      'def parameters(given=None):',
      '    """All parameters by name; `given` has numbers that take the place of some."""',
      '    given = given or {}',
      '    p = {}',
      ...indented(lines),
      '    return p',
      '',
      '',
    ];
  }

  private constants(): string[] {
    const { network } = this.writing;
    return [
      'def constants(p):',
      '    """Rate constants of all reactions."""',
      ...array(
        'return',
        network.reactions.map(({ rate }) => formula(rate)),
      ),
      '',
      '',
      'def initial(p):',
      '    """Concentrations at the start."""',
      ...array(
        'return',
        network.species.map((one) => formula(one.initial)),
      ),
      '',
      '',
    ];
  }

  private equations(): string[] {
    const { network } = this.writing;
    const entries = jacobianFormulas(network, notation);
    return [
      'def power(x, order):',
      '    """A power that is no whole number, or below 0: taken of what is above 0 alone."""',
      '    return x**order if x > 0 else 0.0',
      '',
      '',
      'def rates(x, k):',
      ...array('return', rateFormulas(network, notation)),
      '',
      '',
      'def derivative(t, x, k):',
      '    r = rates(x, k)',
      ...array('return', derivativeFormulas(network, notation)),
      '',
      '',
      'def jacobian(t, x, k):',
      '    J = np.zeros((len(species), len(species)))',
      ...entries.map(({ row, column, formula: text }) => `    J[${row}, ${column}] = ${text}`),
      '    return J',
      '',
      '',
      'def observables(x):',
      ...array(
        'return',
        (network.observables ?? []).map(({ terms }) => sumFormula(terms, notation)),
      ),
      '',
      '',
    ];
  }

  /** Phases in order: how long, which reactions, and doses at the start. */
  private schedule(): string[] {
    const { network } = this.writing;
    const running = masks(network);
    const rows = network.phases.map(({ name, duration }, i) => {
      const doses = network.doses
        .filter(({ at }) => at.kind === 'phase' && at.phase === name)
        .map(({ species, mode, amount }) => `(${species}, ${quoted(mode)}, ${formula(amount)})`);
      const mask = running[i];
      const active = mask ? `np.array([${mask.join(', ')}], dtype=float)` : 'None';
      return `(${quoted(name)}, ${formula(duration)}, ${active}, [${doses.join(', ')}]),`;
    });
    return [
      'def phases(p):',
      '    """Name, duration, factors of the rate constants (None: 1), doses at the start."""',
      '    return [',
      ...indented(rows, 2),
      '    ]',
      '',
      '',
      'def stretches(p, to):',
      '    """The phases as they follow each other until the end, again and again."""',
      '    plan = phases(p)',
      '    if not plan:',
      '        yield 0.0, to, None, []',
      '        return',
      '    begin, i = 0.0, 0',
      '    while begin < to:',
      '        _, duration, active, doses = plan[i % len(plan)]',
      '        end = min(begin + duration, to)',
      '        yield begin, end, active, doses',
      '        begin, i = end, i + 1',
      '',
      '',
    ];
  }

  private run(): string[] {
    const { network } = this.writing;
    const { to, save, rtol, atol } = runSettings(network);
    const same = atol.every((one) => one === atol[0]);
    const tolerance = same ? number(atol[0] ?? 1e-9) : `np.array([${atol.map(number).join(', ')}])`;
    const grid =
      save.kind === 'uniform'
        ? `np.linspace(0.0, to, ${save.intervals + 1})`
        : `np.geomspace(${number(save.from)}, ${number(save.to)}, ${save.points})`;
    return [
      `END = ${to === null ? 'None' : number(to)}`,
      `RTOL = ${number(rtol)}`,
      `ATOL = ${tolerance}`,
      '',
      '',
      'def grid(to):',
      '    """Times of the rows."""',
      `    return ${grid}`,
      '',
      '',
      "def simulate(to=END, times=None, given=None, rtol=RTOL, atol=ATOL, method='LSODA'):",
      '    """Times and rows of concentrations, those at the edges of phases after the doses."""',
      '    if to is None:',
      "        raise ValueError('the network does not say until when: give `to`')",
      '    p = parameters(given)',
      '    all_constants = constants(p)',
      '    x = initial(p)',
      '    times = grid(to) if times is None else np.asarray(times, dtype=float)',
      '    rows = np.empty((len(times), len(x)))',
      '    for begin, end, active, doses in stretches(p, to):',
      '        for place, mode, amount in doses:',
      "            x[place] = x[place] + amount if mode == 'add' else amount",
      '        k = all_constants if active is None else all_constants * active',
      '        inside = np.flatnonzero((times >= begin) & ((times < end) | (times == to)) & (times <= end))',
      '        asked = np.unique(np.append(times[inside], [begin, end]))',
      '        solution = solve_ivp(',
      '            derivative, (begin, end), x, method=method, t_eval=asked,',
      '            jac=jacobian, args=(k,), rtol=rtol, atol=atol,',
      '        )',
      '        if not solution.success:',
      '            raise RuntimeError(solution.message)',
      '        rows[inside] = solution.y[:, np.searchsorted(asked, times[inside])].T',
      '        x = solution.y[:, -1].copy()',
      '    return times, rows',
      '',
      '',
      "if __name__ == '__main__':",
      '    times, rows = simulate(float(sys.argv[1]) if len(sys.argv) > 1 else END)',
      "    table = csv.writer(sys.stdout, lineterminator='\\n')",
      "    table.writerow(['time', *species, *observable_names])",
      '    for t, x in zip(times, rows):',
      '        table.writerow([repr(float(v)) for v in (t, *x, *observables(x))])',
    ];
  }
}

/** A line inside of a text in three quotes. */
const docLine = (line: string): string => line.replace(/\\/g, '\\\\').replace(/"""/g, "'''");

const list = (name: string, items: readonly string[]): string[] =>
  items.length === 0 ? [`${name} = []`] : [`${name} = [`, ...indented(items.map((item) => `${item},`)), ']'];

const array = (before: string, items: readonly string[]): string[] =>
  items.length === 0
    ? [`    ${before} np.array([])`]
    : [
        `    ${before} np.array([`,
        ...indented(
          items.map((item) => `${item},`),
          2,
        ),
        '    ], dtype=float)',
      ];
