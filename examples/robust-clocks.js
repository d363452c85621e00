// How well chemical clocks stand rate constants that are not quite right: success against the size of the error.
//   node examples/robust-clocks.js [DRAWS] [FIGURE.svg]
import { writeFileSync } from 'node:fs';
import { networkBuilder } from 'neural-crn';
import { createPool, robustnessOver } from 'neural-crn/batch';
import { coopClock } from 'neural-crn/circuits';
import { renderSvg, successFigure } from 'neural-crn/plot';

const [draws = '6', file] = process.argv.slice(2);

/** C[i] + C[i+1] -> 2 C[i+1] around a ring of any length. `ringClock` refuses even ones, and this shows why. */
function ring(length) {
  const builder = networkBuilder();
  for (let i = 1; i <= length; i++) {
    const next = (i % length) + 1;
    builder.reaction(`pass[${i}]: C[${i}] + C[${next}] -> 2 C[${next}]`).init(`C[${i}]`, i <= 2 ? 1 : 1e-3);
  }
  return { network: builder.build(), phases: ['C[1]', `C[${Math.ceil((length + 1) / 2)}]`] };
}

const clocks = {
  'cooperative, 4': coopClock(),
  'ring, 5': ring(5),
  'ring, 7': ring(7),
  'ring, 4': ring(4),
  'ring, 6': ring(6),
};
const success = 'period within 50% and deviation < 0.2 and leak < 0.02';

const pool = createPool();
const series = [];
for (const [name, clock] of Object.entries(clocks)) {
  const study = {
    vary: { what: 'rates', spread: 'uniform' },
    sigma: [0.05, 0.1, 0.2, 0.3],
    draws: Number(draws),
  };
  const { studies } = await robustnessOver(pool, clock, study, success);
  series.push({
    name,
    sigma: studies.map(({ sigma }) => sigma),
    rate: studies.map(({ rate }) => rate),
    low: studies.map(({ interval }) => interval[0]),
    high: studies.map(({ interval }) => interval[1]),
  });
  for (const { sigma, successes, distributions, failures } of studies) {
    const { period, deviation, leak } = distributions;
    const stopped = failures.reduce((sum, { count }) => sum + count, 0);
    console.log(
      `${name.padEnd(16)} ±${100 * sigma} %: ${successes} of ${draws}, ${stopped} stopped; period ${period.least?.toFixed(1)} to ` +
        `${period.most?.toFixed(1)}, deviation up to ${deviation.most?.toExponential(1)}, leak up to ${leak.most?.toExponential(1)}`,
    );
  }
}
await pool.dispose();
if (file !== undefined) {
  // Outside of a page a figure needs a document to be drawn in.
  const { parseHTML } = await import('linkedom');
  const { document } = parseHTML('<html></html>');
  const title = 'Clocks whose every rate constant is off';
  const figure = successFigure({ title, success, label: 'largest relative error of a constant', series });
  writeFileSync(file, renderSvg(figure, { document }));
}
