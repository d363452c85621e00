import { doses, linearCrn, type Rails } from '../../src/circuits/index.js';
import { createReactor, type Reactor, type SolverOptions } from '../../src/index.js';

/** One example of linear regression, ready to be run again and again from the same state. */
export interface Example {
  species: number;
  reactions: number;
  run(): void;
  reactor: Reactor;
}

const LABEL = 12;

/** Feed forward and learn with the constant-adjoint diagonal circuit: a training step, all phases, doses included. */
export async function trainingExample(
  inputs: number,
  rails: Rails,
  options: SolverOptions,
): Promise<Example> {
  const circuit = linearCrn({ inputs, rails, rate: 0.1 / inputs });
  const { network } = circuit;
  const reactor = await createReactor(network, options);
  const start = Float64Array.from(reactor.state);
  const dosed = doses(
    circuit,
    Array.from({ length: inputs }, (_, i) => (1 + (i % 3)) / Math.max(1, inputs / 3)),
    LABEL,
  ).map(({ species, amount }) => ({ place: reactor.index(species), amount }));
  return {
    species: network.species.length,
    reactions: network.reactions.length,
    reactor,
    run() {
      reactor.state.set(start);
      for (const { place, amount } of dosed) reactor.state[place] += amount;
      reactor.run('feed');
      reactor.run('learn');
    },
  };
}
