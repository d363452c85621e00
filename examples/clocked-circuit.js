// A circuit whose phases a chemical clock switches:  node examples/clocked-circuit.js
import { simulate } from 'neural-crn';
import { clockedCircuit, neuralCrn, withSample } from 'neural-crn/circuits';

// Two inputs, four reactions a weight; what runs when is left to the clock.
const circuit = neuralCrn({ inputs: 2, theta: [0.5, 0.25] });
const clocked = await clockedCircuit(circuit, { kind: 'coop', gate: 'proxy' });
const { period } = clocked.clock.measure;
console.log(
  `${circuit.counts.species} species become ${clocked.counts.species}; a turn takes ${period.mean.toFixed(1)}`,
);
for (const act of clocked.digital) console.log('not chemistry:', act);

// One turn of the clock, with a sample in the pot.
const network = withSample(clocked, [1, 2], 1);
const solution = await simulate(network, { save: 60 });
for (const [k, time] of solution.times.entries()) {
  if (k % 6 !== 0) continue;
  const ring = solution.species
    .filter((name) => name.startsWith('C['))
    .map((name) => solution.column(name)[k]);
  console.log(
    `t = ${time.toFixed(1).padStart(5)}  ${ring.map((value) => value.toFixed(2).padStart(5)).join(' ')}`,
  );
}
