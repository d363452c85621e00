import { type EngineContest, rivalEngines } from '../measure/engines.js';
import { type KernelTimes, kernelCalls } from '../measure/kernels.js';
import type { LuTimes } from '../measure/native-lu.js';
import { inProcesses } from '../processes.js';
import { count, number, time } from '../report/format.js';
import type { Table } from '../report/table.js';
import { geometricMean, median } from '../statistics.js';
import { orAbsent } from './or-absent.js';
import type { Run, Suite } from './suite.js';

const CALLED = ['robertson_1e5', 'pollu', 'neural_30', 'bruss1d_40', 'bcr'];
/** Problems of which the factors are interpreted, whatever the kernels: too large for generated ones. */
const FACTORED = ['bcr'];
/** Time of our LU over the same in C. */
const GOAL = 1.1;
const CONTESTS = ['robertson_1e5', 'pollu', 'neural_3', 'two-phase example'];

/** The same measurement of several things; what is absent is a note. */
async function each<T>(
  names: readonly string[],
  measure: (name: string) => Promise<T>,
): Promise<{ found: [string, T][]; notes: string[] }> {
  const found: [string, T][] = [];
  const notes: string[] = [];
  for (const name of names) {
    const answer = await orAbsent(() => measure(name));
    if (typeof answer === 'string') notes.push(`${name} was left out: ${answer}`);
    else found.push([name, answer]);
  }
  return { found, notes };
}

function callsTable(found: [string, KernelTimes[]][]): Table {
  return {
    title: 'Calls of the kernel: WebAssembly, and how many times longer JavaScript takes',
    head: ['problem', 'unknowns', 'entries of L + U', ...kernelCalls],
    rows: found.map(([problem, times]) => [
      problem,
      count(times[0].unknowns),
      count(times[0].fill),
      ...kernelCalls.map((call) => {
        const wasm = median(times.map(({ calls }) => calls[call].wasm));
        const ratio = median(times.map(({ calls }) => calls[call].js / calls[call].wasm));
        return `${time(wasm)}, ${number(ratio)}×`;
      }),
    ]),
  };
}

function enginesTable(found: [string, EngineContest[]][]): Table {
  const has = (engine: (typeof rivalEngines)[number]) => (contest: EngineContest) =>
    contest.micros[engine] !== undefined;
  const ratio = (contests: EngineContest[], engine: 'generated' | 'interpreted') => {
    const told = contests.filter(has(engine));
    if (told.length === 0) return null;
    return median(told.map(({ micros }) => micros['JS engine']! / micros[engine]!));
  };
  const means = (['generated', 'interpreted'] as const).map((engine) => {
    const ratios = found.flatMap(([, contests]) => ratio(contests, engine) ?? []);
    return ratios.length === 0 ? '–' : number(geometricMean(ratios));
  });
  return {
    title: 'Whole runs at rtol 1e-6: generated and interpreted WebAssembly and plain JavaScript, in turns',
    head: ['run', ...rivalEngines, 'JS / generated', 'JS / interpreted', 'digits'],
    rows: [
      ...found.map(([name, contests]) => [
        name,
        ...rivalEngines.map((engine) => {
          const told = contests.filter(has(engine));
          return told.length === 0 ? '–' : time(median(told.map(({ micros }) => micros[engine]!)));
        }),
        ...(['generated', 'interpreted'] as const).map((engine) => {
          const found = ratio(contests, engine);
          return found === null ? '–' : number(found);
        }),
        contests[0].digits?.toFixed(1) ?? '–',
      ]),
      ['geometric mean', '', '', '', ...means, ''],
    ],
  };
}

type Factored = [string, { wasm: LuTimes; native: LuTimes }[]][];

function nativeRatio(times: Factored[number][1], call: keyof LuTimes): number {
  return median(times.map(({ wasm, native }) => wasm[call] / native[call]));
}

function nativeTable(found: Factored): Table {
  return {
    title: 'The same LU in C (`-O3 -march=native`), and how many times longer WebAssembly takes',
    head: ['problem', 'factor', 'solve'],
    rows: found.map(([problem, times]) => [
      problem,
      ...(['factor', 'solve'] as const).map(
        (call) =>
          `${time(median(times.map(({ native }) => native[call])))}, ${number(nativeRatio(times, call))}×`,
      ),
    ]),
  };
}

/** The same sources as WebAssembly and as JavaScript: single calls and whole runs. */
export const kernels: Suite = async ({ effort, problems, say }: Run) => {
  const asked = (names: readonly string[]) =>
    names.filter((name) => name === 'two-phase example' || problems.includes(name));
  const calls = await each(asked(CALLED), (problem) => {
    say(`kernel calls of ${problem}`);
    return inProcesses(effort.processes, 'kernels', { problem, effort });
  });
  const engines = await each(asked(CONTESTS), (contest) => {
    say(`engines on ${contest}`);
    return inProcesses(effort.processes, 'engines', { contest, effort });
  });
  const factored = await each(asked(FACTORED), (problem) => {
    say(`LU of ${problem} in C`);
    return inProcesses(effort.processes, 'nativeLu', { problem, effort });
  });
  return {
    title: 'Kernels',
    intro: 'The same sources as WebAssembly and as plain JavaScript, and code generated for one network.',
    tables: [
      ...(calls.found.length > 0 ? [callsTable(calls.found)] : []),
      ...(factored.found.length > 0 ? [nativeTable(factored.found)] : []),
      ...(engines.found.length > 0 ? [enginesTable(engines.found)] : []),
    ],
    targets: factored.found.map(([problem, times]) => {
      const ratio = nativeRatio(times, 'factor');
      return {
        what: `${problem}: factorisation / the same in C`,
        reach: `≤ ${GOAL}`,
        found: number(ratio),
        met: ratio <= GOAL,
      };
    }),
    notes: [...calls.notes, ...factored.notes, ...engines.notes],
    figures: [],
    data: {
      calls: Object.fromEntries(calls.found),
      factored: Object.fromEntries(factored.found),
      engines: Object.fromEntries(engines.found),
    },
  };
};
