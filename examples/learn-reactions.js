// Reactions behind measured concentrations, found by a digital trainer:  node examples/learn-reactions.js
import { readFileSync } from 'node:fs';
import { printNetwork } from 'neural-crn';
import { discover, discoveryData } from 'neural-crn/discover';
import { parseCsv } from 'neural-crn/learning';

const text = readFileSync(new URL('data/courses.csv', import.meta.url), 'utf8');
const { species, experiments } = discoveryData(parseCsv(text));
console.log(`${experiments.length} courses of ${species.join(', ')}`);

const found = await discover(experiments, { reactions: 4 });
for (const { reaction, constant, interval } of found.reactions) {
  const [low, high] = interval.map((end) => end.toFixed(3));
  console.log(`${reaction}: ${constant.toFixed(3)} (${low} to ${high})`);
}
console.log(
  `error ${(100 * found.error).toFixed(1)} % of each species' range\n\n${printNetwork(found.network)}`,
);
