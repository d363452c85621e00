// A network that learns XOR without phases, clock or schedule: everything happens at once, learning slowest.
//   node examples/one-pot.js
import { onePot } from 'neural-crn/circuits';
import { gateExamples, onePotSystem } from 'neural-crn/learning';

// After Kang & Kim; the reactions are ours. A copy of the network for each of the four examples, shared weights.
const options = onePotSystem.choose(gateExamples.xor, { seed: 1 });
const circuit = onePot(options);
const { species, reactions, maxMolecularity } = circuit.counts;
console.log(`${circuit.title}: ${species} species, ${reactions} reactions, order ${maxMolecularity}`);
for (const act of circuit.digital) console.log('not chemistry:', act);

// The pot is only let run. The twin is the gradient flow of the same network on plain numbers.
const pot = await onePotSystem.pot(circuit);
const twin = onePotSystem.twin(circuit);
const text = (outputs) => outputs.map(([output]) => output.toFixed(3)).join(', ');
for (let k = 1; k <= 60; k++) {
  const [own, ideal] = [pot.step(), twin.step()];
  if (k % 10 === 0)
    console.log(`t = ${own.time}: outputs ${text(own.outputs)}; ideal ${text(ideal.outputs)}`);
}
console.log(`in a pot that does not learn: ${text(pot.predict(gateExamples.xor.inputs))}`);
pot.dispose();
