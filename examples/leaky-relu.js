// A network of leaky rectifiers that learns XOR one example at a time, step by step:  node examples/leaky-relu.js
import { lakin } from 'neural-crn/circuits';
import { gateExamples, lakinSystem } from 'neural-crn/learning';

// After Lakin; the reactions are ours. The rails annihilate fast, so that sums near zero are told apart.
const { inputs, labels } = gateExamples.xor;
const options = lakinSystem.choose(gateExamples.xor, { seed: 0, hidden: [6] });
const circuit = lakin({ ...options, rate: 0.2, annihilation: 5000 });
const { species, reactions } = circuit.counts;
console.log(`${circuit.title}: ${species} species, ${reactions} reactions`);

// The pot runs the chemistry, the twin the same algorithm on plain numbers.
const pot = await lakinSystem.pot(circuit, { rtol: 1e-5, atol: 1e-8 });
const twin = lakinSystem.twin(circuit);
for (let epoch = 1; epoch <= 60; epoch++) {
  for (let k = 0; k < pot.stepsPerEpoch; k++) {
    pot.step();
    twin.step();
  }
  if (epoch % 20 !== 0) continue;
  const apart = Math.max(...pot.weights().map((weight, e) => Math.abs(weight - twin.weights[e])));
  const outputs = pot.predict(inputs).map(([output]) => output.toFixed(2));
  console.log(
    `epoch ${epoch}: outputs ${outputs.join(', ')}; weights differ from the twin's by ${apart.toExponential(1)}`,
  );
}
console.log(`labels ${labels.join(', ')}`);
pot.dispose();
