import type { Command } from 'commander';
import { type HebbianOptions, hebbian } from '../circuits/index.js';
import { hebbianTasks, taskSpikes, withSpikes } from '../learning/index.js';
import { type CircuitTargets, circuitFiles, circuitTargets, deliverCircuit } from './circuit-output.js';
import { refuseEarlier } from './circuit-parent.js';
import { countsLine } from './describe.js';
import { InvalidInput, refusing } from './failures.js';
import { plural, readNumbers } from './numbers.js';
import { asFlags, choiceOption, defined, numberOption, parsedOption } from './options.js';
import { openTerminal } from './terminal.js';

interface HebbianFlags
  extends CircuitTargets,
    Pick<HebbianOptions, 'channels' | 'cooperativity' | 'reversible' | 'drive' | 'spike' | 'weights'> {
  task?: keyof typeof hebbianTasks;
  seed?: number;
}

/** Adds `circuit hebbian`. */
export function addHebbian(circuit: Command): void {
  const command = circuit
    .command('hebbian')
    .summary('a spiking neuron that learns by itself (after Fil et al.)')
    .description(
      'Builds a Hebbian neuron after Fil, Dalchau and Chu (a reconstruction: the reactions are ours) and prints it as a network ' +
        'that `simulate` runs, with --task under spike trains. Its size goes to standard error.',
    )
    .optionsGroup('Circuit:')
    .addOption(
      numberOption('--channels <N>', 'input channels (default: 3)', {
        atLeast: 1,
        below: 10_001,
        whole: true,
      }),
    )
    .addOption(
      numberOption('--cooperativity <M>', 'molecules that switch the learning signal on (default: 3)', {
        atLeast: 1,
        below: 1001,
        whole: true,
      }),
    )
    .addOption(numberOption('--spike <A>', 'amount that a spike adds (default: 1)', { above: 0 }))
    .addOption(
      parsedOption('--weights <a,b,…>', 'starting weights, one a channel (default: 0)', (flag, text) =>
        readNumbers(flag, text, { atLeast: 0 }),
      ),
    )
    .option('--reversible', 'every reaction with its reverse, catalysts bind')
    .addOption(
      numberOption('--drive <KT>', 'free energy of a rung of the reversible form, in kT (default: 8)', {
        above: 0,
      }),
    )
    .optionsGroup('Spikes (default: none):')
    .addOption(choiceOption('--task <NAME>', Object.keys(hebbianTasks), 'trains for three channels', 'none'))
    .addOption(numberOption('--seed <N>', 'of the trains (default: 0)', { atLeast: 0, whole: true }));
  circuitTargets(command).action((flags: HebbianFlags) => {
    refuseEarlier(circuit, 'hebbian');
    return run(flags);
  });
}

async function run(flags: HebbianFlags): Promise<void> {
  const terminal = openTerminal(flags);
  const files = circuitFiles(flags);
  const { channels, cooperativity, reversible, drive, spike, weights, task, seed } = flags;
  if (seed !== undefined && task === undefined)
    throw new InvalidInput('--seed needs spike trains: add --task');
  const [built, network, trains] = await refusing(async () => {
    const circuit = hebbian(defined({ channels, cooperativity, reversible, drive, spike, weights }));
    if (task === undefined) return [circuit, circuit.network, 'Spikes: doses of I[n].'] as const;
    const { spikes, to } = taskSpikes(circuit, hebbianTasks[task], seed);
    const line = `Spikes: ${hebbianTasks[task].title}; ${plural(spikes.length, 'dose')} by seed ${seed ?? 0}.`;
    return [circuit, withSpikes(circuit, spikes, to), line] as const;
  }, hebbianFlags);
  await deliverCircuit(files, terminal, network, (description) => [
    `${built.title}: ${countsLine(description)}.`,
    `${built.source}.`,
    trains,
    ...built.digital.map((act) => `Not chemistry: ${act}.`),
  ]);
}

/** The library's words for these options, as flags. */
const hebbianFlags = (message: string): string =>
  asFlags(message).replace(/^(channels|cooperativity|weights|spike|drive)(?=[ :[])/, '--$1');
