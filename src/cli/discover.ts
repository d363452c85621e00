import type { Command } from 'commander';
import { type DiscoverProgress, type Discovery, discover, discoveryData } from '../discover/index.js';
import { parseCsv } from '../learning/index.js';
import { printNetwork } from '../network/index.js';
import { SolveFailure } from '../simulate/failure.js';
import { type DelimiterFlag, delimiterOf, delimiterOption } from './csv.js';
import { Ended, exitCodes, InvalidFile, InvalidInput, refusing } from './failures.js';
import { writeFound } from './found-folder.js';
import { addExamples } from './help.js';
import { nameOf, reading, readText } from './input.js';
import { plural, seconds, short } from './numbers.js';
import { commonOptions, defined, namesOption, numberOption } from './options.js';
import { deliver, prepareFolder, prepareTargets } from './output.js';
import { startProgress } from './progress.js';
import { interruptCode, interruptible } from './signals.js';
import { facts, table } from './tables.js';
import { openTerminal, type Terminal, type TerminalFlags } from './terminal.js';

interface DiscoverFlags extends TerminalFlags {
  species?: string[];
  reactions: number;
  starts?: number;
  seed?: number;
  delimiter?: DelimiterFlag;
  out?: string;
  json?: string;
}

export function addDiscover(program: Command): void {
  const command = program
    .command('discover')
    .summary('learn reactions from measured concentrations')
    .description(
      'Learns reactions and their rate constants from measured concentrations of all species, after the chemical ' +
        'reaction neural network of Ji and Deng: by a digital trainer, which gives mass action. The table has a ' +
        'column time and one for each species; experiment tells runs apart, init:SPECIES has their starts (else ' +
        'what was measured at time 0).',
    )
    .argument('<data>', 'a CSV file of measurements, or - for standard input')
    .optionsGroup('Search:')
    .addOption(namesOption('--species <S,…>', 'columns that are species (default: all)'))
    .addOption(
      numberOption('--reactions <N>', 'reactions to learn; those that explain nothing are pruned', {
        atLeast: 1,
        whole: true,
      }).makeOptionMandatory(),
    )
    .addOption(
      numberOption('--starts <N>', 'random starts at most (default: 40)', { atLeast: 1, whole: true }),
    )
    .addOption(numberOption('--seed <N>', 'of the starts (default: 0)', { atLeast: 0, whole: true }))
    .addOption(delimiterOption())
    .optionsGroup('Output:')
    .option('--out <DIR>', 'a folder for network.crn, report.json and courses.svg')
    .option('--json <FILE>', 'the report as JSON; - for standard output');
  addExamples(
    command,
    'discover courses.csv --reactions 4 --out out/found',
    'discover courses.csv --species A,B,C --reactions 3 --json -',
  );
  commonOptions(command).action(run);
}

async function run(file: string, flags: DiscoverFlags): Promise<void> {
  const terminal = openTerminal(flags);
  const { out, json, reactions, starts, seed } = flags;
  prepareTargets({ '--json': json });
  if (out !== undefined) prepareFolder('--out', out);
  const text = await readText(file);
  const name = nameOf(file);
  const { species, experiments } = reading(file, () =>
    discoveryData(parseCsv(text, { delimiter: delimiterOf(flags.delimiter), header: true }), flags.species),
  );
  const began = performance.now();
  let found: Discovery | undefined;
  await interruptible(async (signal) => {
    const bar = startProgress(terminal, 'discovering', 1);
    const onProgress = ({ stage, fraction, error }: DiscoverProgress) =>
      bar.update(fraction, `${stage}, error ${short(error, 3)}`);
    try {
      found = await refusing(
        () => discover(experiments, { species, reactions, ...defined({ starts, seed }), signal, onProgress }),
        (message) => `${name}: ${message}`,
      );
    } catch (error) {
      if (error instanceof InvalidInput) throw InvalidFile.of(name, error.message.replace(`${name}: `, ''));
      if (!(error instanceof SolveFailure && error.code === 'cancelled')) throw error;
      terminal.complain('interrupted before anything was found; nothing has been written');
      throw new Ended(interruptCode() ?? exitCodes.interrupted);
    } finally {
      bar.stop();
    }
  });
  if (found === undefined) return;
  const { network, ...rest } = found;
  const report = { ...rest, network: printNetwork(network) };
  if (out !== undefined) {
    await writeFound(
      terminal,
      out,
      { network, experiments, report },
      {
        title: `Reactions learned from ${name}`,
        words: 'Lines: the network that was found; points: measurements.',
      },
    );
  }
  await deliver(json, terminal, () => JSON.stringify(report), plural(found.reactions.length, 'reaction'));
  if (json !== '-') terminal.print(discoveryText(terminal, name, found));
  if (found.reason === 'cancelled') {
    terminal.complain('interrupted: the best so far has been kept');
    throw new Ended(interruptCode() ?? exitCodes.interrupted);
  }
  if (!found.agreed) {
    terminal.complain(
      'warning: the starts did not come to the same reactions, or rounding cost much: these may be the wrong ones',
    );
  }
  terminal.say(seconds(performance.now() - began));
}

function discoveryText(terminal: Terminal, name: string, found: Discovery): string {
  const { reactions, measurements, error, unroundedError, pruned, finalists } = found;
  const rows = reactions.map(({ reaction, constant, standardError, interval }) => [
    reaction,
    terminal.ink.bold(short(constant)),
    standardError === undefined ? '–' : short(standardError, 3),
    interval === undefined ? '–' : interval.map((end) => short(end, 4)).join(' to '),
  ]);
  const same = finalists.filter(({ isSame }) => isSame).length;
  const percent = (part: number) => (Number.isNaN(part) ? 'not known' : `${short(100 * part, 3)} %`);
  const entries: [string, string][] = [
    ['error', `${percent(error)} of each species' range; ${percent(unroundedError)} before rounding`],
    ['pruned', plural(pruned, 'reaction')],
    ['agreed', `${same} of ${plural(finalists.length, 'training')} came to these reactions`],
  ];
  const title = `${name}: ${plural(reactions.length, 'reaction')} from ${plural(measurements, 'measurement')}`;
  const head = ['reaction', 'constant', 'std. error', '95 % interval'];
  return `\n${terminal.ink.bold(title)}\n\n${table(terminal, head, rows)}\n\n${facts(terminal, entries)}\n`;
}
