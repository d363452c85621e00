import { type OptionKind, OptionNames, valueTrouble } from './option-kinds.js';
import { type Factor, isRange, rangeTrouble, valuesTrouble } from './ranges.js';
import {
  type NumberRange,
  type OptionValue,
  type OptionValues,
  type Sweep,
  SweepError,
  type SweepIssue,
} from './settings.js';

/** A factor with what it goes through. */
export interface Varied extends Factor {
  over: NumberRange | OptionValue[];
}

/** A sweep whose names are resolved and whose values are of the right kind. */
export interface CheckedSweep {
  /** By full name. */
  options: Map<string, OptionValue>;
  grid: Varied[];
  latin?: { samples: number; seed: number; over: Varied[] };
  /** By full name; `factors` are all options that any case has. */
  list?: { factors: Factor[]; cases: Map<string, OptionValue>[] };
  /** Empty where there are none. */
  seeds: number[];
}

/** More cases than this do not fit into memory beside what is made of them. */
const MOST_CASES = 2_000_000;

const KEYS = ['target', 'options', 'grid', 'latin', 'list', 'replicates', 'take'];
const SEED = 'seed';

/** @throws SweepError with everything that is wrong */
export function checkSweep(sweep: Sweep): CheckedSweep {
  const checker = new Checker(new OptionNames(sweep.target));
  const checked = checker.sweep(sweep);
  if (checker.issues.length > 0) throw new SweepError(checker.issues);
  return checked;
}

class Checker {
  readonly issues: SweepIssue[] = [];
  /** Where an option was given, by its full name. */
  private readonly given = new Map<string, string>();

  constructor(private readonly names: OptionNames) {}

  sweep(sweep: Sweep): CheckedSweep {
    for (const key of Object.keys(sweep)) {
      if (!KEYS.includes(key)) this.say(key, `a sweep has no such key; it has ${KEYS.join(', ')}`);
    }
    const { options: given = {}, grid: crossed = {}, latin, list, replicates, target } = sweep;
    const options = this.values('options', given);
    const grid = this.varied('grid', crossed, 'grid');
    const checked: CheckedSweep = { options, grid, seeds: [] };
    if (latin !== undefined) checked.latin = this.latin(latin);
    // A case of a list may have its own value of a common option.
    const common = new Map(options);
    for (const path of common.keys()) this.given.delete(path);
    if (list !== undefined) checked.list = this.list(list);
    if (replicates !== undefined) {
      if (target.kind === 'simulate') {
        this.say(
          'replicates',
          'a simulation draws nothing at random, so that all of them would be the same; a stochastic one does',
        );
      } else checked.seeds = this.seeds(replicates, common);
    }
    this.count(checked);
    return checked;
  }

  private say(path: string, message: string): void {
    this.issues.push({ path, message });
  }

  private isObject(path: string, value: unknown): value is Record<string, unknown> {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return true;
    this.say(path, `must be an object, not ${JSON.stringify(value)}`);
    return false;
  }

  /** A name's option, unless there is no such option or it has been given before. */
  private option(path: string, name: string): { path: string; kind: OptionKind } | undefined {
    try {
      const option = this.names.resolve(name);
      const before = this.given.get(option.path);
      if (before !== undefined) {
        this.say(path, `${option.path} is given already, by ${before}`);
        return undefined;
      }
      this.given.set(option.path, path);
      return option;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.say(path, error.message);
      return undefined;
    }
  }

  /** Options with a value each, those of groups as objects or with full names. */
  private values(where: string, given: unknown): Map<string, OptionValue> {
    const values = new Map<string, OptionValue>();
    if (!this.isObject(where, given)) return values;
    const visit = (prefix: string, path: string, entries: Record<string, unknown>) => {
      for (const [key, value] of Object.entries(entries)) {
        const name = `${prefix}${key}`;
        const at = `${path}.${key}`;
        if (isRange(value) && this.names.isGroup(name)) {
          visit(`${name}.`, at, value as unknown as Record<string, unknown>);
          continue;
        }
        const option = this.option(at, name);
        if (option === undefined) continue;
        const trouble = valueTrouble(option.kind, value);
        if (trouble !== undefined) this.say(at, trouble);
        else values.set(option.path, value as OptionValue);
      }
    };
    visit('', where, given);
    return values;
  }

  private varied(where: string, given: unknown, of: 'grid' | 'latin'): Varied[] {
    if (!this.isObject(where, given)) return [];
    return Object.entries(given).flatMap(([name, over]) => {
      const path = `${where}.${name}`;
      const option = this.option(path, name);
      if (option === undefined) return [];
      if (!Array.isArray(over) && !isRange(over)) {
        this.say(path, `must be a list of values or a range {from, to}, not ${JSON.stringify(over)}`);
        return [];
      }
      const trouble = Array.isArray(over)
        ? valuesTrouble(over, option.kind)
        : rangeTrouble(over, option.kind, of);
      if (trouble === undefined) return [{ name, ...option, over: over as Varied['over'] }];
      this.say(trouble.key === '' ? path : `${path}.${trouble.key}`, trouble.message);
      return [];
    });
  }

  private latin(given: unknown): NonNullable<CheckedSweep['latin']> {
    const none = { samples: 1, seed: 0, over: [] };
    if (!this.isObject('latin', given)) return none;
    const { samples, seed = 0, over, ...rest } = given;
    for (const key of Object.keys(rest)) {
      this.say(`latin.${key}`, 'a Latin hypercube has no such key; it has samples, seed, over');
    }
    const isSamples = Number.isSafeInteger(samples) && (samples as number) >= 1;
    if (!isSamples) {
      this.say('latin.samples', `must be a whole number, at least 1, not ${JSON.stringify(samples)}`);
    }
    if (!(Number.isSafeInteger(seed) && (seed as number) >= 0)) {
      this.say('latin.seed', `must be a whole number, at least 0, not ${JSON.stringify(seed)}`);
    }
    const varied = this.varied('latin.over', over, 'latin');
    if (this.issues.length === 0 && varied.length === 0) this.say('latin.over', 'needs at least one option');
    return isSamples ? { samples: samples as number, seed: seed as number, over: varied } : none;
  }

  private list(given: unknown): NonNullable<CheckedSweep['list']> {
    if (!Array.isArray(given) || given.length === 0) {
      this.say('list', 'must be an array of at least one case');
      return { factors: [], cases: [] };
    }
    const before = new Map(this.given);
    const factors = new Map<string, Factor>();
    const cases = given.map((one: OptionValues, i) => {
      const values = this.values(`list.${i}`, one);
      // The same options come in every case.
      this.given.clear();
      for (const [path, where] of before) this.given.set(path, where);
      for (const path of values.keys()) {
        if (!factors.has(path)) factors.set(path, this.factor(path, one));
      }
      return values;
    });
    for (const path of factors.keys()) this.given.set(path, 'list');
    return { factors: [...factors.values()], cases };
  }

  /** A factor of a list under the name that its first case gives it. */
  private factor(path: string, one: OptionValues): Factor {
    const name = Object.keys(one).find(
      (key) => !this.names.isGroup(key) && this.names.resolve(key).path === path,
    );
    return { name: name ?? path, ...this.names.resolve(path) };
  }

  private seeds(given: unknown, options: ReadonlyMap<string, unknown>): number[] {
    const where = 'replicates';
    const before = this.given.get(SEED) ?? (options.has(SEED) ? `options.${SEED}` : undefined);
    if (before !== undefined)
      this.say(where, `every replicate has a seed of its own, but seed is given by ${before}`);
    const isSeed = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
    if (Array.isArray(given)) {
      if (given.length > 0 && given.every(isSeed) && new Set(given).size === given.length) return given;
    } else if (isSeed(given) && (given as number) >= 1 && (given as number) <= MOST_CASES) {
      return Array.from({ length: given as number }, (_, seed) => seed);
    }
    this.say(
      where,
      `must be how many, at least 1, or a list of different seeds ≥ 0, not ${JSON.stringify(given)}`,
    );
    return [];
  }

  private count({ grid, latin, list, seeds }: CheckedSweep): void {
    if (this.issues.length > 0) return;
    const sizes = [
      ...grid.map(({ over }) => (Array.isArray(over) ? over.length : (over.points as number))),
      latin?.samples ?? 1,
      list?.cases.length ?? 1,
      Math.max(1, seeds.length),
    ];
    const total = sizes.reduce((product, size) => product * size, 1);
    if (total > MOST_CASES) {
      this.say('', `the designs make ${total} cases; at most ${MOST_CASES} are possible`);
    }
  }
}
