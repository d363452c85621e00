import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import {
  candidateReactions,
  type Design,
  type DesignOptions,
  type DesignProgress,
  design,
  designTarget,
  designTargets,
} from '../discover/index.js';
import { type Experiment, experimentsOf } from '../fit/index.js';
import { parseCsv } from '../learning/index.js';
import { printNetwork } from '../network/index.js';
import type { Network } from '../network/model.js';
import { suggest } from '../network/nearest.js';
import { type DelimiterFlag, delimiterOf, delimiterOption } from './csv.js';
import { Ended, exitCodes, InvalidInput, refusing } from './failures.js';
import { writeFound } from './found-folder.js';
import { addExamples } from './help.js';
import { nameOf, reading, readNetwork, readText } from './input.js';
import { plural, seconds, short } from './numbers.js';
import { commonOptions, defined, namesOption, numberOption } from './options.js';
import { deliver, prepareFolder, prepareTargets } from './output.js';
import { startProgress } from './progress.js';
import { interruptCode, interruptible } from './signals.js';
import { facts, table } from './tables.js';
import { openTerminal, type Terminal, type TerminalFlags } from './terminal.js';

interface DesignFlags extends TerminalFlags {
  species?: string[];
  inflow?: boolean;
  outflow?: boolean;
  candidates?: string;
  sparsity?: number;
  tolerance?: number;
  steps?: number;
  rate?: number;
  most?: number;
  starts?: number;
  seed?: number;
  to?: number;
  delimiter?: DelimiterFlag;
  out?: string;
  json?: string;
}

export function addDesign(program: Command): void {
  const command = program
    .command('design')
    .summary('find a network that does what a table asks for')
    .description(
      'Chooses among candidate reactions and trains their rate constants by gradients, after the differentiable ' +
        'programming of Mordvintsev, Randazzo and Niklasson: by a digital trainer, which gives chemistry. The ' +
        `target is ${designTargets.join(', ')}, or a table as fit takes it: what each species is to be, and when.`,
    )
    .argument('<target>', 'a target that is ready, or a CSV file; - for standard input')
    .optionsGroup('Candidates (of a table):')
    .addOption(namesOption('--species <S,…>', 'all reactions of two molecules at most among these'))
    .option('--inflow', 'inflow of every species too')
    .option('--outflow', 'outflow of every species too')
    .option('--candidates <FILE>', 'a network whose reactions are the candidates')
    .optionsGroup('Training:');
  const positive = { above: 0 };
  const whole = { atLeast: 1, whole: true };
  command
    .addOption(numberOption('--tolerance <E>', 'error that is good enough (default: 0.02)', positive))
    .addOption(
      numberOption('--sparsity <L>', 'weight of the sum of constants (default: 3e-4)', { atLeast: 0 }),
    )
    .addOption(numberOption('--steps <N>', 'steps of training from a start (default: 600)', whole))
    .addOption(numberOption('--rate <R>', 'of ln k in a step, about (default: 0.05)', positive))
    .addOption(numberOption('--most <K>', 'greatest rate constant (default: 10)', positive))
    .addOption(
      numberOption('--starts <N>', 'random starts, the best counts (default: 1, ready ones 3)', whole),
    )
    .addOption(numberOption('--seed <N>', 'of the first start (default: 0)', { atLeast: 0, whole: true }))
    .addOption(delimiterOption())
    .optionsGroup('Output:')
    .option('--out <DIR>', 'a folder for network.crn, report.json and courses.svg')
    .addOption(
      numberOption('--to <T>', 'how long the figure goes on (default: as long as the target)', positive),
    )
    .option('--json <FILE>', 'the report as JSON; - for standard output');
  addExamples(
    command,
    'design oscillator --out out/oscillator --to 100',
    'design wanted.csv --species A,B,C --outflow --tolerance 0.05 --json -',
  );
  commonOptions(command).action(run);
}

interface Task {
  title: string;
  candidates: Network;
  wanted: Experiment[];
  options: DesignOptions;
}

async function run(target: string, flags: DesignFlags): Promise<void> {
  const terminal = openTerminal(flags);
  const { out, json, sparsity, tolerance, steps, rate, most, starts, seed } = flags;
  prepareTargets({ '--json': json });
  if (out !== undefined) prepareFolder('--out', out);
  const { title, candidates, wanted, options } = await taskOf(target, flags, terminal);
  const began = performance.now();
  const found = await interruptible(async (signal) => {
    const bar = startProgress(terminal, 'designing', 1);
    const onProgress = (progress: DesignProgress) =>
      bar.update(
        progress.fraction,
        `start ${progress.start} of ${progress.starts}, ${progress.stage}, error ${short(progress.error, 3)}`,
      );
    try {
      return await refusing(
        () =>
          design(candidates, wanted, {
            ...options,
            ...defined({ sparsity, tolerance, steps, rate, most, starts, seed }),
            signal,
            onProgress,
          }),
        (message) => `${nameOf(target)}: ${message}`,
      );
    } finally {
      bar.stop();
    }
  });
  const { network, ...rest } = found;
  const report = { target: title, ...rest, network: printNetwork(network) };
  if (out !== undefined) {
    await writeFound(
      terminal,
      out,
      { network, experiments: wanted, report },
      {
        title,
        words: 'Lines: the network that was found; points: what was asked for.',
        ...defined({ to: flags.to }),
      },
    );
  }
  await deliver(json, terminal, () => JSON.stringify(report), plural(found.reactions.length, 'reaction'));
  if (json !== '-') terminal.print(designText(terminal, title, found));
  if (found.reason === 'cancelled') {
    terminal.complain('interrupted: the best so far has been kept');
    throw new Ended(interruptCode() ?? exitCodes.interrupted);
  }
  terminal.say(seconds(performance.now() - began));
  if (found.reached) return;
  terminal.complain('the tolerance was not reached; try more --starts, --steps or species');
  throw new Ended(exitCodes.failed);
}

/** @throws InvalidInput or InvalidFile for a target that cannot be used */
async function taskOf(target: string, flags: DesignFlags, terminal: Terminal): Promise<Task> {
  const { species, inflow, outflow, candidates: file } = flags;
  if (designTargets.includes(target as (typeof designTargets)[number])) {
    const given = Object.entries({ species, inflow, outflow, candidates: file }).find(([, value]) => value);
    if (given !== undefined) {
      throw new InvalidInput(`--${given[0]} is for tables: ${target} has candidates of its own`);
    }
    return designTarget(target);
  }
  if (target !== '-' && !/[./\\]/.test(target) && !existsSync(target)) {
    throw new InvalidInput(
      `there is no target or file ${JSON.stringify(target)}`,
      suggest(target, designTargets, `targets that are ready are ${designTargets.join(', ')}`),
    );
  }
  if ((species === undefined) === (file === undefined)) {
    throw new InvalidInput('a table needs --species or --candidates, one of the two');
  }
  if (file !== undefined && (inflow || outflow)) {
    throw new InvalidInput(`--${inflow ? 'inflow' : 'outflow'} goes with --species, not with --candidates`);
  }
  const candidates =
    file !== undefined
      ? (await readNetwork(file, terminal)).network
      : await refusing(
          () =>
            candidateReactions({
              species: species ?? [],
              inflow: inflow === true,
              outflow: outflow === true,
            }),
          (message) => message.replace(/^species /, '--species '),
        );
  const text = await readText(target);
  const table = parseTable(target, text, flags.delimiter);
  const wanted = reading(target, () => experimentsOf(candidates, table));
  return { title: nameOf(target), candidates, wanted, options: {} };
}

const parseTable = (file: string, text: string, delimiter: DelimiterFlag | undefined) =>
  reading(file, () => parseCsv(text, { delimiter: delimiterOf(delimiter), header: true }));

function designText(terminal: Terminal, title: string, found: Design): string {
  const rows = found.reactions.map(({ reaction, constant }) => [
    reaction,
    terminal.ink.bold(short(constant)),
  ]);
  const reached = found.starts.filter((start) => start.reached).length;
  const entries: [string, string][] = [
    ['error', `${short(found.error, 3)}, root mean square${found.reached ? '' : ': above the tolerance'}`],
    ['chosen', `${found.reactions.length} of ${plural(found.candidates, 'candidate reaction')}`],
    ['starts', `${reached} of ${found.starts.length} came within the tolerance`],
  ];
  return `\n${terminal.ink.bold(title)}\n\n${table(terminal, ['reaction', 'constant'], rows)}\n\n${facts(terminal, entries)}\n`;
}
