// Irises told apart by chemistry that does not care how fast its reactions are:  node examples/rate-independent.js

import { rateIndependence } from 'neural-crn';
import { checkedReluNetwork, rateIndependent, reluOutputs } from 'neural-crn/circuits';
import { datasets, quantisedClassifier, rateIndependentSystem, withRandomRates } from 'neural-crn/learning';

// Training is digital: weights −1, 0 and 1 (Vasić et al.). The chemistry infers.
const { network, accuracy, examples } = quantisedClassifier(datasets.iris({ seed: 0 }), { seed: 0 });
console.log(`trained digitally: ${(100 * accuracy).toFixed(1)} % of 120 flowers right`);

for (const reduce of ['none', 'inner', 'all']) {
  const circuit = rateIndependent({ network, reduce });
  const { independent } = rateIndependence(circuit.network);
  const { species, reactions } = circuit.counts;
  console.log(
    `reduced ${reduce}: ${species} species, ${reactions} reactions, rate-independent: ${independent}`,
  );
}

// Every reaction gets a rate constant of its own, anywhere between 10⁻³ and 10³.
const flowers = examples();
const digital = checkedReluNetwork(network);
const largest = (outputs) => outputs.indexOf(Math.max(...outputs));
for (const seed of [1, 2, 3]) {
  const circuit = rateIndependent(withRandomRates({ network }, seed));
  const pot = await rateIndependentSystem.pot(circuit, {}, flowers);
  const same = pot
    .predict(flowers.inputs)
    .filter((outputs, k) => largest(outputs) === largest(reluOutputs(digital, flowers.inputs[k])));
  console.log(`rates ${seed}: ${same.length} of ${flowers.inputs.length} flowers decided as digitally`);
  pot.dispose();
}
