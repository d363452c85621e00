// A neuron that learns without labels which of its channels spikes most often, and unlearns it when that changes.
//   node examples/hebbian.js [bias|correlation|swap] [figure.svg]
import { writeFileSync } from 'node:fs';
import { hebbian } from 'neural-crn/circuits';
import { hebbianTasks, runHebbian } from 'neural-crn/learning';
import { renderSvg, spikingFigure } from 'neural-crn/plot';

const [name = 'swap', file] = process.argv.slice(2);
const task = hebbianTasks[name];
if (task === undefined)
  throw new RangeError(`there is no task ${name}; there are ${Object.keys(hebbianTasks)}`);
console.log(`${name}: ${task.title}`);

// After Fil et al.; the reactions are ours.
const circuit = hebbian({ cooperativity: 3 });
const { species, reactions } = circuit.counts;
console.log(`${circuit.title}: ${species} species, ${reactions} reactions`);
for (const act of circuit.digital) console.log('not chemistry:', act);

const fixed = (values) => values.map((value) => value.toFixed(2)).join(' ');
const runs = [];
for (let seed = 0; seed < 5; seed++) {
  const run = await runHebbian(circuit, task, { seed });
  runs.push(run);
  const settled = run.settled.map((weights) => fixed(weights)).join(', then ');
  console.log(
    `seed ${seed}, ${run.spikes.length} spikes: weights ${settled}; strong over others ${fixed(run.ratios)}`,
  );
}

// The same by single molecules, a hundred to a unit of concentration.
const noisy = await runHebbian(circuit, task, { seed: 0, volume: 100 });
console.log(`by molecules: strong over others ${fixed(noisy.ratios)}`);

if (file !== undefined) {
  const { spikes, times, membrane, signal } = runs[0];
  const weights = runs.map((run) => run.weights);
  writeFileSync(
    file,
    renderSvg(spikingFigure({ spikes, times, membrane, signal, weights, title: task.title })),
  );
}
