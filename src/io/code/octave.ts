import { orderParameters } from '../../network/expression.js';
import type { Expression } from '../../network/model.js';
import { digits, type FormulaStyle, writeFormula } from '../formula.js';
import { Identifiers, spell } from '../identifiers.js';
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

/** A function file that MATLAB and Octave run; without results asked for it prints what `simulate --csv` prints. */
export const writeOctave = writer('MATLAB/Octave', (writing) => new OctaveWriter(writing).write());

const reserved = new Set(
  (
    'break case catch classdef continue else elseif end for function global if otherwise parfor persistent return spmd ' +
    'switch try while do until unwind_protect endif endfor endfunction endwhile exp log sqrt max min abs pi e i j k x t ' +
    'Inf NaN eps ans zeros ones'
  ).split(' '),
);

const quoted = (text: string): string => `'${text.replace(/'/g, "''")}'`;

const number = (value: number): string => {
  if (value === Infinity) return 'Inf';
  return value === -Infinity ? '-Inf' : digits(value);
};

const notation: Notation = {
  constant: (reaction) => `k(${reaction + 1})`,
  rate: (reaction) => `r(${reaction + 1})`,
  species: (index) => `x(${index + 1})`,
  number,
  power: (species, order) =>
    Number.isInteger(order) && order > 0
      ? `${species}^${order}`
      : `crn_positive_power(${species}, ${number(order)})`,
};

const indented = (lines: readonly string[], depth = 1): string[] =>
  lines.map((line) => '  '.repeat(depth) + line);

/** The name of the function, and so of the file. */
export const functionName = (name: string): string => {
  const plain = spell(name).slice(0, 60);
  return reserved.has(plain) ? `${plain}_network` : plain;
};

class OctaveWriter {
  private readonly identifiers = new Identifiers({ legal: /^[A-Za-z]\w{0,62}$/, reserved });
  private readonly style: FormulaStyle;
  private readonly parameterNames: string[];

  constructor(private readonly writing: Writing) {
    const { parameters } = writing.network;
    this.parameterNames = this.identifiers.take(
      parameters.map(({ name }) => name),
      (name) => `p_${spell(name).slice(0, 50)}`,
    );
    const names = new Map(parameters.map(({ name }, i) => [name, this.parameterNames[i]!]));
    this.style = {
      power: '^',
      functions: { exp: 'exp', ln: 'log', sqrt: 'sqrt' },
      number,
      name: (parameter) => names.get(parameter)!,
    };
  }

  private formula(expression: Expression): string {
    return writeFormula(expression, this.style);
  }

  write(): string {
    const { network, name, report } = this.writing;
    reportAbilities(network, { schedule: true, observables: true, directives: true }, report);
    const { method } = network.simulation;
    if (method)
      report.note('method', `the method \`${method}\` is the library's own; ode15s or lsode is used here`);
    const comments = report.finish();
    const { table } = this.identifiers;
    if (table.length > 0)
      comments.push('Names that are spelt otherwise here:', ...table.map((line) => `  ${line}`));
    const main = functionName(name);
    return `${[
      `function [t, x, y, species, observables] = ${main}(to, times)`,
      `  % ${name.replace(/\s+/g, ' ')}, written by neural-crn: the derivatives of a chemical reaction network and a run of it.`,
      ...comments.map((line) => `  % ${line}`),
      `  % [t, x, y] = ${main}(END) gives times, rows of concentrations and rows of observables; without results asked`,
      '  % for it prints a table of comma-separated values. Rows at the edges of phases are those after the doses.',
      ...this.body(),
      'end',
      '',
      ...this.model(),
      ...this.equations(),
      ...helpers,
    ].join('\n')}\n`;
  }

  private body(): string[] {
    const { network } = this.writing;
    const { to, save, rtol, atol } = runSettings(network);
    const same = atol.every((one) => one === atol[0]);
    const grid =
      save.kind === 'uniform'
        ? `linspace(0, to, ${save.intervals + 1})`
        : // The ends as they were written: powers of ten come back a rounding beside them, and beyond the end of the run.
          `logspace(log10(${number(save.from)}), log10(${number(save.to)}), ${save.points}); times([1, end]) = [${number(save.from)}, ${number(save.to)}]`;
    return indented([
      `species = {${network.species.map((one) => quoted(one.name)).join(', ')}};`,
      `observables = {${(network.observables ?? []).map((one) => quoted(one.name)).join(', ')}};`,
      ...(to === null
        ? ["if nargin < 1, error('the network does not say until when: give the time'); end"]
        : [`if nargin < 1, to = ${number(to)}; end`]),
      `if nargin < 2, times = ${grid}; end`,
      `rtol = ${number(rtol)};`,
      `atol = ${same ? number(atol[0] ?? 1e-9) : `[${atol.map(number).join('; ')}]`};`,
      '[constants, state, plan] = crn_model();',
      't = times(:);',
      "if any(t < 0 | t > to), error('times must lie from 0 to %g', to); end",
      'x = zeros(numel(t), numel(state));',
      'start = 0;',
      'turn = 0;',
      'while start < to',
      '  stop = to;',
      '  k = constants;',
      '  if ~isempty(plan)',
      '    phase = plan{mod(turn, numel(plan)) + 1};',
      '    stop = min(start + phase{1}, to);',
      '    if ~isempty(phase{2}), k = constants .* phase{2}; end',
      '    state = crn_give(state, phase{3});',
      '  end',
      '  inside = find(t >= start & t <= stop & (t < stop | t == to));',
      '  x(inside, :) = 0;',
      '  [rows, state] = crn_integrate(k, state, start, stop, t(inside), rtol, atol);',
      '  x(inside, :) = rows;',
      '  start = stop;',
      '  turn = turn + 1;',
      'end',
      'y = zeros(numel(t), numel(observables));',
      'for n = 1:numel(t), y(n, :) = crn_observed(x(n, :)); end',
      "if nargout == 0, crn_print_table(['time', species, observables], [t, x, y]); clear t; end",
    ]);
  }

  /** Constants, starting concentrations, and the phases: how long, factors of the constants, doses at the start. */
  private model(): string[] {
    const { network } = this.writing;
    const { parameters } = network;
    const running = masks(network);
    const values = orderParameters(parameters).order.map(
      (index) => `${this.parameterNames[index]} = ${this.formula(parameters[index]!.value)};`,
    );
    const phases = network.phases.map(({ name, duration }, i) => {
      const doses = network.doses
        .filter(({ at }) => at.kind === 'phase' && at.phase === name)
        .map(
          ({ species, mode, amount }) => `${species + 1}, ${mode === 'add' ? 1 : 0}, ${this.formula(amount)}`,
        );
      const mask = running[i];
      return `{${this.formula(duration)}, [${mask ? mask.join('; ') : ''}], [${doses.join('; ')}]}, ... % ${name}`;
    });
    return [
      'function [constants, state, plan] = crn_model()',
      ...indented(values),
      ...column(
        'constants',
        network.reactions.map(({ rate }) => this.formula(rate)),
      ),
      ...column(
        'state',
        network.species.map((one) => this.formula(one.initial)),
      ),
      ...(phases.length === 0 ? ['  plan = {};'] : ['  plan = { ...', ...indented(phases, 2), '  };']),
      'end',
      '',
    ];
  }

  private equations(): string[] {
    const { network } = this.writing;
    const n = network.species.length;
    const entries = jacobianFormulas(network, notation);
    return [
      'function r = crn_rates(x, k)',
      ...column('r', rateFormulas(network, notation)),
      'end',
      '',
      'function dx = crn_derivative(x, k)',
      '  r = crn_rates(x, k);',
      ...column('dx', derivativeFormulas(network, notation)),
      'end',
      '',
      'function J = crn_jacobian(x, k)',
      `  J = zeros(${n}, ${n});`,
      ...entries.map(({ row, column: by, formula }) => `  J(${row + 1}, ${by + 1}) = ${formula};`),
      'end',
      '',
      'function y = crn_observed(x)',
      ...column(
        'y',
        (network.observables ?? []).map(({ terms }) => sumFormula(terms, notation)),
      ),
      'end',
      '',
    ];
  }
}

/** A column of formulas. */
const column = (name: string, items: readonly string[]): string[] =>
  items.length === 0
    ? [`  ${name} = zeros(0, 1);`]
    : [`  ${name} = zeros(${items.length}, 1);`, ...items.map((item, i) => `  ${name}(${i + 1}) = ${item};`)];

const helpers = [
  'function value = crn_positive_power(x, order)',
  '  % A power that is no whole number, or below 0: taken of what is above 0 alone.',
  '  if x > 0, value = x^order; else, value = 0; end',
  'end',
  '',
  'function state = crn_give(state, doses)',
  '  % Each row: which species, 1 to add and 0 to set, how much.',
  '  for n = 1:size(doses, 1)',
  '    state(doses(n, 1)) = doses(n, 2) * state(doses(n, 1)) + doses(n, 3);',
  '  end',
  'end',
  '',
  'function [rows, state] = crn_integrate(k, state, start, stop, times, rtol, atol)',
  '  % Rows at `times` and the state at the end. MATLAB asks for at least three times.',
  '  asked = unique([start; times(:); (start + stop) / 2; stop]);',
  "  if exist('OCTAVE_VERSION', 'builtin')",
  "    lsode_options('relative tolerance', rtol);",
  "    lsode_options('absolute tolerance', atol);",
  "    lsode_options('step limit', 1000000);",
  '    [all_rows, status, message] = lsode({@(x, t) crn_derivative(x, k), @(x, t) crn_jacobian(x, k)}, state, asked);',
  "    if status ~= 2, error('the solver stopped: %s', message); end",
  '  else',
  "    options = odeset('RelTol', rtol, 'AbsTol', atol, 'Jacobian', @(t, x) crn_jacobian(x, k));",
  '    [reached, all_rows] = ode15s(@(t, x) crn_derivative(x, k), asked, state, options);',
  "    if numel(reached) < numel(asked), error('the solver stopped at time %g', reached(end)); end",
  '  end',
  '  [~, places] = ismember(times, asked);',
  '  rows = all_rows(places, :);',
  "  state = all_rows(end, :).';",
  'end',
  '',
  'function crn_print_table(head, rows)',
  '  for n = 1:numel(head)',
  "    if any(ismember(head{n}, [',\"', char(10)])), head{n} = ['\"', strrep(head{n}, '\"', '\"\"'), '\"']; end",
  '  end',
  "  fprintf('%s\\n', strjoin(head, ','));",
  "  fprintf([strjoin(repmat({'%.17g'}, 1, size(rows, 2)), ','), '\\n'], rows.');",
  'end',
];
