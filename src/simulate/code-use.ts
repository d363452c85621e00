import type { CompiledProblem } from '../compile/compile.js';
import type { CodeTable } from '../engine/code-table.js';
import type { Engine } from '../engine/types.js';
import {
  type KernelChoice,
  type KernelUse,
  kernelsFor,
  noteAttempts,
  refusedKernels,
} from '../kernels/generated.js';
import type { Placed } from './placed.js';
import type { Settings } from './settings.js';

/** Which kernels a vessel's stretches run by: its own generated ones, those of two runs, or the interpreted ones. */
export class CodeUse {
  /** Whether the stretch last went on by generated kernels, its own or those of two runs. */
  generated = false;
  /** Attempts of the present stretch that have been noted. */
  private noted = 0;

  constructor(private readonly engine: Engine) {}

  /** A stretch begins. */
  begin(): void {
    this.generated = false;
    this.noted = 0;
  }

  /** First place of a problem's generated kernels in the engine's table; 0 while interpreted ones are to be used. */
  placeOf(placed: Placed, { kernels }: Settings, lanes: 1 | 2): number {
    const known = placed.code[lanes - 1];
    if (known !== 0) return known;
    const { problem, choice } = placed;
    const code = this.tableFor(problem, kernels);
    if (code === undefined || kernels === 'interpreted') return 0;
    const functions = kernelsFor(code, problem, choice.shape, kernels, lanes);
    if (functions === undefined) return 0;
    const place = code.placeOf(functions);
    placed.code[lanes - 1] = place;
    return place;
  }

  /** Notes the attempts since the last note, where they were those of interpreted kernels. */
  note(placed: Placed, settings: Settings, attempts: number, lanes: 1 | 2): void {
    const { problem, choice } = placed;
    if (this.tableFor(problem, settings.kernels) === undefined) return;
    if (!this.generated) noteAttempts(problem, choice.shape, attempts - this.noted, lanes);
    this.noted = attempts;
  }

  /** What a stretch of a problem has ended with. */
  of(placed: Placed, settings: Settings): KernelUse {
    if (this.generated) return { kind: 'generated', note: undefined };
    const { problem, choice } = placed;
    const none = this.tableFor(problem, settings.kernels) === undefined;
    return { kind: 'interpreted', note: none ? undefined : refusedKernels(problem, choice.shape) };
  }

  /** Where generated kernels of a problem are put, if it may have any: they would not compute what is eliminated. */
  private tableFor({ eliminated }: CompiledProblem, kernels: KernelChoice): CodeTable | undefined {
    return kernels === 'interpreted' || eliminated.length > 0 ? undefined : this.engine.code;
  }
}
