import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'vitest';
import { compileCrnpp, crnppPeaks, parseCrnpp } from '../../src/circuits/crnpp/index.js';
import { analyse, printNetwork, simulate } from '../../src/index.js';

test('x', async () => {
  const folder = new URL('../examples/crnpp/', import.meta.url);
  for (const f of readdirSync(folder)) {
    const { program, issues } = parseCrnpp(readFileSync(new URL(f, folder), 'utf8'));
    console.log(f, issues);
    if (!program) continue;
    const { network, phases } = compileCrnpp(program);
    const a = analyse(network);
    const n = Math.max(1, phases.length);
    const times = Array.from({ length: 9 }, (_, k) => crnppPeaks.first + crnppPeaks.spacing * n * (k + 1));
    const t0 = performance.now();
    const s = await simulate(network, {
      to: times.at(-1)! + 1,
      saveAt: phases.length ? times : [5, 10, 20, 40],
    });
    console.log(
      f,
      a.species,
      a.reactions,
      a.maxMolecularity,
      phases.length,
      s.stats.steps,
      `${performance.now() - t0} ms`,
    );
    const names = {
      'gcd.crnpp': ['a', 'b'],
      'factorial.crnpp': ['product', 'factor'],
      'sqrt.crnpp': ['root'],
      'e.crnpp': ['sum'],
      'pi.crnpp': ['pi'],
      'distance.crnpp': ['distance'],
      'counter.crnpp': ['count'],
    }[f]!;
    for (const name of names) console.log(name, [...s.column(name)].map((v) => v.toPrecision(7)).join(' '));
    if (phases.length) console.log([...s.column(phases[0].species)].join(' '));
    if (f === 'gcd.crnpp') console.log(printNetwork(network));
  }
}, 600000);
