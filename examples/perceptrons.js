// Two-input gates learned by chemistry: a perceptron learns the separable ones, weight perturbation all sixteen.
//   node examples/perceptrons.js [seed]
import { perceptron, perturbation } from 'neural-crn/circuits';
import {
  gateExamples,
  gateNames,
  perceptronSystem,
  perturbationSystem,
  separableGates,
  signedExamples,
} from 'neural-crn/learning';

const seed = Number(process.argv[2] ?? 1);
const solver = { rtol: 1e-5, atol: 1e-8 };
const say = (circuit) => {
  const { species, reactions, maxMolecularity } = circuit.counts;
  console.log(`${circuit.title}: ${species} species, ${reactions} reactions, order ${maxMolecularity}`);
};

/** Learns so many steps, and decides all four pairs of bits at a threshold. */
async function learn(pot, steps, threshold) {
  for (let k = 0; k < steps; k++) pot.step();
  const decided = pot.predict(pot.examples.inputs).map(([output]) => Number(output >= threshold));
  pot.dispose();
  return decided.join('');
}

// After Banda et al.; the reactions are ours. Inputs and answers are dosed, one example after the other.
say(perceptron());
for (const name of separableGates) {
  const circuit = perceptron(perceptronSystem.choose(gateExamples[name], { seed }));
  const decided = await learn(await perceptronSystem.pot(circuit, solver), 60, 0.5);
  console.log(`  ${name}: ${decided}, wanted ${gateExamples[name].labels.join('')}`);
}

// After Arredondo & Lakin; the reactions are ours. No error runs backwards: each weight is moved in turn, and the loss compared.
const [gate] = gateNames;
const circuit = perturbation(perturbationSystem.choose(signedExamples(gateExamples[gate]), { seed }));
say(circuit);
console.log(`  a step is ${circuit.rounds} times the phases ${circuit.phases.join(', ')}`);
const decided = await learn(await perturbationSystem.pot(circuit, solver), 30, circuit.threshold);
console.log(`  ${gate}: ${decided}, wanted ${gateExamples[gate].labels.join('')}`);
