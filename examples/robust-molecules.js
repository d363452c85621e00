// How learning stands few molecules: success against the volume. Draws are kept as they are done: whoever stops it and starts it
// again, perhaps with more draws, goes on.
//   node examples/robust-molecules.js TASK[:RECIPE] VOLUME,… DRAWS [FOLDER [FIGURE.svg]]
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createPool, robustnessOver } from 'neural-crn/batch';
import { tasks } from 'neural-crn/learning';
import { renderSvg, successFigure } from 'neural-crn/plot';

const [what = 'linear-regression', volumes = '30,100', draws = '2', folder, file] = process.argv.slice(2);
const [name, recipe] = what.split(':');
const task = await tasks[name].create(recipe === undefined ? {} : { recipe });
const success = task.grid === undefined ? 'loss < 1.5x' : 'gridAccuracy >= 0.95x';

/** A pool that keeps what a study reads of each job in a file named by what the job is. */
function keeping(pool, folder) {
  mkdirSync(folder, { recursive: true });
  const run = async (job, input, options) => {
    const id = createHash('sha256')
      .update(JSON.stringify([job, input]))
      .digest('hex')
      .slice(0, 24);
    const path = `${folder}/${id}.json`;
    if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8'));
    const { report, failure } = await pool.run(job, input, options);
    const kept = { report, ...(failure && { failure }) };
    writeFileSync(`${path}.part`, JSON.stringify(kept));
    renameSync(`${path}.part`, path);
    return kept;
  };
  return { size: pool.size, run };
}

const workers = createPool();
const pool = folder === undefined ? workers : keeping(workers, folder);
const study = { vary: 'volume', volume: volumes.split(',').map(Number), draws: Number(draws) };
const { studies, nominal, measures } = await robustnessOver(pool, task, study, success);
await workers.dispose();

const [measure] = measures;
console.log(`${name}: ${measure} of rate equations ${nominal.values[measure].toPrecision(3)}`);
for (const { volume, successes, interval, distributions, failures } of studies) {
  const { median } = distributions[measure];
  const percent = interval.map((part) => Math.round(100 * part)).join('–');
  const failed = failures.map(({ code, count }) => `, ${count} × ${code}`).join('');
  console.log(
    `${String(volume).padStart(6)} molecules: ${successes} of ${draws} (${percent} %), median ${median?.toPrecision(3)}${failed}`,
  );
}
if (file !== undefined) {
  // Outside of a page a figure needs a document to be drawn in.
  const { parseHTML } = await import('linkedom');
  const { document } = parseHTML('<html></html>');
  const series = [
    {
      name,
      sigma: studies.map(({ volume }) => volume),
      rate: studies.map(({ rate }) => rate),
      low: studies.map(({ interval }) => interval[0]),
      high: studies.map(({ interval }) => interval[1]),
    },
  ];
  const label = 'molecules to a concentration of 1';
  const figure = successFigure({
    title: `${name} at a finite volume`,
    success,
    label,
    xScale: 'log',
    series,
  });
  writeFileSync(file, renderSvg(figure, { document }));
}
