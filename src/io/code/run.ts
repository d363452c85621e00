import { evaluateExpression, parameterValues } from '../../network/expression.js';
import type { Network, SaveGrid } from '../../network/model.js';

/** What a run of a network is, where nobody says otherwise: the library's own defaults. */
export interface RunSettings {
  /** Null where the network does not say it: whoever runs it must. */
  to: number | null;
  save: SaveGrid;
  rtol: number;
  /** Of every species. */
  atol: number[];
}

export function runSettings(network: Network): RunSettings {
  const { to, save, rtol, atol = 1e-9, atolBySpecies = {} } = network.simulation;
  const values = parameterValues(network);
  const once = network.phases.reduce((sum, { duration }) => sum + evaluateExpression(duration, values), 0);
  return {
    to: to ? evaluateExpression(to, values) : once > 0 ? once : null,
    save: save ?? { kind: 'uniform', intervals: 200 },
    rtol: rtol ?? 1e-6,
    atol: network.species.map(({ name }) =>
      Object.hasOwn(atolBySpecies, name) ? atolBySpecies[name]! : atol,
    ),
  };
}
