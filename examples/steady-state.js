// Networks that compute at rest, with no phases and no clock: XOR by smooth rectifiers, and by sequestration.
//   node examples/steady-state.js
import { simulate } from 'neural-crn';
import { sequestration, smoothRelu } from 'neural-crn/circuits';

// |a − b| = max(0, a − b) + max(0, b − a), neuron by neuron, each with its bias at the end. Weights are rate constants.
const sizes = [2, 2, 1];
const weights = [...[1, -1, 0], ...[-1, 1, 0], ...[1, 1, 0]];

// After Anderson, Joshi & Deshpande and after Moorman et al.; the lists of reactions are ours.
for (const build of [smoothRelu, sequestration]) {
  const answers = [];
  for (const x of [0, 1, 2, 3].map((row) => [row >> 1, row & 1])) {
    // Rectifiers are as soft as √softness, and as slow.
    const soft = build === smoothRelu ? { softness: 0.01 } : {};
    const { network, outputs, title, counts } = build({ sizes, weights, x, ...soft });
    if (answers.length === 0)
      console.log(
        `${title}: ${counts.species} species, ${counts.reactions} reactions, order ${counts.maxMolecularity}`,
      );
    // From nothing, and from too much: the rest is the same.
    const rests = [];
    for (const start of [0, 3]) {
      const initial = Object.fromEntries(
        network.species.flatMap(({ name }) => (name.startsWith('Y') ? [[name, start]] : [])),
      );
      const { final } = await simulate(network, { to: 100, initial, rtol: 1e-8, atol: 1e-12 });
      rests.push(final[outputs[0]]);
    }
    const [least, most] = [Math.min(...rests), Math.max(...rests)];
    answers.push(`${x.join('')} -> ${most.toFixed(3)} (${(most - least).toExponential(0)})`);
  }
  console.log(`  ${answers.join('   ')}`);
}
