// An oscillator among 36 candidate reactions, found by a digital trainer:  node examples/design-network.js
import { printNetwork, simulate } from 'neural-crn';
import { candidateReactions, design } from 'neural-crn/discover';

// What is wanted: X, Y and Z swing about 1/3, a third of a period of 10 apart, for two periods.
const species = ['X', 'Y', 'Z'];
const at = (time, s) => (1 + 0.5 * Math.sin((2 * Math.PI * time) / 10 - (2 * Math.PI * s) / 3)) / 3;
const times = Array.from({ length: 40 }, (_, i) => (i + 1) / 2);
const initial = Object.fromEntries(species.map((name, s) => [name, at(0, s)]));
const values = Object.fromEntries(species.map((name, s) => [name, times.map((time) => at(time, s))]));

const found = await design(candidateReactions({ species }), { initial, times, values });
console.log(`${found.reactions.length} of ${found.candidates} reactions, error ${found.error.toFixed(3)}`);
console.log(printNetwork(found.network));

const solution = await simulate(found.network, { initial, to: 200, save: 2000 });
const late = solution.column('X').subarray(1500);
console.log(
  `after 15 periods X swings from ${Math.min(...late).toFixed(2)} to ${Math.max(...late).toFixed(2)}`,
);
