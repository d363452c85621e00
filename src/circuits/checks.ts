import type { Form } from './forms.js';
import type { NeuralCrnOptions, NeuralCrnSettings } from './settings.js';

const CHOICES = {
  dynamics: ['linear', 'quadratic', 'cubic', 'relu', 'rectified'],
  wiring: ['diagonal', 'full'],
  adjoint: ['constant', 'leaky', 'exact'],
  readout: ['sum', 'signed', 'trained'],
  error: ['squared', 'hinge'],
  rails: ['dual', 'positive'],
  inputRails: ['dual', 'single'],
  targetRails: ['dual', 'single'],
} as const;

/** What readers of the paper may ask for, and why it is not here. */
const NOT_BUILT: Readonly<Record<string, string>> = {
  recurrent:
    "wiring 'recurrent' is not built: weights that act on z make the Jacobian a full matrix, which needs a sensitivity " +
    'for every pair of node and weight',
  frozen:
    "adjoint 'frozen' is not built: it needs an adjoint that runs for exactly T, which a relaxing phase cannot time; " +
    "'leaky' is its relaxing form, 'exact' is better where it exists",
};

/** Options that are words. @throws RangeError listing what is allowed */
export function checkChoices(options: NeuralCrnOptions): void {
  for (const [name, allowed] of Object.entries(CHOICES)) {
    const value = options[name as keyof typeof CHOICES] as string | undefined;
    if (value === undefined || (allowed as readonly string[]).includes(value)) continue;
    if (Object.hasOwn(NOT_BUILT, value)) throw new RangeError(NOT_BUILT[value]);
    const quoted = allowed.map((word) => `'${word}'`);
    const list = `${quoted.slice(0, -1).join(', ')} or ${quoted[quoted.length - 1]}`;
    throw new RangeError(`${name} must be ${list}, got ${JSON.stringify(value)}`);
  }
}

type Shape = Pick<
  NeuralCrnSettings,
  | 'inputs'
  | 'hidden'
  | 'outputs'
  | 'dynamics'
  | 'wiring'
  | 'adjoint'
  | 'readout'
  | 'error'
  | 'rails'
  | 'start'
  | 'drift'
  | 'bias'
  | 'exactCubic'
  | 'fuel'
> & { form: Form } & Pick<NeuralCrnOptions, 'kappa' | 'inputRails' | 'targetRails' | 'readoutRate'>;

/** Combinations that cannot be, or are not built. @throws RangeError with the reason */
export function checkRefusals(shape: Shape): void {
  const { inputs, hidden, outputs, dynamics, wiring, adjoint, readout, error, rails, start, drift, form } =
    shape;
  const refuse = (when: boolean, reason: string) => {
    if (when) throw new RangeError(reason);
  };
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
    refuse(shape.bias !== false && inputs < 2, 'inputs: one input besides the bias is needed');
  } else {
    refuse(shape.bias !== false, 'bias belongs to the hinge circuits; give a constant input instead');
  }
  refuse(
    linear && error === 'squared' && adjoint !== 'constant',
    `adjoint '${adjoint}': linear nodes have no Jacobian in z, so 'constant' is exact and smaller`,
  );
  refuse(
    dynamics === 'relu' && (adjoint !== 'exact' || readout === 'sum'),
    "dynamics 'relu' is built with adjoint 'exact' and readout 'trained' or 'signed': without output weights of both " +
      'signs a sum of non-negative nodes could not fall below 0',
  );
  refuse(
    form === 'readout' && adjoint !== 'exact',
    `readout '${readout}' is built for the exact adjoint: output weights reach a node through its sensitivity`,
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
  refuse(shape.readoutRate != null && readout !== 'trained', "readoutRate belongs to readout 'trained'");
  refuse(
    shape.fuel !== false && form !== 'exact' && form !== 'readout',
    'fuel belongs to the exact adjoint: it feeds the sensitivities, which the others do not have',
  );
  refuse(
    shape.fuel !== false && shape.fuel !== 'constant' && typeof shape.fuel !== 'number',
    "fuel must be false, 'constant' or a number of examples",
  );
}

export function wholeFrom(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) {
    throw new RangeError(`${name} must be an integer ≥ ${least}, got ${value}`);
  }
}

export function positive(values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (!(value > 0 && Number.isFinite(value)))
      throw new RangeError(`${name} must be a finite number > 0, got ${value}`);
  }
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
