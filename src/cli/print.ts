import type { Command } from 'commander';
import { loadModel, type Model, modelCircuit, modelNetwork } from '../learning/index.js';
import { analyse, printNetwork } from '../network/index.js';
import { clockLine } from './clock.js';
import { constantOf } from './constant-input.js';
import { countsLine } from './describe.js';
import { refusing } from './failures.js';
import { nameOf, reading, readText } from './input.js';
import { short } from './numbers.js';
import { commonOptions } from './options.js';
import { phasesText } from './phases-text.js';
import { wrap } from './tables.js';
import { openTerminal, type TerminalFlags } from './terminal.js';

export function addPrint(program: Command): void {
  const command = program
    .command('print')
    .summary('print a trained circuit as a network')
    .description(
      'Prints a model as a summary in comments and the trained circuit as a network, which `simulate` runs.',
    )
    .argument('<model>', 'a model.json that `train` wrote, or - for standard input');
  commonOptions(command).action(run);
}

async function run(file: string, flags: TerminalFlags): Promise<void> {
  const terminal = openTerminal(flags);
  const text = await readText(file);
  const model = reading(file, () => loadModel(text));
  const network = await refusing(
    () => modelNetwork(model),
    (message) => `${nameOf(file)}: the model is damaged: ${message}`,
  );
  terminal.print(`${modelComments(model, countsLine(analyse(network)))}${printNetwork(network)}`);
}

/** A model in words, as comment lines of a network's text. */
export function modelComments(model: Model, counts: string): string {
  const { circuit, parameters, features, target, scaling, training, experiment, seed } = model;
  const { rails, rate, horizon, learnTime, drift } = circuit.options;
  const constant = constantOf(scaling, circuit.options);
  const names = constant === null ? features : [...features, '1'];
  const scaled = [...scaling.features, scaling.target].some(
    ({ offset, scale }) => offset !== 0 || scale !== 1,
  );
  const map = (name: string, { offset, scale }: { offset: number; scale: number }) =>
    `(${name} ${offset < 0 ? '+' : '-'} ${short(Math.abs(offset))}) / ${short(scale)}`;
  const lines = [
    `${experiment}, seed ${seed}: a ${circuit.family === 'linear' ? 'linear ' : ''}Neural CRN that predicts ${target} from ${features.join(', ')}.`,
    `${counts}; ${rails === 'dual' ? 'dual' : 'positive'} rails, drift ${drift === false ? 'none' : short(drift)}.`,
    ...(circuit.options.pipeline === 'staged'
      ? phasesText(modelCircuit(model))
      : [`Phase feed ${short(horizon)}, phase learn ${short(learnTime)}, learning rate ${short(rate)}.`]),
    ...(circuit.clock === undefined ? [] : [clockLine(circuit.clock)]),
    `Trained for ${training.epochs} epochs${
      training.validationLoss === undefined ? '' : `; validation loss ${short(training.validationLoss, 4)}`
    }.`,
    circuit.family === 'linear'
      ? `Weights: ${parameters.theta.map((value, i) => `theta[${names[i]}] = ${short(value)}`).join(', ')}.`
      : `Weights: ${parameters.theta.length} of theta${parameters.W ? `, ${parameters.W.length} of W` : ''}${parameters.B ? `, ${parameters.B.length} of B` : ''}, as concentrations below.`,
    ...classLine(model),
    ...(constant === null ? [] : [`Input ${features.length + 1} is always ${short(constant)}.`]),
    ...(scaled
      ? [
          `Dose ${features.map((name, i) => `X[${i + 1}] = ${map(name, scaling.features[i])}`).join(', ')}` +
            `${model.labels?.kind === 'oneHot' ? '' : `; label Y = ${map(target, scaling.target)}`}.`,
        ]
      : []),
  ];
  return `${lines.flatMap((line) => wrap(line, 100).map((part, i) => `# ${i === 0 ? '' : '  '}${part}`)).join('\n')}\n\n`;
}

/** Which output stands for which class. */
function classLine({ labels }: Model): string[] {
  if (labels?.kind !== 'oneHot') return [];
  const outputs = labels.classes.map((name, k) => `${k + 1} for ${name}`).join(', ');
  return [`Outputs: ${outputs}; a label is ${labels.on} for its own class and ${labels.off} for the others.`];
}
