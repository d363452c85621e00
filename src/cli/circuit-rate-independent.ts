import type { Command } from 'commander';
import {
  checkedReluNetwork,
  type RateIndependentOptions,
  type ReluNetwork,
  rateIndependent,
  reluOutputs,
  scaledInputs,
} from '../circuits/index.js';
import { datasets, quantisedClassifier, readExamples, withRandomRates } from '../learning/index.js';
import { rateIndependence } from '../network/index.js';
import { type CircuitTargets, circuitFiles, circuitTargets, deliverCircuit } from './circuit-output.js';
import { refuseEarlier } from './circuit-parent.js';
import { countsLine } from './describe.js';
import { InvalidFile, InvalidInput, refusing } from './failures.js';
import { nameOf, reading, readText } from './input.js';
import { plural, readNumbers, short } from './numbers.js';
import { asFlags, choiceOption, defined, numberOption, parsedOption } from './options.js';
import { deliver, prepareTargets } from './output.js';
import { openTerminal, type Terminal } from './terminal.js';

interface Flags extends CircuitTargets {
  network?: string;
  train?: string;
  target?: string;
  hidden?: number[];
  parts?: number;
  limit?: number;
  epochs?: number;
  seed?: number;
  saveNetwork?: string;
  reduce?: RateIndependentOptions['reduce'];
  fractions?: RateIndependentOptions['fractions'];
  order?: '2' | 'any';
  inputRails?: 'single' | 'dual';
  x?: number[];
  rates?: number;
  spread?: number;
  rateSeed?: number;
  duration?: number;
}

const TRAINING = ['target', 'hidden', 'parts', 'limit', 'epochs', 'seed'] as const;

/** Adds `circuit rate-independent`. */
export function addRateIndependent(circuit: Command): void {
  const whole = { atLeast: 1, below: 1_000_001, whole: true } as const;
  const command = circuit
    .command('rate-independent')
    .summary('compile a trained ReLU network into one that computes at any rates (Vasić et al.)')
    .description(
      'Compiles a network of rectifiers, given as JSON or trained here with weights of few values, into reactions whose ' +
        'outputs do not depend on rate constants (Vasić, Chalk, Khurshid and Soloveichik), and checks that. Its size goes ' +
        'to standard error.',
    )
    .optionsGroup('Digital network, one of:')
    .option(
      '--network <FILE>',
      'as JSON: {"layers":[{"weights":[[1,-1],…],"biases":[0.5,…]},…]}; - for standard input',
    )
    .option('--train <DATA>', 'trained digitally on iris, or on a CSV file')
    .optionsGroup('Training:')
    .option('--target <COLUMN>', "the CSV file's column of classes")
    .addOption(
      parsedOption('--hidden <a,b,…>', 'neurons of hidden layers (default: 8)', (flag, text) =>
        readNumbers(flag, text, { atLeast: 1, below: 10_001, whole: true }),
      ),
    )
    .addOption(
      numberOption('--parts <C>', 'weights are multiples of 1/C (default: 1)', { ...whole, below: 1025 }),
    )
    .addOption(numberOption('--limit <W>', 'largest |weight| (default: 1)', { above: 0 }))
    .addOption(numberOption('--epochs <N>', 'passes through the examples (default: 300)', whole))
    .addOption(
      numberOption('--seed <N>', 'of starting weights and of the split of iris (default: 0)', {
        atLeast: 0,
        whole: true,
      }),
    )
    .option('--save-network <FILE>', 'the trained network as JSON')
    .optionsGroup('Circuit:')
    .addOption(
      choiceOption(
        '--reduce <HOW>',
        ['none', 'inner', 'all'],
        'species left out that only turn into others',
        'inner',
      ),
    )
    .addOption(choiceOption('--fractions <HOW>', ['scale', 'divide'], 'weights that are fractions', 'scale'))
    .addOption(
      choiceOption('--order <N>', ['2', 'any'], 'most molecules at once where fractions are divided', '2'),
    )
    .addOption(choiceOption('--input-rails <R>', ['dual', 'single'], 'rails of inputs', 'dual'))
    .addOption(numberOption('--rates <K>', 'rate constant of all reactions (default: 1)', { above: 0 }))
    .addOption(
      numberOption('--spread <D>', 'rate constants at random instead, over 10^±D', { above: 0, below: 13 }),
    )
    .addOption(numberOption('--rate-seed <N>', 'of --spread (default: 0)', { atLeast: 0, whole: true }))
    .addOption(
      numberOption('--duration <T>', 'of the run (default: 10⁴ over the least rate constant)', { above: 0 }),
    )
    .optionsGroup('One example:')
    .addOption(
      parsedOption(
        '--x <a,b,…>',
        "inputs, in the data's own units where the network keeps its scaling",
        (flag, text) => readNumbers(flag, text),
      ),
    );
  circuitTargets(command).action((flags: Flags) => {
    refuseEarlier(circuit, 'rate-independent');
    return run(flags);
  });
}

async function run(flags: Flags): Promise<void> {
  const terminal = openTerminal(flags);
  const files = circuitFiles(flags);
  const { saveNetwork, spread, rateSeed, rates } = flags;
  prepareTargets({ '--save-network': saveNetwork });
  if (rateSeed !== undefined && spread === undefined) throw new InvalidInput('--rate-seed needs --spread');
  if (rates !== undefined && spread !== undefined)
    throw new InvalidInput('--rates and --spread exclude each other');
  const { network, about } = await digitalNetwork(flags, terminal);
  const digital = await refusing(() => checkedReluNetwork(network), aboutNetwork(flags.network));
  const { x, reduce, fractions, order, inputRails, duration } = flags;
  if (x !== undefined && x.length !== digital.sizes[0]) {
    throw new InvalidInput(`--x must have ${plural(digital.sizes[0]!, 'value')}, got ${x.length}`);
  }
  const scaled = x && scaledInputs(digital, x);
  const circuit = await refusing(() => {
    const options: RateIndependentOptions = {
      network,
      ...defined({ x: scaled, reduce, fractions, inputRails, rates, duration }),
      ...(order !== undefined && { order: order === 'any' ? order : 2 }),
    };
    return rateIndependent(spread === undefined ? options : withRandomRates(options, rateSeed ?? 0, spread));
  }, aboutNetwork(flags.network));
  if (saveNetwork !== undefined) {
    await deliver(
      saveNetwork,
      terminal,
      () => `${JSON.stringify(network, null, 2)}\n`,
      'the digital network',
    );
  }
  const { independent, competitions, endless } = rateIndependence(circuit.network);
  const scales =
    digital.inputs.shift.some((value) => value !== 0) || digital.inputs.scale.some((value) => value !== 1);
  await deliverCircuit(files, terminal, circuit.network, (description) => [
    `${circuit.title}: ${countsLine(description)}.`,
    `${circuit.source}.`,
    ...about,
    independent
      ? 'Rate-independent by structure: no species is used up by a reaction and drives another, and all come to rest.'
      : `Not rate-independent by structure: ${[...competitions.map(({ species }) => species), ...endless].join(', ')}.`,
    ...(scaled === undefined ? [] : [expected(digital, scaled)]),
    ...(scales ? ['Not chemistry: scaling of the inputs, (value − shift)/scale.'] : []),
    ...circuit.digital.map((act) => `Not chemistry: ${act}.`),
  ]);
}

/** What the outputs will be. */
function expected(digital: ReturnType<typeof checkedReluNetwork>, x: readonly number[]): string {
  const outputs = reluOutputs(digital, x);
  const { names } = digital.outputs;
  const listed = outputs.map((value, k) => `${names[k]} ${short(value)}`).join(', ');
  return `The digital network says ${listed}${outputs.length > 1 ? `: ${names[outputs.indexOf(Math.max(...outputs))]}` : ''}.`;
}

/** The network of a file, or a trained one, and what there is to say of it. */
async function digitalNetwork(
  flags: Flags,
  terminal: Terminal,
): Promise<{ network: ReluNetwork; about: string[] }> {
  const { network: file, train, target, saveNetwork } = flags;
  if ((file === undefined) === (train === undefined)) {
    throw new InvalidInput(
      file === undefined ? 'a network is needed' : '--network and --train exclude each other',
      'give --network with a file, or --train with iris or a CSV file',
    );
  }
  if (file !== undefined) {
    const early = TRAINING.find((name) => flags[name] !== undefined) ?? (saveNetwork && 'save-network');
    if (early) throw new InvalidInput(`--${early} belongs to --train, and --network is trained already`);
    const text = await readText(file);
    try {
      return { network: JSON.parse(text) as ReluNetwork, about: [] };
    } catch (error) {
      throw InvalidFile.of(nameOf(file), `is no JSON: ${(error as Error).message}`);
    }
  }
  const { hidden, parts, limit, epochs, seed } = flags;
  const data = await trainingData(train as string, target, seed);
  terminal.say(`training on ${plural(data.train.inputs.length, 'row')} …`);
  const { network, accuracy, loss } = await refusing(
    () => quantisedClassifier(data, defined({ hidden, parts, limit, epochs, seed })),
    asFlags,
  );
  const right = `${short(100 * accuracy, 4)} % of ${plural(data.train.inputs.length, 'training row')} right, cross-entropy ${short(loss, 3)}`;
  return { network, about: [`Trained digitally: ${right}.`] };
}

async function trainingData(train: string, target: string | undefined, seed: number | undefined) {
  if (train === 'iris') {
    if (target !== undefined) throw new InvalidInput('--target belongs to a CSV file; iris has species');
    return datasets.iris(defined({ seed }));
  }
  if (!/[./\\]|^-$/.test(train)) {
    throw new InvalidInput(
      `--train: there is no data set ${JSON.stringify(train)}`,
      'there is iris; the name of a CSV file has a dot',
    );
  }
  if (target === undefined)
    throw new InvalidInput('--target is needed: the column of classes in the CSV file');
  const text = await readText(train);
  const table = reading(train, () => readExamples(text, { target, classes: true }));
  if (!('classes' in table))
    throw InvalidFile.of(nameOf(train), `column ${JSON.stringify(target)} has no classes`);
  const { inputs, targets, features, classes } = table;
  return { features, target, classes, train: { inputs, targets }, validation: { inputs: [], targets: [] } };
}

/** The library's words: of the file, or of flags. */
const aboutNetwork =
  (file: string | undefined) =>
  (message: string): string => {
    if (/^(layers|inputs\.|outputs\.|there is no field|the network)/.test(message)) {
      return `${file === undefined ? 'the trained network' : nameOf(file)}: ${message}`;
    }
    return asFlags(message).replace(/^(x|rates|duration)(?=[ :[])/, '--$1');
  };
