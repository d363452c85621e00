import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'vitest';
import { bionetgen } from '../../src/io/bionetgen/index.js';
import { json } from '../../src/io/json/index.js';
import { text } from '../../src/io/text/index.js';
import { simulate } from '../../src/index.js';

const folder = new URL('../../../shared/data/bionetgen/', import.meta.url);
test('x', async () => {
  for (const name of readdirSync(folder).filter((n) => n.endsWith('.net'))) {
    const source = readFileSync(new URL(name, folder), 'utf8');
    const t0 = performance.now();
    const { network, issues } = bionetgen.read!(source);
    const t1 = performance.now();
    console.log(name, network?.species.length, network?.reactions.length, network?.observables?.length, issues, `${t1 - t0} ms`);
    if (!network) continue;
    const out = bionetgen.write!(network);
    if (out.length < 5000) console.log(out);
    const j = json.write!(network);
    const t2 = performance.now();
    const again = json.read!(j);
    console.log('json', j.length, performance.now() - t2, again.issues.length);
    if (name.startsWith('birth')) console.log(j, text.write!(network));
    const gdat = new URL(name.replace('.net', '.gdat'), folder);
    let table: number[][] = [];
    try { table = readFileSync(gdat, 'utf8').trim().split('\n').slice(1).map((l) => l.trim().split(/\s+/).map(Number)); } catch { continue; }
    const solution = await simulate(network, { to: table.at(-1)![0], saveAt: table.map((r) => r[0]), rtol: 1e-10, atol: 1e-12 });
    network.observables!.forEach(({ name: g }, k) => {
      const col = solution.column(g);
      const max = Math.max(...table.map((r) => Math.abs(r[k + 1])));
      const err = Math.max(...table.map((r, i) => Math.abs(r[k + 1] - col[i])));
      console.log(name, g, err / (max || 1));
    });
  }
  console.log(JSON.stringify(json.read!('{"format":"neural-crn network","version":1,"species":[{"name":"A","initial":"2*"}],"reactions":[{"reactants":[["B",1]],"rate":true},{"foo":1}],"doses":[{"species":"A","amount":1,"at":{"species":"A","direction":"up","level":1}}]}').issues, null, 1));
  console.log(json.read!('{"format":"neural-crn network",\n"version":1,}').issues, json.read!('{"format":"neural-crn network","version":2}').issues, json.read!('{}').issues,json.read!('[1,').issues);
}, 600000);
