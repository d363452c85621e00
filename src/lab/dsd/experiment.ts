import { surveyExpression } from '../../network/expression.js';
import { evaluateExpression, parameterValues } from '../../network/index.js';
import type { Dose, Expression, Network, Parameter, Phase } from '../../network/model.js';
import { everyIndex, familyOf } from '../../network/names.js';
import { number, type Strands } from './strands.js';

/** What a network does beside its reactions: schedule, doses, and the parameters that they are written with. */
export function experimentOf(
  network: Network,
  strands: Strands,
  gain: number,
  labels: ReadonlyMap<string, readonly string[]>,
  always: readonly string[],
): Pick<Network, 'phases' | 'doses' | 'parameters'> {
  const phases = network.phases.map(
    (phase): Phase => ({ ...phase, active: activeOf(phase.active, labels, always) }),
  );
  const values = parameterValues(network);
  const doses = network.doses.flatMap((dose) =>
    doseOf(dose, evaluateExpression(dose.amount, values), strands, gain),
  );
  return { phases, doses, parameters: neededBy(network, phases, doses) };
}

/** A phase's labels: those of the formal reactions, and all that runs always. */
function activeOf(
  active: Phase['active'],
  labels: ReadonlyMap<string, readonly string[]>,
  always: readonly string[],
): Phase['active'] {
  if (active === '*') return '*';
  const families = new Set([...labels.keys()].map(familyOf));
  return [
    // What has the constant 0 is no more, and a family may have no member left.
    ...active.flatMap((entry) => {
      if (!entry.endsWith(everyIndex)) return labels.get(entry) ?? [];
      return families.has(entry.slice(0, -everyIndex.length)) ? [entry] : [];
    }),
    ...always.map((base) => base + everyIndex),
  ];
}

/** Of what is dosed the bound part comes along: by itself where it is added, written where it is set. */
function doseOf(dose: Dose, value: number, strands: Strands, gain: number): Dose[] {
  const { species, mode } = dose;
  const isHeld = strands.species[species].constant;
  if (mode === 'add') return [{ ...dose, amount: number(isHeld ? value : gain * value) }];
  return strands
    .spread(species, value)
    .filter((part) => !isHeld || part.species === species)
    .map((part): Dose => ({ ...dose, species: part.species, amount: number(part.value) }));
}

/** Parameters that are still referred to, and those that these refer to. */
function neededBy({ parameters, simulation }: Network, phases: Phase[], doses: Dose[]): Parameter[] {
  const used = new Set(
    [
      ...phases.flatMap(({ duration, when }) => [duration, ...(when ? [when.level] : [])]),
      ...doses.flatMap(({ amount, at }) => [amount, ...(at.kind === 'level' ? [at.level] : [])]),
      ...(simulation.to ? [simulation.to] : []),
    ].flatMap(namesIn),
  );
  for (let before = -1; before !== used.size; ) {
    before = used.size;
    for (const { name, value } of parameters) {
      if (used.has(name)) for (const one of namesIn(value)) used.add(one);
    }
  }
  return parameters.filter(({ name }) => used.has(name)).map(({ name, value }) => ({ name, value }));
}

const namesIn = (expression: Expression): string[] =>
  surveyExpression(expression).parameters.map(({ name }) => name);
