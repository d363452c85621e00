import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { checkout } from '../paths.js';
import { number } from '../report/format.js';
import { median, medianDeviation } from '../statistics.js';
import type { Suite } from './suite.js';

const run = promisify(execFile);

const PROCESSES = 15;
/** Milliseconds from the end of the import to the first answer. */
const GOAL = 15;

/** Prints milliseconds of the import, and from there to the first answer. */
const script = (engine: string) => `
  const began = performance.now();
  const { parseNetwork, simulate } = await import('neural-crn');
  const imported = performance.now();
  const { network } = parseNetwork('init A = 1 \\n A ->{0.04} B \\n 2 B ->{3e7} B + C \\n B + C ->{1e4} A + C');
  const { final } = await simulate(network, { to: 1e5, engine: '${engine}' });
  if (!(final.C > 0.98)) throw new Error('a wrong answer');
  console.log(JSON.stringify([imported - began, performance.now() - imported]));
`;

interface Start {
  imported: number[];
  answered: number[];
}

/** From nothing to the first answer, in fresh processes. */
export const startup: Suite = async ({ effort, say }) => {
  const data: Record<string, Start> = {
    wasm: { imported: [], answered: [] },
    js: { imported: [], answered: [] },
  };
  say('startup');
  for (let i = 0; i < (effort.quick ? 2 : PROCESSES); i++) {
    for (const [engine, start] of Object.entries(data)) {
      const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script(engine)], {
        cwd: checkout,
      });
      const [imported, answered] = JSON.parse(stdout) as [number, number];
      start.imported.push(imported);
      start.answered.push(answered);
    }
  }
  const text = (values: number[]) => `${number(median(values))} ± ${number(medianDeviation(values))} ms`;
  const answered = median(data.wasm.answered);
  return {
    title: 'Startup',
    intro: `Fresh Node processes (${data.wasm.imported.length} of each) that import the built package and simulate Robertson’s network: medians with their median deviation.`,
    tables: [
      {
        title: '',
        head: ['engine', 'import', 'import to first answer'],
        rows: Object.entries(data).map(([engine, start]) => [
          engine,
          text(start.imported),
          text(start.answered),
        ]),
      },
    ],
    targets: [
      {
        what: 'first answer after the import',
        reach: `≤ ${GOAL} ms`,
        found: `${number(answered)} ms`,
        met: answered <= GOAL,
      },
    ],
    notes: [],
    figures: [],
    data,
  };
};
