import type { Command } from 'commander';
import type { NeuralCrnOptions, StagedOptions } from '../circuits/index.js';
import { InvalidInput } from './failures.js';
import { readNumber, readNumberOrNone, readNumbers } from './numbers.js';
import { choiceOption, defined, numberOption, parsedOption } from './options.js';

const kinds = [
  ...['dynamics', 'wiring', 'adjoint', 'stages', 'readout', 'error', 'hidden', 'outputs', 'exactCubic'],
  ...['pipeline', 'coupling', 'fuel', 'start', 'kappa', 'biases', 'inputRails', 'targetRails'],
  ...['readoutRate', 'readoutWeights'],
] as const;

/** Flags that ask for another circuit than the linear one. */
export interface KindFlags
  extends Pick<
      NeuralCrnOptions,
      | 'dynamics'
      | 'wiring'
      | 'adjoint'
      | 'stages'
      | 'readout'
      | 'error'
      | 'hidden'
      | 'outputs'
      | 'exactCubic'
      | 'pipeline'
      | 'fuel'
      | 'start'
      | 'kappa'
      | 'inputRails'
      | 'targetRails'
      | 'readoutRate'
    >,
    Pick<StagedOptions, 'update' | 'backward'> {
  augment?: number | 'none';
  bias?: number | 'none';
  biases?: number[];
  coupling?: number[];
  readoutWeights?: number[];
}

/** The builder's options for the kind of circuit; empty when the linear one is meant. */
export function kindChoices(flags: KindFlags): Partial<NeuralCrnOptions> {
  const { update, backward, augment, bias } = flags;
  const staged = defined({ update, backward });
  const given: Partial<NeuralCrnOptions> = defined({
    ...Object.fromEntries(kinds.map((key) => [key, flags[key as keyof KindFlags]])),
    augment: augment === 'none' ? (false as const) : augment,
    bias: bias === 'none' ? (false as const) : bias,
    staged: Object.keys(staged).length === 0 ? undefined : staged,
  });
  return flags.biases?.length === 1 ? { ...given, biases: flags.biases[0] } : given;
}

/** A word, or a number ≥ 0 (`above`: > 0). */
const wordOr = (flags: string, word: string, description: string, bounds: { above?: 0; atLeast?: 0 }) =>
  parsedOption<number | string>(flags, description, (flag, text) => {
    if (text === word) return word;
    try {
      return readNumber(flag, text, bounds);
    } catch {
      const least = bounds.above === undefined ? '≥ 0' : '> 0';
      throw new InvalidInput(`${flag} must be ${word} or a number ${least}, not ${JSON.stringify(text)}`);
    }
  });

const listOption = (flags: string, description: string) =>
  parsedOption(flags, description, (flag, text) => readNumbers(flag, text));

/** Adds the flags of `KindFlags`. */
export function kindOptions(command: Command): Command {
  return command
    .addOption(
      choiceOption(
        '--dynamics <LAW>',
        ['linear', 'quadratic', 'cubic', 'relu', 'rectified'],
        'law of a node',
        'linear',
      ),
    )
    .addOption(
      choiceOption(
        '--wiring <HOW>',
        ['diagonal', 'full', 'recurrent'],
        'what drives a node: its input, all inputs, all nodes',
        'by dynamics',
      ),
    )
    .addOption(
      choiceOption(
        '--adjoint <KIND>',
        ['constant', 'leaky', 'frozen', 'exact'],
        'sensitivity of a node',
        'by dynamics',
      ),
    )
    .addOption(
      numberOption('--stages <K>', 'stages of the frozen adjoint (default: 4)', {
        atLeast: 1,
        below: 1001,
        whole: true,
      }),
    )
    .addOption(
      choiceOption('--readout <KIND>', ['sum', 'signed', 'trained'], 'weights of the nodes', 'by dynamics'),
    )
    .addOption(choiceOption('--error <KIND>', ['squared', 'hinge'], 'loss of an example', 'by dynamics'))
    .addOption(numberOption('--hidden <M>', 'number of nodes', { atLeast: 1, below: 10_001, whole: true }))
    .addOption(numberOption('--outputs <C>', 'number of outputs', { atLeast: 1, below: 10_001, whole: true }))
    .option('--exact-cubic', 'mixed terms that make the cubic law exact')
    .addOption(numberOption('--kappa <K>', "κ of a node's law (default: 0.5, cubic 1/6)", { above: 0 }))
    .addOption(wordOr('--start <Z>', 'input', 'where nodes start: at the input, or at Z', { atLeast: 0 }))
    .addOption(
      parsedOption(
        '--augment <X>',
        'the last input, which the circuit doses itself, or none (default: none)',
        (flag, text) => readNumberOrNone(flag, text, { above: 0 }),
      ),
    )
    .addOption(
      parsedOption('--bias <X>', 'bias of a hinge circuit, or none (default: 0.25)', (flag, text) =>
        readNumberOrNone(flag, text, { above: 0 }),
      ),
    )
    .addOption(listOption('--coupling <a,b,…>', 'fixed matrix by which nodes feel each other, row by row'))
    .addOption(
      wordOr('--fuel <N>', 'constant', 'fuel of learning: halves the rate after N examples, or constant', {
        above: 0,
      }),
    )
    .addOption(choiceOption('--input-rails <R>', ['dual', 'single'], 'rails of inputs', 'by read-out'))
    .addOption(choiceOption('--target-rails <R>', ['dual', 'single'], 'rails of labels', 'by read-out'))
    .addOption(numberOption('--readout-rate <LR>', 'of a trained read-out (default: --rate)', { above: 0 }))
    .addOption(listOption('--readout-weights <a,b,…>', 'weights of the read-out, output by output'))
    .addOption(choiceOption('--pipeline <HOW>', ['two-phase', 'staged'], 'phases of an example', 'two-phase'))
    .addOption(
      choiceOption('--update <HOW>', ['chemical', 'digital'], 'who writes staged weights', 'chemical'),
    )
    .addOption(
      choiceOption(
        '--backward <REACTIONS>',
        ['corrected', 'published'],
        'adjoint of the staged backward pass',
        'corrected',
      ),
    )
    .addOption(
      listOption('--biases <a,b,…>', 'of staged relu nodes, one for all or one each (default: 0.1)'),
    );
}
