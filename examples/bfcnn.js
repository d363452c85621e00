// A sigmoid network that learns XOR and stops by itself, all by reactions:  node examples/bfcnn.js
import { bfcnn } from 'neural-crn/circuits';
import { bfcnnSystem, gateExamples, runLearner, startingWeights, wideNormal } from 'neural-crn/learning';

// After Fan et al.; the reactions are ours. All four pairs of bits at once, in four copies that share the weights.
const sizes = [2, 4, 1];
const options = {
  sizes,
  batch: 4,
  samples: gateExamples.xor,
  weights: startingWeights(sizes, 0, wideNormal),
  latch: 'majority',
};
const circuit = bfcnn(options);
const { species, reactions, maxMolecularity } = circuit.counts;
console.log(`${circuit.title}: ${species} species, ${reactions} reactions, order ${maxMolecularity}`);
console.log(`a step has the phases ${circuit.phases.join(', ')}`);
for (const act of circuit.digital) console.log('not chemistry:', act);

// Beside the chemistry runs the network that it stands for, on plain numbers.
const report = await runLearner(
  {
    experiment: 'example',
    seed: 0,
    system: bfcnnSystem.about.system,
    circuit: options,
    epochs: 400,
    measure: 'accuracy',
    solver: { rtol: 1e-5, atol: 1e-8 },
    notes: [],
  },
  {
    onStep: ({ step, error, twinError, going }) => {
      if (step % 10 !== 0 && going > 0.5) return;
      const fixed = (value) => value.toFixed(4);
      console.log(
        `step ${step}: error ${fixed(error)}, ideal ${fixed(twinError)}, part of the step made ${fixed(going)}`,
      );
    },
  },
);
const outputs = report.predictions.chemistry.map(([output]) => output.toFixed(3)).join(', ');
console.log(
  `stopped by itself after ${report.stoppedAfter} steps, its twin after ${report.twinStoppedAfter}; outputs ${outputs}`,
);
