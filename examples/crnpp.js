// A program that chemistry runs: Euclid's algorithm in CRN++, step by step on a chemical clock.
//   node examples/crnpp.js [a] [b]
import { simulate } from 'neural-crn';
import { compileCrnpp, crnppPeaks, parseCrnpp } from 'neural-crn/circuits';

// The larger number loses the smaller one until both are the same. The language is that of Vasić, Soloveichik & Khurshid.
const text = `
crn = {
  conc[a, a0], conc[b, b0],
  step[{ ld[a, oldA], ld[b, oldB], cmp[a, b] }],
  step[{ ifGT[{ sub[oldA, oldB, a] }], ifLT[{ sub[oldB, oldA, b] }] }]
};`;
const [a0, b0] = [process.argv[2] ?? 32, process.argv[3] ?? 12].map(Number);

const { program, issues } = parseCrnpp(`a0 = ${a0}; b0 = ${b0};${text}`);
for (const { line, message } of issues) console.error(`${line}: ${message}`);
const { network, phases } = compileCrnpp(program);
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
