import { rm } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { withSample } from '../circuits/index.js';
import {
  type Checkpoint,
  encodeLabel,
  modelNetwork,
  saveModel,
  scaleInputs,
  type TrainingResult,
} from '../learning/index.js';
import { PLAIN } from '../learning/labels.js';
import { printNetwork } from '../network/index.js';
import { countsLine } from './describe.js';
import { writeAtomically } from './output.js';
import { writePlotPairs } from './plots.js';
import { modelComments } from './print.js';
import { interruptCode } from './signals.js';
import type { Terminal } from './terminal.js';
import { figureNames, trainingFigures } from './train-figures.js';
import { reportOf, type TrainingOutcome } from './train-outcome.js';
import type { RunRecord } from './train-plan.js';

/** A checkpoint that took this long to write … (milliseconds) */
const EXPENSIVE = 50;
/** … is written again only after this many times as long. */
const SPACING = 10;

/** The folder that `train` fills. */
export class RunFolder {
  /** Names of the files written so far. */
  readonly files = new Set<string>();
  private nextCheckpoint = 0;

  constructor(
    readonly path: string,
    private readonly record: RunRecord,
  ) {}

  /** Writes after every epoch, unless that would cost more than a tenth of the time; `always` writes in any case. */
  async writeCheckpoint(checkpoint: Checkpoint, always = false): Promise<void> {
    const began = performance.now();
    if (!always && began < this.nextCheckpoint) return;
    await this.write('checkpoint.json', JSON.stringify({ ...checkpoint, command: this.record }));
    const now = performance.now();
    this.nextCheckpoint = now - began < EXPENSIVE ? 0 : now + SPACING * (now - began);
  }

  async writeResults(outcome: TrainingOutcome): Promise<void> {
    const { result } = outcome;
    if (result === undefined) return;
    // Plots of an earlier run in this folder would be taken for those of this one.
    for (const name of figureNames) {
      for (const ending of ['.svg', '.png']) await rm(join(this.path, name + ending), { force: true });
    }
    await this.write('report.json', JSON.stringify(reportOf(outcome, result.task), null, 2));
    await this.write('model.json', saveModel(result.model));
    await this.write('network.crn', networkText(result));
  }

  async writePlots(result: TrainingResult, terminal: Terminal): Promise<void> {
    const figures = trainingFigures(result).map(
      ([name, make]) => [join(this.path, name), make] as [string, typeof make],
    );
    for (const path of await writePlotPairs(figures, terminal, () => interruptCode() !== undefined)) {
      this.files.add(basename(path));
    }
  }

  private async write(name: string, text: string): Promise<void> {
    await writeAtomically(join(this.path, name), text.endsWith('\n') ? text : `${text}\n`);
    this.files.add(name);
  }
}

/** The trained circuit as text, with the first validation example dosed, so that `simulate` shows both phases. */
function networkText({ circuit, model, task }: TrainingResult): string {
  const { validation, scaling, labels = PLAIN } = task;
  const trained = { ...circuit, network: modelNetwork(model) };
  const network = withSample(
    trained,
    scaleInputs(scaling, validation.inputs[0]),
    encodeLabel(labels, scaling, validation.targets[0]),
  );
  const note =
    '# Dosed with the first validation example: `neural-crn simulate` runs it through both phases.\n';
  return note + modelComments(model, countsLine(circuit.counts)) + printNetwork(network);
}

/** A word as the shell wants it. */
export const quoted = (word: string): string =>
  /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** The command that continues a run, as it can be pasted into a shell. */
export function resumeCommand(what: string, out: string): string {
  return `${thisCommand()} train ${quoted(what)} --out ${quoted(out)} --resume`;
}

/** How this command was called. */
export function thisCommand(): string {
  const script = process.argv[1] ?? '';
  // npm start, npm run and npx set npm_command; an installed command is called by its bare name.
  if (process.env.npm_command !== undefined) return 'npx neural-crn';
  return script.endsWith('.js') ? `node ${quoted(relative('', script))}` : 'neural-crn';
}
