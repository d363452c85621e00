/** The benchmarks: `npm run bench [-- suite …]`. Progress on standard error, the report on standard output. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import { figureToSvg } from '../src/plot/node.js';
import { parseRequest, type Request } from './command.js';
import type { Effort } from './effort.js';
import { thisMachine } from './machine.js';
import { rememberedRaces } from './race/repeated.js';
import { markdownReport } from './report/markdown.js';
import type { SuiteResult } from './report/result.js';
import { suites } from './suites/index.js';

const { suites: wanted, problems, effort, out, json } = requestOrExit();
const machine = thisMachine();
const began = performance.now();
const say = (line: string): void => {
  process.stderr.write(`${((performance.now() - began) / 1000).toFixed(0).padStart(5)} s  ${line}\n`);
};

const races = rememberedRaces(effort, say);
const results: Record<string, SuiteResult> = {};
for (const name of wanted) {
  try {
    results[name] = await suites[name]({ effort, problems, say, races });
  } catch (error) {
    // The others are still worth their hours.
    say(`suite ${name} failed: ${error instanceof Error ? error.stack : error}`);
    process.exitCode = 1;
  }
  if (out !== null) write(out);
}
process.stdout.write(json ? `${asJson()}\n` : markdown());

function markdown(): string {
  return markdownReport(machine, howText(effort), Object.values(results), (name) =>
    out === null ? null : `${name}.svg`,
  );
}

function asJson(): string {
  return JSON.stringify({ machine, effort, results }, null, 1);
}

/** After every suite, so that a run that is broken off leaves what it has. */
function write(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'bench.md'), markdown());
  writeFileSync(join(folder, 'bench.json'), `${asJson()}\n`);
  for (const { figures } of Object.values(results)) {
    for (const { name, figure } of figures) writeFileSync(join(folder, `${name}.svg`), figureToSvg(figure));
  }
}

/** Help and mistakes have been printed when they come here. */
function requestOrExit(): Request {
  try {
    return parseRequest(process.argv.slice(2));
  } catch (error) {
    if (error instanceof CommanderError) process.exit(error.exitCode);
    throw error;
  }
}

function howText({ quick, milliseconds, processes, seconds }: Effort): string {
  if (quick) return '**A quick run: it shows that everything runs, and its figures mean nothing.**';
  return (
    `Medians of about ${milliseconds} ms of calls, comparisons over ${processes} processes, ` +
    `solves given up after ${seconds} s.`
  );
}
