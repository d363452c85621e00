import { printExpression } from '../../network/expression.js';
import type { Expression, LevelCrossing, Network, SpeciesTerm } from '../../network/model.js';
import { rateConvention } from '../report.js';
import { writer } from '../writer.js';
import { formatName, formatVersion, type NetworkJson } from './schema.js';

type Written = Partial<NetworkJson> & Pick<NetworkJson, 'species' | 'reactions'>;

const isPlain = (value: number): boolean => Number.isFinite(value) && !Object.is(value, -0);

const constant = (expression: Expression): number | string =>
  expression.kind === 'number' && isPlain(expression.value) ? expression.value : printExpression(expression);

/** The network as data that JSON holds; defaults are left out. */
function dataOf(network: Network): Written {
  const nameOf = (index: number) => network.species[index]!.name;
  const terms = (list: readonly SpeciesTerm[]): [string, number][] =>
    list.map(({ species, value }) => [nameOf(species), value]);
  const crossing = ({ species, direction, level }: LevelCrossing) => ({
    species: nameOf(species),
    direction,
    level: constant(level),
  });
  const { simulation } = network;
  const { to, save, atolBySpecies, rtol, atol, method } = simulation;
  const directives = {
    ...(to && { to: constant(to) }),
    ...(save && {
      save: save.kind === 'uniform' ? save.intervals : { from: save.from, to: save.to, points: save.points },
    }),
    ...(rtol !== undefined && { rtol }),
    ...(atol !== undefined && { atol }),
    ...(atolBySpecies && { atolBySpecies: Object.entries(atolBySpecies) }),
    ...(method !== undefined && { method }),
  };
  return {
    ...(network.parameters.length > 0 && {
      parameters: network.parameters.map(({ name, value }) => ({ name, value: constant(value) })),
    }),
    ...(network.compartments && {
      compartments: network.compartments.map(({ name, size }) => ({ name, size: constant(size) })),
    }),
    species: network.species.map(({ name, initial, constant: held, compartment, quantity }) => ({
      name,
      initial: constant(initial),
      ...((held && { constant: true }) as { constant: boolean }),
      ...(compartment !== undefined && { compartment: network.compartments![compartment]!.name }),
      ...(quantity && { quantity }),
    })),
    reactions: network.reactions.map(({ label, reactants, products, rate, law, orders, channel }) => ({
      ...(label !== null && { label }),
      reactants: terms(reactants),
      products: terms(products),
      rate: constant(rate),
      ...(law === 'explicit' && { orders: terms(orders) }),
      ...(channel && { channel }),
    })),
    ...(network.observables && {
      observables: network.observables.map((one) => ({ name: one.name, terms: terms(one.terms) })),
    }),
    ...(network.phases.length > 0 && {
      phases: network.phases.map(({ name, duration, active, when }) => ({
        name,
        duration: constant(duration),
        active,
        ...(when && { when: crossing(when) }),
      })),
    }),
    ...(network.doses.length > 0 && {
      doses: network.doses.map(({ species, amount, mode, at }) => ({
        species: nameOf(species),
        amount: constant(amount),
        mode,
        at: at.kind === 'phase' ? { phase: at.phase } : crossing(at),
      })),
    }),
    ...(Object.keys(directives).length > 0 && { simulation: directives }),
  };
}

/** One line a part, so that files are read and compared with ease. */
export const writeJson = writer('JSON', ({ network, name, report }) => {
  report.finish();
  const head = { format: formatName, version: formatVersion, convention: rateConvention, name };
  const lines = Object.entries({ ...head, ...dataOf(network) }).map(([key, value]) => {
    if (!Array.isArray(value)) return `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`;
    const items = value.map((item) => `    ${JSON.stringify(item)}`);
    return `  ${JSON.stringify(key)}: [\n${items.join(',\n')}\n  ]`;
  });
  return `{\n${lines.join(',\n')}\n}\n`;
});
