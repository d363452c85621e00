import type { Command } from 'commander';
import type { Issue, Network } from '../network/model.js';
import { InvalidInput, refusing } from './failures.js';
import { addExamples } from './help.js';
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

const formats = `
Formats, read (r) or written (w):
  crn r w       neural-crn text (.crn)
  json r w      JSON by the published schema
  sbml r w      SBML (.xml, .sbml)
  antimony r w  Antimony (.ant)
  net r w       BioNetGen (.net)
  dsd r w       Visual DSD, CRN engine (.dsd, .crn)
  nuskell r w   Nuskell, crnsimulator (.crn)
  list r        A + B -> C, k (.txt)
  crnpp r       CRN++ programs (.crnpp, .m)
  catalyst w    Catalyst.jl (.jl)
  octave w      MATLAB/Octave (.m)
  python w      Python with SciPy (.py)
  latex w       LaTeX (.tex)`;

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
    .option('--allow-loss', 'write what there is, though a run of it will be another');
  command.addHelpText('after', formats);
  addExamples(
    command,
    'convert model.net model.crn',
    'convert model.crn model.py',
    'convert program.crnpp - --to json',
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
      `${out === '-' ? 'nothing is written' : `${out} is not written`}: ${format.title} cannot say all of this network`,
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
