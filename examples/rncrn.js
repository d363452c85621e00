// A reaction network trained, outside chemistry, to follow a vector field:  node examples/rncrn.js [bistable|hopf]
import { simulate } from 'neural-crn';
import { rncrn } from 'neural-crn/circuits';
import { fieldTasks, trainRncrn } from 'neural-crn/learning';

const [name = 'bistable'] = process.argv.slice(2);
const task = fieldTasks[name];
if (task === undefined)
  throw new RangeError(`there is no field ${name}; there are ${Object.keys(fieldTasks)}`);

// The reactions are those of Dack, Qureshi, Ouldridge & Plesa; the fit is ours.
const { settings, rmse, scale } = await trainRncrn(task, task);
console.log(`${task.title}: off by ${rmse.toPrecision(2)} (rms) of ${scale.toPrecision(2)}`);

const starts =
  name === 'bistable'
    ? [[0.4], [2.8], [3.2], [6]]
    : [
        [4.8, 5],
        [7.4, 5],
      ];
for (const start of starts) {
  const { network, title } = rncrn({ ...settings, start });
  if (start === starts[0]) console.log(title);
  const saveAt = Array.from({ length: 401 }, (_, k) => 60 + k / 10);
  const x = (await simulate(network, { to: 100, saveAt })).column('X_1');
  const [least, most] = [Math.min(...x), Math.max(...x)].map((value) => value.toFixed(2));
  console.log(`from ${start.join(', ')}: from t = 60 on X_1 lies between ${least} and ${most}`);
}
