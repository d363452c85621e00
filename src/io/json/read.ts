import * as v from 'valibot';
import { type Finding, IssueList } from '../../network/issues.js';
import type { Expression, LevelCrossing, Network, SourceSpan, SpeciesTerm } from '../../network/model.js';
import { showName } from '../../network/names.js';
import { suggest } from '../../network/nearest.js';
import { readExpression } from '../../network/parse.js';
import { Places, placeKeys } from '../../network/places.js';
import { checkNetwork } from '../../network/validate.js';
import { cut } from '../../reading/tokens.js';
import type { ReadResult } from '../format.js';
import { locator, type Path, showPath, syntaxError } from './locate.js';
import { formatName, formatVersion, type NetworkJson, networkSchema } from './schema.js';

/** Reads a network from JSON. Issues name the path of what they are about, as `reactions[3].rate`. */
export function readJson(text: string): ReadResult {
  const data = parseJson(text);
  if ('finding' in data) return refused(data.finding);
  const version = versionFinding(data.value);
  if (version) return refused({ ...version, at: locator(text)(['version']) });
  const { success, output, issues } = v.safeParse(networkSchema, data.value);
  if (!success) return schemaIssues(text, issues);
  const quick = new JsonNetwork(output, null).read();
  // Places are looked up only where somebody asks for them: finding them takes much longer than reading.
  return quick.issues.length === 0 ? quick : new JsonNetwork(output, locator(text)).read();
}

function refused(finding: Finding): ReadResult {
  const issues = new IssueList();
  issues.error(finding);
  return { network: null, issues: issues.list() };
}

function parseJson(text: string): { value: unknown } | { finding: Finding } {
  try {
    return { value: JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text) };
  } catch (error) {
    const { message, at } = syntaxError(text, (error as Error).message);
    return { finding: { code: 'malformedJson', message: `the text is no JSON: ${message}`, at } };
  }
}

/** Files of other versions are told apart from files that are wrong. */
function versionFinding(data: unknown): Finding | null {
  if (typeof data !== 'object' || data === null) return null;
  const { format, version } = data as { format?: unknown; version?: unknown };
  if (format !== formatName || version === formatVersion || typeof version !== 'number') return null;
  const message = `the file has version ${version} of the format; this is version ${formatVersion}`;
  return { code: 'otherVersion', message };
}

function schemaIssues(text: string, found: readonly v.BaseIssue<unknown>[]): ReadResult {
  const issues = new IssueList();
  const place = locator(text);
  for (const one of found) {
    const { issue, path } = deepest(one, pathOf(one));
    const expected = issue.expected ?? issue.message;
    let message = `${showPath(path)} must be ${wording(expected)}, not ${cut(issue.received)}`;
    if (issue.expected === 'never') message = `${showPath(path)} does not belong there`;
    else if (issue.received === 'undefined') message = `${showPath(path)} is missing`;
    issues.error({ code: 'wrongShape', message, at: place(path) });
    if (issues.overflowed) break;
  }
  return { network: null, issues: issues.list() };
}

const pathOf = (issue: v.BaseIssue<unknown>): Path =>
  (issue.path ?? []).map(({ key }) => key as string | number);

/** Where one of several shapes was meant, why the one does not fit that fits best: the issue furthest inside. */
function deepest(issue: v.BaseIssue<unknown>, path: Path): { issue: v.BaseIssue<unknown>; path: Path } {
  let best = { issue, path };
  for (const inner of issue.issues ?? []) {
    const candidate = deepest(inner, [...path, ...pathOf(inner)]);
    const further = candidate.path.length - best.path.length;
    // A value that is wrong says more of what was meant than one that is missing or does not belong there.
    if (further > 0 || (further === 0 && isValue(candidate.issue) && !isValue(best.issue))) best = candidate;
  }
  return best;
}

const isValue = ({ expected, received }: v.BaseIssue<unknown>): boolean =>
  expected !== 'never' && received !== 'undefined';

/** What the schema's library expects, in words. */
const wording = (expected: string): string =>
  expected
    .replace(/^>0$/, 'greater than 0')
    .replace(/^\((.*)\)$/, '$1')
    .replaceAll(' | ', ' or ')
    .replaceAll('Object', 'an object')
    .replaceAll('Array', 'a list')
    .replaceAll(/\bnumber\b/g, 'a number')
    .replaceAll(/\bstring\b/g, 'a text')
    .replaceAll(/\bboolean\b/g, 'true or false');

/** Makes a network of data that has the right shape. */
class JsonNetwork {
  private readonly issues = new IssueList();
  private readonly places = new Places();
  private readonly species: Map<string, number>;
  private readonly compartments: Map<string, number>;

  constructor(
    private readonly data: NetworkJson,
    private readonly place: ((path: Path) => SourceSpan) | null,
  ) {
    this.species = new Map(data.species.map(({ name }, index) => [name, index]));
    this.compartments = new Map(data.compartments?.map(({ name }, index) => [name, index]));
  }

  read(): ReadResult {
    const { data, issues } = this;
    const network: Network = {
      species: data.species.map(({ name, initial, constant, compartment, quantity }, i) => ({
        name,
        initial: this.constant(initial, ['species', i, 'initial']),
        constant,
        ...(compartment !== undefined && {
          compartment: this.find('compartment', this.compartments, compartment, [
            'species',
            i,
            'compartment',
          ]),
        }),
        ...(quantity && { quantity }),
        ...this.span(['species', i]),
      })),
      parameters: data.parameters.map(({ name, value }, i) => ({
        name,
        value: this.constant(value, ['parameters', i, 'value']),
        ...this.span(['parameters', i]),
      })),
      reactions: data.reactions.map(({ label = null, reactants, products, rate, orders, channel }, i) => {
        const path: Path = ['reactions', i];
        const left = this.terms(reactants, [...path, 'reactants']);
        return {
          label,
          reactants: left,
          products: this.terms(products, [...path, 'products']),
          orders: orders ? this.terms(orders, [...path, 'orders']) : left.map((term) => ({ ...term })),
          rate: this.constant(rate, [...path, 'rate']),
          law: orders ? ('explicit' as const) : ('massAction' as const),
          ...(channel && { channel }),
        };
      }),
      phases: data.phases.map(({ name, duration, active, when }, i) => {
        const path: Path = ['phases', i];
        if (active !== '*') {
          for (const [k, label] of active.entries()) {
            this.note(placeKeys.activeLabel(i, label), [...path, 'active', k]);
          }
        }
        return {
          name,
          duration: this.constant(duration, [...path, 'duration']),
          active,
          ...(when && { when: this.crossing(when, [...path, 'when']) }),
          ...this.span(path),
        };
      }),
      doses: data.doses.map(({ species, amount, mode, at }, i) => {
        const path: Path = ['doses', i];
        return {
          species: this.find('species', this.species, species, [...path, 'species']),
          amount: this.constant(amount, [...path, 'amount']),
          mode,
          at:
            'phase' in at
              ? { kind: 'phase' as const, phase: at.phase }
              : { kind: 'level' as const, ...this.crossing(at, [...path, 'at']) },
          ...this.span(path),
        };
      }),
      ...(data.compartments && {
        compartments: data.compartments.map(({ name, size }, i) => ({
          name,
          size: this.constant(size, ['compartments', i, 'size']),
          ...this.span(['compartments', i]),
        })),
      }),
      ...(data.observables && {
        observables: data.observables.map(({ name, terms }, i) => ({
          name,
          terms: this.terms(terms, ['observables', i, 'terms']),
          ...this.span(['observables', i]),
        })),
      }),
      simulation: this.simulation(),
    };
    // Two directions of one arrow share a label without standing at one place: the shape tells them.
    if (this.place) this.noteReactions(network);
    if (!issues.hasErrors) checkNetwork(network, this.places, issues);
    return { network: issues.hasErrors ? null : network, issues: issues.list() };
  }

  private noteReactions(network: Network): void {
    const seen = new Map<string, number>();
    for (const [i, reaction] of network.reactions.entries()) {
      const { label } = reaction;
      const first = label === null ? undefined : seen.get(label);
      const span = this.place!(['reactions', first === i - 1 ? first : i]);
      reaction.span = span;
      if (label !== null && first === undefined) seen.set(label, i);
    }
  }

  private simulation(): Network['simulation'] {
    const { to, save, rtol, atol, atolBySpecies, method } = this.data.simulation;
    return {
      ...(to !== undefined && { to: this.constant(to, ['simulation', 'to']) }),
      ...(save !== undefined && {
        save:
          typeof save === 'number'
            ? { kind: 'uniform' as const, intervals: save }
            : { kind: 'log' as const, ...save },
      }),
      ...(rtol !== undefined && { rtol }),
      ...(atol !== undefined && { atol }),
      ...(atolBySpecies && { atolBySpecies: Object.fromEntries(atolBySpecies) }),
      ...(method !== undefined && { method }),
    };
  }

  private terms(pairs: readonly (readonly [string, number])[], path: Path): SpeciesTerm[] {
    const found = pairs.map(([name, value], k) => {
      const term = { species: this.find('species', this.species, name, [...path, k, 0]), value };
      this.note(term, [...path, k, 1]);
      return term;
    });
    const seen = new Set<string>();
    const twice = pairs.findIndex(([name]) => seen.size === seen.add(name).size);
    if (twice >= 0) {
      const message = `${showPath([...path, twice])} names ${showName(pairs[twice]![0])} a second time`;
      this.issues.error({ code: 'duplicateSpecies', message, at: this.place?.([...path, twice]) });
    }
    return found;
  }

  private crossing(
    { species, direction, level }: { species: string; direction: 'rises' | 'falls'; level: number | string },
    path: Path,
  ): LevelCrossing {
    return {
      species: this.find('species', this.species, species, [...path, 'species']),
      direction,
      level: this.constant(level, [...path, 'level']),
    };
  }

  private constant(value: number | string, path: Path): Expression {
    if (typeof value === 'number') {
      const node: Expression = { kind: 'number', value };
      this.note(node, path);
      return node;
    }
    const expression = readExpression(value);
    if (!('finding' in expression)) {
      this.note(expression, path);
      return expression;
    }
    const { finding } = expression;
    this.issues.error({
      ...finding,
      message: `${showPath(path)}: ${finding.message}`,
      at: this.place?.(path),
    });
    return { kind: 'number', value: 1 };
  }

  /** The place of what a name stands for; where it stands for nothing, which is an issue, any. */
  private find(what: string, known: ReadonlyMap<string, number>, name: string, path: Path): number {
    const index = known.get(name);
    if (index !== undefined) return index;
    const message = `${showPath(path)}: there is no ${what} ${showName(name)}`;
    this.issues.error({
      code: `unknown${what[0]!.toUpperCase()}${what.slice(1)}`,
      message,
      hint: suggest(name, known.keys()),
      at: this.place?.(path),
    });
    return 0;
  }

  private note(part: object | string, path: Path): void {
    if (!this.place) return;
    const { line, column } = this.place(path);
    this.places.note(part, line, column);
  }

  private span(path: Path): { span?: SourceSpan } {
    return this.place ? { span: this.place(path) } : {};
  }
}
