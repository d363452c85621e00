// One network with many values of a parameter:  node examples/parameter-sweep.js
import { parseNetwork, simulateMany } from 'neural-crn';

// The Brusselator rests for B below 1 + A² = 2 and oscillates above it.
const { network } = parseNetwork(`
  param B = 3
  init X = 1, Y = 1
  -> X
  X ->{B} Y
  2 X + Y -> 3 X
  X -> ∅
`);
const values = Array.from({ length: 13 }, (_, k) => 1 + k / 4);
const solutions = await simulateMany(
  network,
  values.map((B) => ({ parameters: { B } })),
  { from: 0, to: 100, save: 400 },
);

for (const [k, solution] of solutions.entries()) {
  // After half of the time only what stays is left.
  const late = solution.column('X').subarray(200);
  const swing = Math.max(...late) - Math.min(...late);
  console.log(
    `B = ${values[k].toFixed(2)}  swing of X ${swing.toFixed(3)}  ${'▇'.repeat(Math.round(swing * 6))}`,
  );
}
