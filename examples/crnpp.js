// A program that chemistry runs: Euclid's algorithm in CRN++, step by step on a chemical clock.
//   node examples/crnpp.js [a] [b]
import { readFileSync } from 'node:fs';
import { simulate } from 'neural-crn';
import { compileCrnpp, crnppPeaks, parseCrnpp } from 'neural-crn/circuits';

const [a0, b0] = [process.argv[2] ?? 32, process.argv[3] ?? 12].map(Number);

// The larger number loses the smaller one until both are the same. The language is that of Vasić, Soloveichik & Khurshid; the
// folder has other programs.
const text = readFileSync(new URL('./crnpp/gcd.crnpp', import.meta.url), 'utf8');
const { program, issues } = parseCrnpp(text);
for (const { line, message } of issues) console.error(`${line}: ${message}`);
const { network, phases } = compileCrnpp(program, { values: { a0, b0 } });
console.log(
  `${network.species.length} species, ${network.reactions.length} reactions, ${phases.length} phases`,
);

// A turn of the clock is one pass through the steps; no subtraction takes more than these.
const TURNS = 6;
const turn = crnppPeaks.spacing * phases.length;
const saveAt = Array.from({ length: TURNS + 1 }, (_, k) => crnppPeaks.first / 2 + k * turn);
const run = await simulate(network, { to: saveAt[TURNS], saveAt });
saveAt.forEach((_, k) => {
  const [a, b] = ['a', 'b'].map((name) => run.column(name)[k].toFixed(2));
  console.log(`after ${k} turns  a = ${a}  b = ${b}`);
});
