import type { Command } from 'commander';
import type { Issue, Network } from '../network/model.js';
import { InvalidInput, refusing } from './failures.js';
import { nameOf, readNetwork } from './input.js';
import { formatIssues } from './issues.js';
import { plural } from './numbers.js';
import { commonOptions } from './options.js';
import { deliver, prepareTargets } from './output.js';
import { openTerminal, type TerminalFlags } from './terminal.js';

const io = () => import('../io/index.js');

interface ConvertFlags extends TerminalFlags {
  from?: string;
  to?: string;
  name?: string;
  allowLoss?: boolean;
}

export function addConvert(program: Command): void {
  const command = program
    .command('convert')
    .summary('write a network in another format')
    .description(
      'Reads a network in one format and writes it in another. Extensions tell the formats, or --from and --to. What ' +
        'the other format cannot say is named; where a run of it would be another, nothing is written without ' +
        '--allow-loss.',
    )
    .argument('<in>', 'a network, or - for standard input')
    .argument('<out>', 'where to write it, or - for standard output (with --to)')
    .option('--from <FORMAT>', 'format of <in>: crn, json, net, …')
    .option('--to <FORMAT>', 'format of <out>')
    .option('--name <NAME>', "the model's name (default: that of <out>, without its extension)")
    .option('--allow-loss', 'write what there is, though a run of it will be another')
    .addHelpText(
      'after',
      '\nFormats, read (r) or written (w):\n' +
        '  crn r w       neural-crn text (.crn)          dsd r w       Visual DSD, CRN engine (.dsd, .crn)\n' +
        '  json r w      JSON by the published schema    nuskell r w   Nuskell, crnsimulator (.crn)\n' +
        '  net r w       BioNetGen .net                  list r        A + B -> C, k (.txt)\n' +
        '  sbml r w      SBML (.xml, .sbml)              crnpp r       CRN++ programs (.crnpp, .m)\n' +
        '  antimony r w  Antimony (.ant)                 octave w      MATLAB/Octave (.m)\n' +
        '  latex w       LaTeX (.tex)                    python w      Python with SciPy (.py)\n' +
        '                                                catalyst w    Catalyst.jl (.jl)\n' +
        '\nExamples:\n  neural-crn convert model.net model.crn\n  neural-crn convert model.crn model.py\n' +
        '  neural-crn convert program.crnpp - --to json\n',
    );
  commonOptions(command).action(run);
}

async function run(file: string, out: string, flags: ConvertFlags): Promise<void> {
  const terminal = openTerminal(flags);
  const { ExportError, formatNamed, writerFor } = await io();
  const format = await refusing(() => {
    if (flags.to !== undefined) return formatNamed(flags.to, 'write');
    if (out === '-') throw new InvalidInput('standard output has no name: --to must tell the format');
    return writerFor(out);
  });
  prepareTargets({ '<out>': out });
  const { network } = await readNetwork(file, terminal, flags.from);
  const name = flags.name ?? (out === '-' ? baseName(nameOf(file)) : baseName(out));
  const issues: Issue[] = [];
  let text: string;
  try {
    const { allowLoss = false } = flags;
    text = format.write!(network, { name, allowLoss, warn: (issue) => issues.push(issue) });
  } catch (error) {
    if (!(error instanceof ExportError)) throw error;
    terminal.complain(formatIssues(nameOf(file), '', error.issues, terminal.paint));
    throw new InvalidInput(
      `${out === '-' ? 'nothing' : out} is not written: ${format.title} cannot say all of this network`,
      '--allow-loss writes what it can say, and lists what is left out in comments',
    );
  }
  if (issues.length > 0)
    terminal.say(formatIssues(out === '-' ? '<stdout>' : out, '', issues, terminal.paint));
  await deliver(out, terminal, () => text, `${format.title}, ${counts(network)}`);
}

const counts = ({ species, reactions }: Network): string =>
  `${plural(species.length, 'species', 'species')}, ${plural(reactions.length, 'reaction')}`;

/** A file's name without folders and extension. */
function baseName(file: string): string {
  const name = file.replace(/^.*[\\/]/, '').replace(/(.)\.[^.]*$/, '$1');
  return /^[<-]/.test(name) || name === '' ? 'network' : name;
}
