import { IssueList } from '../network/issues.js';
import type { Network } from '../network/model.js';
import { printNetwork } from '../network/print.js';
import { ExportError, type WriteOptions } from './format.js';
import { runsAll } from './timetable.js';

/** What all exports say of their rates. */
export const rateConvention =
  'A rate is its constant times the product of concentrations to their orders: k*A^2*B, without factorials.';

/** Collects what a format cannot say of a network while it is written. */
export class Report {
  private readonly issues = new IssueList();
  private readonly lost: string[] = [];
  /** Lines for the file's comments, beside what was lost. */
  private readonly notes: string[] = [];

  constructor(
    private readonly title: string,
    private readonly options: WriteOptions,
  ) {}

  /** Something without which a run of the file is another: an error unless losses are allowed. */
  lose(code: string, message: string, hint?: string): void {
    if (this.options.allowLoss) {
      this.issues.warning({ code, message, hint });
      this.lost.push(message);
    } else {
      this.issues.error({ code, message, hint });
    }
  }

  /** Something that a run does not depend on, and that stands in the file's comments instead. */
  note(code: string, message: string, lines: readonly string[] = []): void {
    this.issues.warning({ code, message });
    this.notes.push(`${message}${lines.length > 0 ? ':' : '.'}`, ...lines.map((line) => `  ${line}`));
  }

  /**
   * Ends the report: tells the warnings, and gives the lines of the file's comments.
   * @throws ExportError when something would be lost
   */
  finish(): string[] {
    const list = this.issues.list();
    const errors = list.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) throw new ExportError(this.title, errors);
    for (const issue of list) this.options.warn?.(issue);
    const left = this.lost.map((message) => `LEFT OUT, so that a run differs: ${message}.`);
    return [rateConvention, ...left, ...this.notes];
  }
}

/** What a format has of that which not every format has. */
export interface Abilities {
  /** Phases, and doses at their starts. */
  schedule?: boolean;
  /** Doses and starts of phases at crossings of a level. */
  crossings?: boolean;
  observables?: boolean;
  compartments?: boolean;
  amounts?: boolean;
  /** Times, rows and tolerances of a run. */
  directives?: boolean;
  /** What joins the terms of a law to one event. */
  channels?: boolean;
}

/** Reports what of a network the format cannot say, by its abilities; laws and names are up to the writer. */
export function reportAbilities(network: Network, can: Abilities, report: Report): void {
  const { phases, doses, species } = network;
  if (!can.schedule && phases.length > 0) {
    const names = phases.map(({ name }) => name);
    const schedule = `the schedule of phases (${listed(names)})`;
    if (runsAll(network)) {
      report.note('schedule', `${schedule} has no place here: all reactions run all the time`);
    } else {
      report.lose('schedule', `${schedule} cannot be said: all reactions would run all the time`);
    }
  }
  const atPhases = doses.filter(({ at }) => at.kind === 'phase');
  if (!can.schedule && atPhases.length > 0) {
    report.lose(
      'doses',
      `doses of ${listed(atPhases.map((dose) => species[dose.species]!.name))} cannot be said`,
    );
  }
  if (!can.crossings) {
    const watched = doses.flatMap(({ at }) => (at.kind === 'level' ? [species[at.species]!.name] : []));
    if (watched.length > 0) {
      report.lose('events', `doses at crossings of a level (of ${listed(watched)}) cannot be said`);
    }
    const started = phases.flatMap(({ name, when }) => (when ? [name] : []));
    if (can.schedule && started.length > 0) {
      report.lose('events', `the start of ${listed(started)} at a crossing of a level cannot be said`);
    }
  }
  const part = (kind: Partial<Network>, code: string, message: string) => {
    const empty = { species: [], parameters: [], reactions: [], phases: [], doses: [], simulation: {} };
    report.note(code, message, partText({ ...empty, ...kind }));
  };
  const { observables, compartments } = network;
  if (!can.observables && observables?.length) {
    report.note('observables', 'observables have no place here', observableLines(network));
  }
  if (!can.compartments && compartments?.length) {
    part(
      { species, compartments },
      'compartments',
      'compartments have no place here; constants and stoichiometries hold their sizes',
    );
  } else if (!can.amounts && species.some(({ quantity }) => quantity === 'amount')) {
    report.note('amounts', 'that some numbers are amounts has no place here; derivatives are the same');
  }
  if (!can.directives && Object.keys(network.simulation).length > 0) {
    part({ simulation: network.simulation }, 'directives', 'directives have no place here');
  }
  if (!can.channels && network.reactions.some(({ channel }) => channel)) {
    report.note(
      'channels',
      'that some reactions are terms of one law has no place here; this matters to stochastic simulation alone',
    );
  }
}

/** Lines of the text language for the parts of a network that matter, species left out. */
function partText(part: Network): string[] {
  return printNetwork(part)
    .split('\n')
    .filter((line) => line !== '' && !/^(init|const) /.test(line));
}

const observableLines = (network: Network): string[] =>
  partText({
    ...network,
    reactions: [],
    phases: [],
    doses: [],
    simulation: {},
    parameters: [],
    compartments: [],
  }).filter((line) => line.startsWith('observable '));

/** `a, b, c`, cut when there are many. */
export function listed(names: readonly string[], most = 6): string {
  const different = [...new Set(names)];
  const more = different.length - most;
  return more > 0 ? `${different.slice(0, most).join(', ')} and ${more} more` : different.join(', ');
}
