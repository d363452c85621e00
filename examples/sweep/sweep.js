// A sweep from a program, with a store that the next run goes on from:  node examples/sweep/sweep.js
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseNetwork } from 'neural-crn';
import { createPool, planSweep, runSweep, sweepTable, tableCsv } from 'neural-crn/batch';
import { openStore } from 'neural-crn/batch/store';

const here = new URL('.', import.meta.url);
const out = new URL(process.argv[2] ?? '../../out/sweep-example/', here);
const { network } = parseNetwork(readFileSync(new URL('brusselator.crn', here), 'utf8'));
const plan = planSweep({
  target: { kind: 'simulate', network },
  grid: { B: { from: 1, to: 4, points: 13 } },
  take: [{ what: 'range X from 50', as: 'swing' }],
});

mkdirSync(out, { recursive: true });
const store = openStore(fileURLToPath(new URL('results.jsonl', out)), plan);
console.log(`${store.outcomes.size} of ${plan.cases.length} cases are there`);
const pool = createPool();
const { outcomes } = await runSweep(pool, plan, { store });
await pool.dispose();
store.close();

const table = sweepTable(plan, outcomes);
writeFileSync(new URL('results.csv', out), [...tableCsv(table)].join(''));
for (const [, B, status, , swing] of table.rows) {
  console.log(`B = ${B.toFixed(2)}  ${status}  swing of X ${swing.toFixed(3)}`);
}
