// A first simulation in Node:  node examples/first-simulation.js
import { parseNetwork, simulate } from 'neural-crn';

const { network, issues } = parseNetwork(`
  # Robertson's autocatalysis: three reactions whose rates span nine decades.
  init A = 1
  A ->{0.04} B
  2 B ->{3e7} B + C
  B + C ->{1e4} A + C
  simulate to 1e5 save log 1e-6 1e5 12 rtol 1e-8 atol 1e-12 atol B=1e-16
`);
if (network === null)
  throw new Error(issues.map(({ line, message }) => `line ${line}: ${message}`).join('\n'));

const solution = await simulate(network);
console.log(solution.toCSV());
console.log(`${solution.stats.steps} steps; at the end A = ${solution.final.A}`);
