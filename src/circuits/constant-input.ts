import type { Circuit, SpeciesDose } from './circuit.js';
import type { NeuralCrnSettings } from './options.js';
import type { Parts } from './parts.js';

/**
 * Concentration of the last input where the circuit doses it itself, with every example: the bias of hinge circuits, the
 * constant input of others. `false` where an example gives every input.
 */
export function constantInput({
  bias,
  augment,
}: Pick<NeuralCrnSettings, 'bias' | 'augment'>): number | false {
  // Models of earlier versions have no augment.
  return bias || augment || false;
}

/** What an example's values go into, and what is dosed with every example, whatever its values. */
export function dosing(
  settings: NeuralCrnSettings,
  { X, Z }: Pick<Parts, 'X' | 'Z'>,
): Pick<Circuit, 'inputs' | 'start' | 'extra'> {
  const { start, wiring } = settings;
  const amount = constantInput(settings);
  // Recurrent nodes are the inputs: z(0) = x is dosed once.
  const atInput = start === 'input' && wiring !== 'recurrent' ? Z : [];
  const extra: SpeciesDose[] =
    start === 'input' || start === 0 ? [] : Z.map(({ plus }) => ({ species: plus, amount: start }));
  if (amount === false) return { inputs: X, start: atInput, extra };
  const constant = [...X.slice(-1), ...atInput.slice(-1)].map(({ plus }) => ({ species: plus, amount }));
  return { inputs: X.slice(0, -1), start: atInput.slice(0, -1), extra: [...constant, ...extra] };
}

/** The dose of the constant input in words; none where there is none. */
export function constantInWords(settings: NeuralCrnSettings, extra: readonly SpeciesDose[]): string[] {
  const amount = constantInput(settings);
  if (amount === false) return [];
  // Where nodes start at a concentration, the other doses are theirs.
  const doses = settings.start === 'input' ? extra : extra.slice(0, 1);
  const species = doses.map((dose) => dose.species.replace(/\+$/, '')).join(' and ');
  return [`the ${settings.bias === false ? 'constant input' : 'bias'} ${species} += ${amount}`];
}
