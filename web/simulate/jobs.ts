import {
  evaluateExpression,
  explainCompile,
  type Network,
  parameterValues,
  parseNetwork,
  type SaveGrid,
  type SimulateOptions,
  type Solution,
  SolveFailure,
  simulate,
} from 'neural-crn';
import { kernels } from './kernels';
import type {
  Checked,
  Curves,
  Facts,
  Failure,
  Outline,
  RunProgress,
  RunRequest,
  RunResult,
  RunSettings,
  Span,
} from './protocol';
import { visibleRows } from './thin';
import { type Changes, valuesOf, withValues, writeValues } from './values';

/** Sliders beyond this many are no help. */
const MOST_VALUES = 400;
/** Lines that are sent to be drawn, of those that change most. */
const MOST_LINES = 24;
/** Rows where the text asks for none. */
const ROWS = 600;
/** Numbers that a run of the page keeps; the library's own limit is ten times as high. */
const MOST_NUMBERS = 2e7;
/** Where neither text nor settings say until when. */
export const DEFAULT_TO = 10;
/** The library's own limit is a million; here a run can be stopped by hand. */
export const MOST_STEPS = 1e9;
/** Decades of a logarithmic time axis where the text asks for no rows. */
const DECADES = 8;
/** Larger networks are not explained, which takes as long as compiling them. */
const MOST_EXPLAINED = 400;

let read: { text: string; result: ReturnType<typeof parseNetwork> } | undefined;

function parsed(text: string): ReturnType<typeof parseNetwork> {
  if (read?.text !== text) read = { text, result: parseNetwork(text) };
  return read.result;
}

export function checkJob(text: string): Checked {
  const { network, issues } = parsed(text);
  if (!network) return { issues };
  const values = valuesOf(network);
  const to = ownEnd(network);
  const outline: Outline = {
    species: network.species.length,
    reactions: network.reactions.length,
    phases: network.phases.length,
    parameters: network.parameters.length,
    values: values.slice(0, MOST_VALUES),
    moreValues: Math.max(0, values.length - MOST_VALUES),
    ...(to !== undefined && { to }),
    rtol: network.simulation.rtol ?? 1e-6,
    method: network.simulation.method ?? 'auto',
  };
  return { issues, outline };
}

/** The text with the values written into it, where they stand in places of their own. */
export function writeJob(text: string, changes: Changes): { text?: string } {
  const { network } = parsed(text);
  const written = network ? writeValues(text, network, changes) : undefined;
  return written === undefined ? {} : { text: written };
}

/** Until when a network runs by itself. */
function ownEnd(network: Network): number | undefined {
  const values = parameterValues(network);
  if (network.simulation.to) return evaluateExpression(network.simulation.to, values);
  if (network.phases.length === 0) return undefined;
  return network.phases.reduce((sum, { duration }) => sum + evaluateExpression(duration, values), 0);
}

export interface Planned {
  network: Network;
  options: SimulateOptions;
  to: number;
  notes: string[];
}

/** The network and the options of a request. */
export function plan({
  text,
  changes,
  settings,
}: Pick<RunRequest, 'text' | 'changes' | 'settings'>): Planned {
  const { network: own, issues } = parsed(text);
  if (!own) {
    const { line, message } = issues.find(({ severity }) => severity === 'error')!;
    throw new TypeError(`line ${line}: ${message}`);
  }
  const network = withValues(own, changes);
  const notes: string[] = [];
  const asked = settings.to ?? ownEnd(network);
  const to = asked ?? DEFAULT_TO;
  if (asked === undefined) {
    notes.push(
      `The text does not say how long, so it runs until ${DEFAULT_TO}: write “simulate to ${DEFAULT_TO}”.`,
    );
  }
  return { network, options: { ...optionsOf(settings), to }, to, notes };
}

export const optionsOf = ({ rtol, method }: RunSettings): SimulateOptions => ({
  ...(rtol !== undefined && { rtol }),
  ...(method !== undefined && { method }),
});

/** The rows to save: those of the text, or enough for a picture; fewer where all would be too many. */
function gridOf(network: Network, logTime: boolean, to: number, notes: string[]): SaveGrid | undefined {
  const own = network.simulation.save;
  const asked = own === undefined ? ROWS + 1 : own.kind === 'uniform' ? own.intervals + 1 : own.points;
  const most = Math.max(2, Math.floor(MOST_NUMBERS / Math.max(1, network.species.length)));
  const rows = Math.min(asked, most);
  if (rows < asked) {
    notes.push(
      `${rows} rows instead of ${asked}: the page keeps ${MOST_NUMBERS / 1e6} million numbers. The library keeps more.`,
    );
  }
  if (own?.kind === 'log' ? rows === asked : own !== undefined && rows === asked) return undefined;
  if (own?.kind === 'log') return { ...own, points: rows };
  if (own === undefined && logTime) return { kind: 'log', from: to / 10 ** DECADES, to, points: rows };
  return { kind: 'uniform', intervals: rows - 1 };
}

let last: { key: string; solution: Solution } | undefined;
const keyOf = ({ text, changes, settings, logTime }: RunRequest) =>
  JSON.stringify([text, changes, settings, logTime]);

async function solved(
  request: RunRequest,
  signal: AbortSignal,
  onProgress?: (progress: RunProgress) => void,
): Promise<{ solution: Solution; planned: Planned }> {
  const planned = plan(request);
  const { network, options, to, notes } = planned;
  const save = gridOf(network, request.logTime, to, notes);
  let told = performance.now();
  const solution = await simulate(network, {
    ...options,
    ...(save && { save }),
    kernels,
    maxSteps: MOST_STEPS,
    signal,
    onProgress: (progress) => {
      const now = performance.now();
      if (now - told < 50) return;
      told = now;
      onProgress?.(progress);
    },
  });
  return { solution, planned };
}

export async function runJob(
  request: RunRequest,
  signal: AbortSignal,
  onProgress: (progress: RunProgress) => void,
): Promise<RunResult> {
  const began = performance.now();
  let to = request.settings.to ?? DEFAULT_TO;
  const ended = (
    solution: Solution | undefined,
    network: Network | undefined,
    failure?: Failure,
  ): RunResult => ({
    milliseconds: performance.now() - began,
    rows: solution?.times.length ?? 0,
    to,
    notes: [],
    ...(failure && { failure }),
    ...(solution && network && { curves: curvesOf(solution, network, request, to), stats: solution.stats }),
  });
  let network: Network | undefined;
  try {
    const found = plan(request);
    ({ network, to } = found);
    const { solution, planned } = await solved(request, signal, onProgress);
    const { milliseconds, ...result } = ended(solution, network);
    last = { key: keyOf(request), solution };
    const facts = factsOf(request, network, planned.options);
    return { ...result, milliseconds, notes: planned.notes, ...(facts && { facts }) };
  } catch (error) {
    if (!(error instanceof SolveFailure)) return ended(undefined, network, failureOf(error));
    const { partial } = error;
    // A picture needs two rows.
    const shown = partial && partial.times.length > 1 ? partial : undefined;
    const result = ended(shown, network, failureOf(error));
    return { ...result, ...(partial && { stats: partial.stats }) };
  }
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof SolveFailure)) {
    return { code: 'options', message: error instanceof Error ? error.message : String(error) };
  }
  const { code, hint, time, species } = error;
  return { code, message: failures[code], hint, time, ...(species !== undefined && { species }) };
}

const failures: Record<SolveFailure['code'], string> = {
  blowUp: 'A concentration grows beyond all bounds',
  negative: 'A concentration would become negative',
  singular: 'The equations of a step cannot be solved',
  stepLimit: 'The run took too many steps',
  timeLimit: 'The time allowed is over',
  cancelled: 'Stopped',
};

/** The lines to draw: those asked for and those that change most. */
function curvesOf(solution: Solution, network: Network, request: RunRequest, to: number): Curves {
  const { species } = solution;
  const change = new Map<string, number>();
  const names: string[] = [];
  if (species.length <= MOST_LINES) names.push(...species);
  else {
    for (const name of species) {
      const column = solution.column(name);
      let [least, largest] = [Infinity, -Infinity];
      for (const value of column) {
        if (value < least) least = value;
        if (value > largest) largest = value;
      }
      change.set(name, largest - least);
    }
    const sorted = [...species].sort((a, b) => change.get(b)! - change.get(a)!);
    const chosen = new Set(
      [...request.wanted.filter((name) => change.has(name)), ...sorted].slice(0, MOST_LINES),
    );
    names.push(...species.filter((name) => chosen.has(name)));
  }
  const columns = names.map((name) => solution.column(name));
  const rows = visibleRows(solution.times, columns, { most: request.most, logTime: request.logTime });
  return {
    times: Float64Array.from(rows, (i) => solution.times[i]),
    names,
    columns: columns.map((column) => Float64Array.from(rows, (i) => column[i])),
    others: species.length - names.length,
    spans: spansOf(network, to),
  };
}

const MOST_SPANS = 120;

/** When phases run, where durations alone decide it. */
function spansOf(network: Network, to: number): Span[] {
  const { phases } = network;
  if (phases.length < 2 || phases.some(({ when }) => when !== undefined)) return [];
  const values = parameterValues(network);
  const lengths = phases.map(({ duration }) => evaluateExpression(duration, values));
  const round = lengths.reduce((sum, length) => sum + length, 0);
  if (!(round > 0) || (to / round) * phases.length > MOST_SPANS) return [];
  const spans: Span[] = [];
  for (let k = 0, from = 0; from < to && spans.length < MOST_SPANS; k++) {
    const end = Math.min(to, from + lengths[k % phases.length]);
    spans.push({ name: phases[k % phases.length].name, from, to: end });
    from = end;
  }
  return spans;
}

let explained: { key: string; facts: Facts | undefined } | undefined;

/** What compiling made of the network, which stays the same while sliders move. */
function factsOf(request: RunRequest, network: Network, options: SimulateOptions): Facts | undefined {
  if (network.species.length > MOST_EXPLAINED) return undefined;
  const key = JSON.stringify([request.text, request.settings]);
  if (explained?.key === key) return explained.facts;
  let facts: Facts | undefined;
  try {
    const { to: _, ...compiled } = options;
    const { phases } = explainCompile(network, compiled);
    const largest = phases.reduce((a, b) => (b.unknowns > a.unknowns ? b : a));
    facts = {
      method: largest.method.name,
      why: largest.method.why,
      ...(largest.other && { other: largest.other.name }),
      unknowns: largest.unknowns,
      dropped: largest.dropped.length,
      fill: largest.fill,
    };
  } catch {
    // What cannot be explained has been run all the same.
  }
  explained = { key, facts };
  return facts;
}

/** All rows of a run as text; the last run is still there, another is run again. */
export async function exportJob(
  request: RunRequest,
  format: 'csv' | 'json',
  signal: AbortSignal,
): Promise<{ text: string }> {
  const kept = last?.key === keyOf(request) ? last.solution : undefined;
  let solution = kept;
  try {
    solution ??= (await solved(request, signal)).solution;
  } catch (error) {
    if (!(error instanceof SolveFailure) || !error.partial) throw error;
    solution = error.partial;
  }
  if (format === 'csv') return { text: solution.toCSV() };
  const { species, times, status, stats } = solution;
  const concentrations = Array.from(times, (_, i) => Array.from(solution.row(i)));
  return { text: JSON.stringify({ species, times: Array.from(times), concentrations, status, stats }) };
}
