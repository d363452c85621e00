import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as L from '../../assembly/layout';
import { initialConcentrations, parameterValues, rateConstants } from '../../src/index.js';
import { kernelAt } from '../../test/tools/kernel-at.js';
import type { Effort } from '../effort.js';
import { nativeLu } from '../native/build.js';
import { loadProblem } from '../problems.js';
import { median } from '../statistics.js';
import { timeCalls } from '../timing.js';
import { type KernelOrder, SHIFT } from './kernels.js';

const run = promisify(execFile);
const ROUNDS = 5;

/** Microseconds a call. */
export interface LuTimes {
  factor: number;
  solve: number;
}

/** The interpreted LU in WebAssembly and the same in C, on one pattern, in turns. */
export async function timeNativeLu({
  problem: name,
  effort,
}: KernelOrder): Promise<{ wasm: LuTimes; native: LuTimes }> {
  const program = await nativeLu();
  const { network } = await loadProblem(name);
  const values = parameterValues(network);
  const kernel = await kernelAt(
    network,
    [...rateConstants(network, values)],
    [...initialConcentrations(network, values)],
  );
  const folder = mkdtempSync(join(tmpdir(), 'neural-crn-bench-'));
  try {
    const file = join(folder, 'pattern.txt');
    writeFileSync(file, patternFile(kernel.record));
    const rounds: Record<'wasm' | 'native', LuTimes>[] = [];
    for (let round = 0; round < (effort.quick ? 1 : ROUNDS); round++) {
      const wasm = await timeWasm(kernel.calls, effort);
      const { stdout } = await run(program, [file, String(effort.milliseconds)]);
      const [factor, solve] = stdout.split(' ').map(Number);
      rounds.push({ wasm, native: { factor, solve } });
    }
    const of = (side: 'wasm' | 'native'): LuTimes => ({
      factor: median(rounds.map((round) => round[side].factor)),
      solve: median(rounds.map((round) => round[side].solve)),
    });
    return { wasm: of('wasm'), native: of('native') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function timeWasm(
  calls: Record<'factor' | 'solve', (shift: number) => void>,
  effort: Effort,
): Promise<LuTimes> {
  const factor = (await timeCalls(() => calls.factor(SHIFT), effort)).micros;
  return { factor, solve: (await timeCalls(() => calls.solve(SHIFT), effort)).micros };
}

/** The pattern of a compiled problem in the text that `lu.c` reads. */
function patternFile(record: ArrayBuffer): string {
  const header = new Int32Array(record, 0, L.P_HEADER_WORDS);
  const [count, fill, segments] = [L.P_COUNT, L.P_FILL, L.P_SEGMENTS].map((word) => header[word]);
  const table = (word: number, length: number) => new Int32Array(record, header[word], length).join(' ');
  const lines = [
    `${count} ${fill} ${segments}`,
    table(L.P_LU_ROW_OFFSET, count + 1),
    table(L.P_LU_COLUMN_OFFSET, fill),
    table(L.P_LU_DIAGONAL_OFFSET, count),
  ];
  if (segments > 0) {
    lines.push(table(L.P_SEGMENT_START_OFFSET, count + 1));
    lines.push(table(L.P_SINGLE_END_OFFSET, segments), table(L.P_RUN_END_OFFSET, segments));
  }
  return `${lines.join('\n')}\n`;
}
