import { evaluateExpression, parameterValues } from '../../network/expression.js';
import type { Expression, LevelCrossing, Network, SpeciesTerm } from '../../network/model.js';
import { isReversiblePair } from '../../network/print.js';
import { changes } from '../code/equations.js';
import type { Format } from '../format.js';
import { reportAbilities } from '../report.js';
import { writer } from '../writer.js';
import { texFactor, texFormula, texName, texNumber, texText } from './tex.js';

/** Terms of a derivative on one line. */
const termsOnALine = 4;

const math = (text: string): string => `$${text}$`;

/** A document with reactions, differential equations, constants and the experiment. */
export const latex: Format = {
  name: 'latex',
  title: 'LaTeX',
  extensions: ['.tex'],
  write: writer('LaTeX', ({ network, name, report }) => {
    reportAbilities(
      network,
      {
        schedule: true,
        crossings: true,
        observables: true,
        compartments: true,
        directives: true,
        channels: true,
      },
      report,
    );
    const comments = report.finish();
    const sections = [
      section('Reactions', reactions(network)),
      section('Differential equations', equations(network)),
      section('Constants', constants(network)),
      section('Species', species(network)),
      section('Compartments', compartments(network)),
      section('Observables', observables(network)),
      section('Schedule', schedule(network)),
      section('Simulation', simulation(network)),
    ];
    return `${[
      '% Written by neural-crn; pdflatex, xelatex and lualatex compile it.',
      ...comments.map((line) => `% ${line}`),
      '\\documentclass{article}',
      '\\usepackage[T1]{fontenc}',
      '\\usepackage{amsmath,amssymb}',
      '\\usepackage[version=4]{mhchem}',
      '\\usepackage{booktabs,longtable}',
      '\\allowdisplaybreaks',
      '\\begin{document}',
      `\\section*{${texText(name)}}`,
      'A rate is its constant times the product of concentrations to their orders, without factorials.',
      ...sections.flat(),
      '\\end{document}',
    ].join('\n')}\n`;
  }),
};

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', `\\subsection*{${title}}`, ...lines];

function table(columns: string, head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  return [
    `\\begin{longtable}{${columns}}`,
    '\\toprule',
    `${head.join(' & ')} \\\\`,
    '\\midrule',
    '\\endhead',
    // Behind `\\\\` a bracket would be taken for its argument.
    ...rows.map((row) => `${row.join(' & ').replace(/^([[*])/, '{}$1')} \\\\`),
    '\\bottomrule',
    '\\end{longtable}',
  ];
}

const nameOf = (network: Network, index: number): string => texName(network.species[index]!.name);

const concentration = (network: Network, index: number): string => `[${nameOf(network, index)}]`;

function power(network: Network, { species: index, value }: SpeciesTerm): string {
  const base = concentration(network, index);
  return value === 1 ? base : `${base}^{${texNumber(value)}}`;
}

/** `k [A]^2 [B]` */
function rateOf(network: Network, index: number): string {
  const { rate, orders } = network.reactions[index]!;
  const powers = orders.map((term) => power(network, term));
  const isOne = rate.kind === 'number' && rate.value === 1 && powers.length > 0;
  return [...(isOne ? [] : [texFactor(rate)]), ...powers].join('\\,');
}

function side(network: Network, terms: readonly SpeciesTerm[]): string {
  if (terms.length === 0) return '$\\varnothing$';
  return terms
    .map(
      ({ species: index, value }) =>
        `${value === 1 ? '' : `$${texNumber(value)}$ `}$${nameOf(network, index)}$`,
    )
    .join(' + ');
}

function reactions(network: Network): string[] {
  const rows: string[][] = [];
  for (let i = 0; i < network.reactions.length; i++) {
    const { label, reactants, products, rate, law, channel } = network.reactions[i]!;
    const sides = [side(network, reactants), side(network, products)];
    const event = channel ? ` (term of ${texText(channel.name)})` : '';
    const shown = (label === null ? '' : texText(label)) + event;
    if (isReversiblePair(network, i)) {
      const back = network.reactions[i + 1]!;
      const arrow = `<=>[{$${texFormula(rate)}$}][{$${texFormula(back.rate)}$}]`;
      rows.push([shown, `\\ce{${sides[0]} ${arrow} ${sides[1]}}`, '']);
      i++;
    } else if (law === 'massAction') {
      rows.push([shown, `\\ce{${sides[0]} ->[{$${texFormula(rate)}$}] ${sides[1]}}`, '']);
    } else {
      rows.push([shown, `\\ce{${sides[0]} -> ${sides[1]}}`, math(rateOf(network, i))]);
    }
  }
  return table('lll', ['', 'reaction', 'rate, if not mass action'], rows);
}

function equations(network: Network): string[] {
  const terms: string[][] = network.species.map(() => []);
  for (const r of network.reactions.keys()) {
    for (const { species: index, value } of changes(network, r)) {
      const size = Math.abs(value);
      const text = `${size === 1 ? '' : `${texNumber(size)}\\,`}${rateOf(network, r)}`;
      terms[index]!.push(`${value < 0 ? '-' : '+'} ${text}`);
    }
  }
  const rows = terms.map((list, index) => {
    const left = `\\frac{\\mathrm{d}${concentration(network, index)}}{\\mathrm{d}t} &= `;
    if (list.length === 0) return `${left}0`;
    const lines: string[] = [];
    for (let from = 0; from < list.length; from += termsOnALine) {
      lines.push(list.slice(from, from + termsOnALine).join(' '));
    }
    // A plus at the beginning says nothing.
    lines[0] = lines[0]!.replace(/^\+ /, '').replace(/^- /, '-');
    return left + lines.join(' \\\\\n  &\\quad {} ');
  });
  return rows.length === 0 ? [] : ['\\begin{align*}', `${rows.join(' \\\\\n')}`, '\\end{align*}'];
}

function withValue(network: Network, expression: Expression): string[] {
  const value = evaluateExpression(expression, parameterValues(network));
  return [math(texFormula(expression)), expression.kind === 'number' ? '' : math(texNumber(value))];
}

const constants = (network: Network): string[] =>
  table(
    'lll',
    ['parameter', 'value', ''],
    network.parameters.map(({ name, value }) => [math(texName(name)), ...withValue(network, value)]),
  );

function species(network: Network): string[] {
  const placed = network.compartments !== undefined;
  const amounts = network.species.some(({ quantity }) => quantity === 'amount');
  const rows = network.species.map(({ name, initial, constant, compartment, quantity }) => [
    math(texName(name)),
    ...withValue(network, initial),
    constant ? 'held by the environment' : '',
    ...(placed ? [compartment === undefined ? '' : texText(network.compartments![compartment]!.name)] : []),
    ...(amounts ? [quantity === 'amount' ? 'amount' : 'concentration'] : []),
  ]);
  const head = [
    'species',
    'at the start',
    '',
    '',
    ...(placed ? ['compartment'] : []),
    ...(amounts ? ['number is'] : []),
  ];
  return table('l'.repeat(head.length), head, rows);
}

const compartments = (network: Network): string[] =>
  table(
    'lll',
    ['compartment', 'size', ''],
    (network.compartments ?? []).map(({ name, size }) => [texText(name), ...withValue(network, size)]),
  );

function observables(network: Network): string[] {
  const sum = (terms: readonly SpeciesTerm[]) => {
    const text = terms
      .map(({ species: index, value }) => {
        const size = Math.abs(value);
        return `${value < 0 ? '-' : '+'} ${size === 1 ? '' : `${texNumber(size)}\\,`}${concentration(network, index)}`;
      })
      .join(' ');
    return text === '' ? '0' : text.replace(/^\+ /, '').replace(/^- /, '-');
  };
  return table(
    'lp{0.7\\linewidth}',
    ['observable', 'sum'],
    (network.observables ?? []).map(({ name, terms }) => [math(texName(name)), math(sum(terms))]),
  );
}

const crossing = (network: Network, { species: index, direction, level }: LevelCrossing): string =>
  `when ${math(concentration(network, index))} ${direction} through ${math(texFormula(level))}`;

function schedule(network: Network): string[] {
  const phases = network.phases.map(({ name, duration, active, when }) => [
    texText(name),
    math(texFormula(duration)),
    active === '*' ? 'all reactions' : texText(active.join(', ') || 'no labelled reaction'),
    when ? `at the latest, or ${crossing(network, when)}` : '',
  ]);
  const doses = network.doses.map(({ species: index, mode, amount, at }) => [
    math(concentration(network, index)),
    mode === 'add' ? `plus ${math(texFormula(amount))}` : `set to ${math(texFormula(amount))}`,
    at.kind === 'phase' ? `at the beginning of ${texText(at.phase)}` : crossing(network, at),
  ]);
  return [
    ...table('llp{0.4\\linewidth}l', ['phase', 'duration', 'runs', 'begins'], phases),
    ...table('lll', ['dose', '', 'moment'], doses),
  ];
}

function simulation({ simulation: directives }: Network): string[] {
  const { to, save, rtol, atol, atolBySpecies, method } = directives;
  const rows: string[][] = [];
  if (to) rows.push(['until', math(texFormula(to))]);
  if (save?.kind === 'uniform') rows.push(['rows', `${save.intervals + 1}, equally far apart`]);
  if (save?.kind === 'log') {
    rows.push([
      'rows',
      `${save.points} from ${math(texNumber(save.from))} to ${math(texNumber(save.to))}, on a logarithmic grid`,
    ]);
  }
  if (rtol !== undefined) rows.push(['relative tolerance', math(texNumber(rtol))]);
  if (atol !== undefined) rows.push(['absolute tolerance', math(texNumber(atol))]);
  for (const [name, value] of Object.entries(atolBySpecies ?? {})) {
    rows.push([`absolute tolerance of ${math(texName(name))}`, math(texNumber(value))]);
  }
  if (method !== undefined) rows.push(['method', texText(method)]);
  return table('ll', ['', ''], rows);
}
