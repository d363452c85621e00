import type { NeuralCrnOptions, NeuralCrnSettings } from '../options.js';
import { refuse, type Shape } from '../refuse.js';
import type { StagedSettings } from './options.js';

type StagedShape = Shape &
  Pick<NeuralCrnSettings, 'inputRails' | 'targetRails' | 'horizon' | 'rate' | 'readoutRate'>;

/** Combinations that a staged circuit cannot have. @throws RangeError with the reason */
export function checkStaged(options: NeuralCrnOptions, shape: StagedShape, staged: StagedSettings): void {
  const { inputs, hidden, outputs, dynamics, wiring, adjoint, readout, rails, start, horizon } = shape;
  const { update, backward, times } = staged;
  const linear = dynamics === 'linear';
  const word = (name: string, value: string, allowed: readonly string[]) =>
    refuse(
      !allowed.includes(value),
      `${name} must be ${allowed.map((w) => `'${w}'`).join(' or ')}, got ${JSON.stringify(value)}`,
    );
  word('staged.update', update, ['chemical', 'digital']);
  word('staged.backward', backward, ['corrected', 'published']);

  refuse(
    options.error === 'hinge' || dynamics === 'rectified',
    "pipeline 'staged' has no hinge: the authors' error is ŷ − y, and theirs are the stages; use 'two-phase'",
  );
  refuse(
    options.fuel !== undefined && options.fuel !== false,
    "pipeline 'staged' has no fuel: the stages' own clock says whether an example is learned; use 'two-phase'",
  );
  refuse(
    options.bias !== undefined && options.bias !== false,
    "bias belongs to the hinge circuits; give a constant input (augment), or 'relu' nodes, which have biases",
  );
  refuse(
    adjoint === 'leaky',
    "adjoint 'leaky' runs to its end and needs no timed stage: it belongs to pipeline 'two-phase'; 'frozen' is its timed form",
  );
  refuse(
    options.stages != null,
    "stages (of the relaxing frozen adjoint) belongs to pipeline 'two-phase': a stage is timed by itself",
  );
  refuse(options.coupling != null, "coupling belongs to pipeline 'two-phase'");
  refuse(
    rails === 'positive' && !(linear && wiring === 'diagonal' && adjoint === 'constant' && readout === 'sum'),
    "rails 'positive': only linear diagonal nodes with adjoint 'constant' and a summed read-out have an all-positive form",
  );
  refuse(
    rails === 'positive' && (shape.inputRails === 'dual' || shape.targetRails === 'dual'),
    "rails 'positive' has one rail for inputs and labels; use dual rails for signed ones",
  );
  refuse(
    wiring === 'recurrent' && shape.inputRails === 'single',
    "inputRails: with wiring 'recurrent' inputs go into Z, which has two rails",
  );
  refuse(
    wiring === 'recurrent' && !linear,
    `wiring 'recurrent' is that of linear nodes, not of '${dynamics}' ones`,
  );
  refuse(
    wiring === 'recurrent' && adjoint !== 'exact',
    `adjoint '${adjoint}': with wiring 'recurrent' the adjoint flows from node to node; use 'exact'`,
  );
  refuse(
    linear && adjoint === 'frozen',
    "adjoint 'frozen': linear nodes have no Jacobian in z, so 'constant' is the same and exact",
  );
  refuse(
    wiring === 'recurrent' && shape.drift !== false,
    'drift: recurrent nodes are driven by each other alone; give drift: false',
  );
  refuse(
    dynamics === 'relu' && wiring !== 'full',
    "dynamics 'relu': every node sees every input; use wiring 'full'",
  );
  refuse(
    options.biases != null && dynamics !== 'relu',
    `biases belong to dynamics 'relu', not to '${dynamics}'; give a constant input (augment)`,
  );
  refuse(wiring !== 'full' && hidden !== inputs, `hidden: wiring '${wiring}' has one node per input`);
  refuse(
    start === 'input' && hidden !== inputs,
    'start: z(0) = x needs as many nodes as inputs; give a concentration, such as 0',
  );
  if (start !== 'input') {
    refuse(
      !(start >= 0 && Number.isFinite(start)),
      `start must be 'input' or a finite number ≥ 0, got ${start}`,
    );
    refuse(wiring === 'recurrent', "start: recurrent nodes have no other input; use 'input'");
  }
  refuse(
    outputs > 1 && readout === 'sum',
    "outputs: with readout 'sum' all outputs would be the same; use 'signed' or 'trained'",
  );
  refuse(options.readoutRate != null && readout !== 'trained', "readoutRate belongs to readout 'trained'");
  refuse(
    options.readoutWeights != null &&
      readout === 'sum' &&
      !(options.readoutWeights.flat() as number[]).every((w) => w === 1),
    "readoutWeights: with readout 'sum' all are 1; use 'signed' or 'trained'",
  );
  refuse(shape.exactCubic && dynamics !== 'cubic', "exactCubic belongs to dynamics 'cubic'");
  refuse(options.kappa != null && linear, "kappa: 'linear' nodes have no self-decay");
  refuse(
    adjoint === 'exact' && times.backward !== horizon,
    `staged.times.backward is ${times.backward}, but z must run back as long as it ran forward (horizon ${horizon}): ` +
      "only adjoint 'frozen' and 'constant' may take another time",
  );
  refuse(
    backward === 'published' && !publishedExists(shape),
    `staged.backward 'published': the authors have no other reactions for adjoint '${adjoint}' of '${dynamics}' nodes ` +
      '(they differ for the exact adjoint of quadratic, cubic and relu nodes, and the frozen one of quadratic nodes)',
  );
  if (update === 'chemical') {
    for (const [name, value] of Object.entries({ rate: shape.rate, readoutRate: shape.readoutRate })) {
      refuse(
        value !== null && value >= 1,
        `${name} ${value} is out of reach: a chemical update passes on the part k1/(k1 + k2) < 1 of a gradient; ` +
          "take a rate below 1, or staged.update 'digital'",
      );
    }
  }
}

function publishedExists({ dynamics, adjoint }: StagedShape): boolean {
  if (dynamics === 'quadratic') return adjoint === 'exact' || adjoint === 'frozen';
  return (dynamics === 'cubic' || dynamics === 'relu') && adjoint === 'exact';
}
