import { positive } from '../network/limits.js';
import type { Form } from './forms.js';
import type { NeuralCrnOptions, NeuralCrnSettings } from './options.js';
import { refuse, type Shape } from './refuse.js';

const CHOICES = {
  dynamics: ['linear', 'quadratic', 'cubic', 'relu', 'rectified'],
  wiring: ['diagonal', 'full', 'recurrent'],
  adjoint: ['constant', 'leaky', 'frozen', 'exact'],
  readout: ['sum', 'signed', 'trained'],
  error: ['squared', 'hinge'],
  pipeline: ['two-phase', 'staged'],
  rails: ['dual', 'positive'],
  inputRails: ['dual', 'single'],
  targetRails: ['dual', 'single'],
} as const;

/** Options that are words. @throws RangeError listing what is allowed */
export function checkChoices(options: NeuralCrnOptions): void {
  for (const [name, allowed] of Object.entries(CHOICES)) {
    const value = options[name as keyof typeof CHOICES] as string | undefined;
    if (value === undefined || (allowed as readonly string[]).includes(value)) continue;
    const quoted = allowed.map((word) => `'${word}'`);
    const list = `${quoted.slice(0, -1).join(', ')} or ${quoted[quoted.length - 1]}`;
    throw new RangeError(`${name} must be ${list}, got ${JSON.stringify(value)}`);
  }
}

type TwoPhaseShape = Shape & { form: Form } & Pick<NeuralCrnSettings, 'error' | 'bias' | 'fuel'> &
  Pick<NeuralCrnOptions, 'kappa' | 'stages' | 'coupling' | 'inputRails' | 'targetRails' | 'readoutRate'>;

/** Combinations that cannot be, or are not built. @throws RangeError with the reason */
export function checkRefusals(shape: TwoPhaseShape): void {
  const { inputs, hidden, outputs, dynamics, wiring, adjoint, readout, error, rails, start, drift, form } =
    shape;
  const linear = dynamics === 'linear';

  refuse(
    rails === 'positive' && !(linear && wiring === 'diagonal' && form === 'constant'),
    "rails 'positive': only the linear diagonal circuit with a summed read-out has an all-positive form; use dual rails",
  );
  refuse(
    rails === 'positive' && (shape.inputRails === 'dual' || shape.targetRails === 'dual'),
    "rails 'positive' has one rail for inputs and labels; use dual rails for signed ones",
  );
  refuse(
    dynamics === 'rectified' && error === 'squared',
    "dynamics 'rectified' learns by the hinge: with the squared error the harmless rail of the error would teach, too",
  );
  if (error === 'hinge') {
    refuse(
      !linear && dynamics !== 'rectified',
      `error 'hinge' is built for 'rectified' and 'linear' nodes, not for '${dynamics}'`,
    );
    refuse(wiring !== 'full', "error 'hinge': every node sees every input; use wiring 'full'");
    refuse(
      readout !== 'signed',
      "error 'hinge': the read-out's signs are built into its reactions; use readout 'signed'",
    );
    refuse(
      adjoint !== 'exact',
      "error 'hinge': a node's sensitivity is exact by construction; use adjoint 'exact'",
    );
    refuse(
      linear && (hidden !== 1 || outputs !== 1),
      "error 'hinge' with linear nodes: one node and one output",
    );
    refuse(start !== 0, "error 'hinge': nodes relax to a fixed point, whatever the start; leave out start");
    refuse(drift !== false, "error 'hinge' has no drift; use bias");
    refuse(shape.targetRails === 'single', "error 'hinge' needs labels of either sign");
    refuse(
      shape.augment !== false,
      'augment belongs to the squared error: hinge circuits have a constant input of their own; use bias',
    );
    refuse(shape.bias !== false && inputs < 2, 'inputs: one input besides the bias is needed');
  } else {
    refuse(
      shape.bias !== false,
      'bias belongs to the hinge circuits; give a constant input instead: augment',
    );
  }
  if (form === 'recurrent') {
    refuse(
      !linear,
      "wiring 'recurrent' is built for 'linear' nodes: with another law each of the n³ sensitivities would need a decay",
    );
    refuse(
      adjoint !== 'exact',
      `adjoint '${adjoint}': with wiring 'recurrent' the Jacobian is a full matrix, and a step along an approximate ` +
        "adjoint need not descend; use 'exact'",
    );
    refuse(
      readout !== 'sum',
      `readout '${readout}': wiring 'recurrent' is built with readout 'sum'; Θ mixes the nodes itself`,
    );
    refuse(
      hidden !== inputs || start !== 'input',
      `${hidden === inputs ? 'start' : 'hidden'}: with wiring 'recurrent' the inputs are the nodes' starting state, z(0) = x`,
    );
    refuse(
      shape.inputRails === 'single',
      "inputRails: with wiring 'recurrent' inputs go into Z, which has two rails",
    );
  }
  refuse(
    shape.coupling != null && (form !== 'coupled' || adjoint !== 'exact' || wiring !== 'full'),
    "coupling is built for wiring 'full', adjoint 'exact', readout 'sum' and the squared error",
  );
  refuse(
    linear && error === 'squared' && form !== 'recurrent' && form !== 'coupled' && adjoint !== 'constant',
    `adjoint '${adjoint}': linear nodes have no Jacobian in z, so 'constant' is exact and smaller`,
  );
  refuse(
    dynamics === 'relu' && readout === 'sum',
    "dynamics 'relu' is built with readout 'trained' or 'signed': without output weights of both signs a sum of " +
      'non-negative nodes could not fall below 0',
  );
  refuse(
    form === 'readout' && (adjoint === 'leaky' || adjoint === 'frozen'),
    `readout '${readout}' is built for the adjoints 'exact' and 'constant': it uses up the nodes' states, which a ` +
      `${adjoint} adjoint needs to stand still`,
  );
  refuse(
    form === 'readout' && wiring === 'diagonal',
    `readout '${readout}' is built with wiring 'full': a node per input would leave inputs uncombined`,
  );
  refuse(
    outputs > 1 && readout === 'sum',
    "outputs: with readout 'sum' all outputs would be the same; use 'signed' or 'trained'",
  );
  refuse(wiring === 'diagonal' && hidden !== inputs, 'hidden: diagonal wiring has one node per input');
  refuse(
    start === 'input' && (hidden !== inputs || dynamics === 'relu'),
    dynamics === 'relu'
      ? "start: 'relu' nodes need a concentration > 0 to grow from"
      : 'start: z(0) = x needs as many nodes as inputs; give a concentration, such as 0',
  );
  if (start !== 'input') {
    if (!(start >= 0 && Number.isFinite(start))) {
      throw new RangeError(`start must be 'input' or a finite number ≥ 0, got ${start}`);
    }
    refuse(dynamics === 'relu' && start === 0, "start: 'relu' nodes need a concentration > 0 to grow from");
    refuse(rails === 'positive', "rails 'positive' start at the input, z(0) = x");
  }
  refuse(
    dynamics === 'relu' && drift !== false && drift < 0,
    "drift: 'relu' nodes are ≥ 0, and so must their drift be",
  );
  refuse(
    shape.exactCubic && !(dynamics === 'cubic' && adjoint === 'exact'),
    "exactCubic belongs to dynamics 'cubic' with adjoint 'exact'",
  );
  refuse(
    shape.kappa != null && (linear || dynamics === 'rectified'),
    `kappa: '${dynamics}' nodes have no self-decay`,
  );
  refuse(shape.stages != null && adjoint !== 'frozen', "stages belongs to adjoint 'frozen'");
  refuse(shape.readoutRate != null && readout !== 'trained', "readoutRate belongs to readout 'trained'");
  refuse(
    shape.fuel !== false &&
      form !== 'exact' &&
      form !== 'readout' &&
      form !== 'recurrent' &&
      form !== 'coupled',
    'fuel belongs to the exact adjoint and to output weights: it feeds the sensitivities, which the others do not have',
  );
  refuse(
    shape.fuel !== false && shape.fuel !== 'constant' && typeof shape.fuel !== 'number',
    "fuel must be false, 'constant' or a number of examples",
  );
}

/** @throws RangeError for a constant input that cannot be dosed, or that would be the only one */
export function checkAugment(augment: number | false, inputs: number): void {
  if (augment === false) return;
  positive({ augment });
  refuse(inputs < 2, 'inputs: one input besides the constant one (augment) is needed');
}

export function finite(name: string, value: number, alternative = ''): void {
  if (!Number.isFinite(value))
    throw new RangeError(`${name} must be a finite number${alternative}, got ${value}`);
}

export function nonNegative(name: string, values: readonly number[], reason: string): void {
  values.forEach((value, k) => {
    if (value < 0) throw new RangeError(`${name}[${k + 1}] cannot be ${value} ${reason}`);
  });
}
