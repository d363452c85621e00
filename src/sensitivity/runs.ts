import type { Network } from '../network/model.js';
import { NetworkRuns, type RunOverrides } from '../simulate/network-runs.js';
import type { PhaseProblems } from '../simulate/phase-problems.js';
import type { Prepared } from '../simulate/prepare.js';
import type { SimulateOptions } from '../simulate/types.js';
import { type Derivatives, Differentiator, type Sparse } from './derivatives.js';
import type { Quantity } from './quantities.js';

/** What a run may change, rate constants by reaction among it. */
export interface Overrides extends RunOverrides {
  /** In place of what the network's expressions give. */
  constants?: ReadonlyMap<number, number>;
}

/** The runs of one network whose derivatives by some quantities are wanted. */
export class DifferentiatedRuns extends NetworkRuns {
  private readonly differentiator: Differentiator;
  private readonly known = new WeakMap<Prepared, Derivatives>();

  /** @throws RangeError or TypeError for bad options */
  constructor(
    network: Network,
    options: SimulateOptions,
    readonly quantities: readonly Quantity[],
  ) {
    super(network, options);
    this.differentiator = new Differentiator(network, quantities);
  }

  override prepared(overrides: Overrides | undefined): Prepared {
    const { constants, ...rest } = overrides ?? {};
    let prepared = super.prepared(overrides === undefined ? undefined : rest);
    if (constants !== undefined) {
      const settings = { ...prepared.settings, constants: prepared.settings.constants.slice() };
      for (const [reaction, value] of constants) settings.constants[reaction] = value;
      prepared = { ...prepared, settings };
    }
    if (prepared !== this.base) this.derive(prepared, overrides);
    return prepared;
  }

  derivativesOf(prepared: Prepared): Derivatives {
    return this.known.get(prepared) ?? this.derive(prepared, undefined);
  }

  private derive(prepared: Prepared, overrides: Overrides | undefined): Derivatives {
    const { options } = this;
    const derivatives = this.differentiator.of(prepared, {
      parameters: overrides?.parameters ?? options.parameters,
      initial: overrides?.initial ?? options.initial,
      constants: overrides?.constants,
      schedule: options.schedule !== undefined,
    });
    this.known.set(prepared, derivatives);
    return derivatives;
  }

  /** Reactions that cannot fire stay where a quantity could let them. */
  override problemsOf(prepared: Prepared): PhaseProblems {
    const derivatives = this.derivativesOf(prepared);
    const initial = marked(prepared.initial, derivatives.initial);
    const constants = marked(prepared.settings.constants, derivatives.constants);
    for (const { doses } of [...prepared.plan.phases, ...prepared.plan.events]) {
      for (const dose of doses) if (derivatives.amountOf(dose) !== undefined) initial[dose.species] = 1;
    }
    return this.compiled({ ...prepared, initial, settings: { ...prepared.settings, constants } });
  }

  /** The problems of what can fire from these starts and constants. */
  protected compiled(prepared: Prepared): PhaseProblems {
    return super.problemsOf(prepared);
  }
}

/** A copy that is above 0 wherever a quantity moves the number. */
function marked(values: Float64Array, dots: readonly Sparse[]): Float64Array {
  const marks = values.slice();
  for (const { at } of dots) for (const place of at) marks[place] = 1;
  return marks;
}
