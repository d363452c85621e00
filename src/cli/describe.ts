import { concentrationText, durationText, lab, rateText } from '../lab/index.js';
import {
  activeReactions,
  analyse,
  evaluateExpression,
  type Issue,
  type Moiety,
  type Network,
  parameterValues,
} from '../network/index.js';
import { type CompileExplanation, explainCompile } from '../simulate/explain.js';
import { compiledEntries, list } from './compiled-text.js';
import { plural, short } from './numbers.js';
import { facts } from './tables.js';
import type { Terminal } from './terminal.js';

/** What `info --json` and `circuit --json` print. */
export interface Description {
  species: number;
  reactions: number;
  /** Most molecules that react at once. */
  maxMolecularity: number;
  moieties: Moiety[];
  phases: PhaseDescription[];
  issues: Issue[];
  /** Names, where there are any. */
  observables?: string[];
  compartments?: { name: string; size: number }[];
  compiled?: CompileExplanation;
}

export interface PhaseDescription {
  name: string;
  duration: number;
  active: '*' | string[];
  reactions: number;
  /** Where the phase starts before its time, as in `C rises 0.5`. */
  when?: string;
}

/** @param compile whether to say what is compiled, and for whom */
export function describe(
  network: Network,
  issues: Issue[],
  compile: false | 'run' | 'reactor' = false,
): Description {
  const { species, reactions, maxMolecularity, moieties } = analyse(network);
  const values = parameterValues(network);
  return {
    species,
    reactions,
    maxMolecularity,
    moieties,
    phases: network.phases.map(({ name, duration, active, when }) => ({
      name,
      duration: evaluateExpression(duration, values),
      active,
      reactions: activeReactions(network, active).length,
      ...(when && {
        when: `${network.species[when.species].name} ${when.direction} ${short(evaluateExpression(when.level, values))}`,
      }),
    })),
    issues,
    ...(network.observables && { observables: network.observables.map(({ name }) => name) }),
    ...(network.compartments && {
      compartments: network.compartments.map(({ name, size }) => ({
        name,
        size: evaluateExpression(size, values),
      })),
    }),
    ...(compile && { compiled: explainCompile(network, { reactor: compile === 'reactor' }) }),
  };
}

/** How long the network takes in a laboratory, and by which convention; nothing where it has units of its own. */
function laboratory(network: Network): [string, string][] {
  if (network.compartments !== undefined) return [];
  const { concentration, rate, timeUnit, run } = lab(network);
  const length = run === null ? '' : `, a run ${durationText(run.seconds)},`;
  return [
    [
      'laboratory',
      `a time unit is ${durationText(timeUnit)}${length} where 1 is ${concentrationText(concentration)} and the largest ` +
        `constant of the second order ${rateText(rate, 2)}; \`neural-crn lab\` says more`,
    ],
  ];
}

/** `24 reactions, 15 species, at most 2 molecules react at once`. */
export function countsLine({
  species,
  reactions,
  maxMolecularity,
}: {
  species: number;
  reactions: number;
  maxMolecularity: number;
}): string {
  const molecules =
    maxMolecularity === 1 ? 'one molecule reacts' : `at most ${short(maxMolecularity)} molecules react`;
  return `${plural(reactions, 'reaction')}, ${plural(species, 'species', 'species')}, ${molecules} at once`;
}

/** Sums, and terms of one, are cut after this many. */
const LISTED = 40;

/** An entry for names, if there are any. */
const some = (label: string, names: readonly string[]): [string, string][] =>
  names.length === 0 ? [] : [[label, list(names)]];

function sumText({ coefficients, total }: Moiety): string {
  const terms = Object.entries(coefficients).map(([name, weight], i) => {
    const size = Math.abs(weight) === 1 ? name : `${short(Math.abs(weight))} ${name}`;
    if (i === 0) return weight < 0 ? `- ${size}` : size;
    return `${weight < 0 ? '-' : '+'} ${size}`;
  });
  const shown = terms.length <= LISTED ? terms : [...terms.slice(0, LISTED), `… (${terms.length} terms)`];
  return `${shown.join(' ')} = ${short(total)}`;
}

/** A description for people. */
export function describeText(terminal: Terminal, network: Network, description: Description): string {
  const { held, sources, sinks } = analyse(network);
  const { moieties, phases, issues, compiled } = description;
  const values = [...parameterValues(network)].map(([name, value]) => `${name} = ${short(value)}`);
  const warnings = issues.filter(({ severity }) => severity === 'warning').length;
  const entries: [string, string | string[]][] = [
    ['size', countsLine(description)],
    ...some(
      'species',
      network.species.map(({ name }) => name),
    ),
    ...some('parameters', values),
    ...some(
      'compartments',
      (description.compartments ?? []).map(({ name, size }) => `${name} of ${short(size)}`),
    ),
    ...some('observables', description.observables ?? []),
    ...some('held', held),
    ...some(
      'only used up',
      sources.filter((name) => !held.includes(name)),
    ),
    ...some('only made', sinks),
    ['conserved', moieties.length === 0 ? 'nothing' : moieties.slice(0, LISTED).map(sumText)],
    [
      'phases',
      phases.length === 0
        ? 'none: everything runs all the time'
        : phases.map(
            ({ name, duration, reactions, when }) =>
              `${name}, ${short(duration)} long, ${plural(reactions, 'reaction')}${when === undefined ? '' : `, starts when ${when}`}`,
          ),
    ],
    ...laboratory(network),
    ...(compiled === undefined ? [] : compiledEntries(compiled)),
    ['issues', warnings === 0 ? 'none' : plural(warnings, 'warning')],
  ];
  return facts(terminal, entries);
}
