import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { simulate } from '../../src/index.js';
import { formatNamed } from '../../src/io/index.js';
import { robertson } from '../problems/index.js';
import { networkOf } from '../tools/network.js';

const folder = mkdtempSync(join(tmpdir(), 'neural-crn-programs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const works = (command: string, args: string[]) => spawnSync(command, args, { timeout: 60_000 }).status === 0;
const hasOctave = works('octave', ['--no-gui', '--quiet', '--eval', '1;']);
/** The first on the path may be one without Debian's packages. */
const python = ['python3', '/usr/bin/python3'].find((command) =>
  works(command, ['-c', 'import scipy.integrate']),
);
if (!hasOctave) console.log('Octave is not here: the files for it are written, but not run');
if (python === undefined)
  console.log('Python with SciPy is not here: the files for it are written, but not run');

/** Phases, doses of both kinds, held species, orders that are no whole numbers, names that need care, formulas. */
const experiment = `param k1 = 0.4; param half = k1/2; param \`odd name\` = exp(-half)^2
  init A = 1; init B+ = 0.5; const F = 2; init \`it's, "odd"\` = sqrt(4)
  grow: A + 2 B+ ->{k1} P[1,2]
  go: A -> B+ [rate half*A^0.5*P[1,2]]
  F -> A + F
  P[1,2] ->{\`odd name\`} ∅
  \`it's, "odd"\` -> 0.5 A [rate 2^-1*\`it's, "odd"\`^1.5]
  observable Net = A - 2 B+, Nothing = 0
  phase one 1.5: grow, go
  phase two 2*half: grow
  dose B+ += 1 at one; dose P[1,2] = 0.25 at two; dose A += k1 at two
  simulate to 7 save 20 rtol 1e-9 atol 1e-13 atol A=1e-12`;

const stiff = `${robertson.text}\nsimulate to 40 save log 1e-3 40 30 rtol 1e-9 atol 1e-13`;

async function expectSame(printed: string, text: string): Promise<void> {
  const [head, ...lines] = printed.trim().split('\n');
  const solution = await simulate(networkOf(text));
  const [ownHead, ...ownLines] = solution.toCSV().trim().split('\n');
  expect(head).toBe(ownHead);
  expect(lines).toHaveLength(ownLines.length);
  const table = (rows: string[]) => rows.map((row) => row.split(',').map(Number));
  const [theirs, ours] = [table(lines), table(ownLines)];
  for (let k = 0; k < ours[0]!.length; k++) {
    const largest = Math.max(...ours.map((row) => Math.abs(row[k]!)), 1e-12);
    for (const [i, row] of ours.entries()) {
      expect(Math.abs(row[k]! - theirs[i]![k]!), `column ${k}, row ${i}`).toBeLessThan(1e-6 * largest);
    }
  }
}

describe.each([
  ['an experiment', experiment],
  ['a stiff problem', stiff],
])('%s', (_, text) => {
  const network = networkOf(text);

  // Without the program there is nothing to compare with; a line above says so.
  it.skipIf(python === undefined)('runs in Python as it runs here', async () => {
    const file = join(folder, 'model.py');
    writeFileSync(
      file,
      formatNamed('python', 'write').write!(network, { name: 'a \'name\' with \\ and """' }),
    );
    await expectSame(execFileSync(python!, [file], { encoding: 'utf8' }), text);
  });

  // As above: the programs are not the project's to install.
  it.skipIf(!hasOctave)('runs in Octave as it runs here', async () => {
    writeFileSync(join(folder, 'model.m'), formatNamed('octave', 'write').write!(network, { name: 'model' }));
    const args = ['--no-gui', '--quiet', '--path', folder, '--eval', 'model();'];
    await expectSame(
      execFileSync('octave', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
      text,
    );
  });
});

/** The Jacobian of a written file against differences of its derivative, in the program itself. */
// Without SciPy there is nobody to take the differences.
it.skipIf(python === undefined)('the Jacobian of the Python file is that of its derivative', () => {
  const file = join(folder, 'slopes.py');
  writeFileSync(file, formatNamed('python', 'write').write!(networkOf(experiment)));
  const check = `import sys; sys.path.insert(0, ${JSON.stringify(folder)})
import numpy as np, slopes as m
k = m.constants(m.parameters()); x = np.array([0.7, 0.4, 2.0, 1.3, 0.9]); h = 1e-6
J = np.array([(m.derivative(0, x + h * e, k) - m.derivative(0, x - h * e, k)) / (2 * h) for e in np.eye(5)]).T
print(np.abs(J - m.jacobian(0, x, k)).max())`;
  expect(Number(execFileSync(python!, ['-c', check], { encoding: 'utf8' }))).toBeLessThan(1e-8);
});

describe('files that are not run here', () => {
  it('LaTeX: every brace, environment and row of a table is closed', () => {
    const text = formatNamed('latex', 'write').write!(
      networkOf(`${experiment}; compartment \`c_1 & 2%\` 2: A; amount F`),
      {
        name: 'a_b & #1 $',
      },
    );
    const bare = text.replace(/\\\\/g, '').replace(/\\[{}$&#%_]/g, '');
    let depth = 0;
    for (const character of bare) {
      if (character === '{') depth++;
      if (character === '}') depth--;
      expect(depth).toBeGreaterThanOrEqual(0);
    }
    expect(depth).toBe(0);
    expect((bare.match(/\$/g) ?? []).length % 2).toBe(0);
    const open: string[] = [];
    let columns = 0;
    for (const line of text.split('\n')) {
      const begin = /^\\begin\{(\w+\*?)\}(?:\{(.*)\})?$/.exec(line);
      if (begin) {
        open.push(begin[1]!);
        columns = (begin[2] ?? '').replace(/p\{[^}]*\}/g, 'p').length;
      }
      const end = /^\\end\{(\w+\*?)\}$/.exec(line);
      if (end) expect(open.pop()).toBe(end[1]);
      if (open.at(-1) === 'longtable' && line.endsWith('\\\\')) {
        expect(line.replace(/\\&/g, '').split('&').length, line).toBe(columns);
      }
    }
    expect(open).toEqual([]);
    expect(text).not.toMatch(/[^\x20-\x7e\n]/);
  });

  it('Catalyst.jl: factorials off, explicit laws as they stand, phases as callbacks', () => {
    const text = formatNamed('catalyst', 'write').write!(networkOf(experiment));
    expect(text).toContain('@combinatoric_ratelaws false');
    expect(text).toContain('F = 2.0, [isconstantspecies = true]');
    expect(text).toMatch(/gate1\*half\*A\^0\.5\*P_1_2, A => B_p {2}# go/);
    expect(text).toMatch(/\n {4}k1, A \+ 2\*B_p --> P_1_2 {2}# grow/);
    expect(text).toContain(
      'gates = Pair{Symbol, Float64}[:gate1 => 0.0], doses! = integrator -> (integrator[:P_1_2] = 0.25; integrator[:A] += 0.4; nothing))',
    );
    // The first phase's dose is in the starting value.
    expect(text).toContain('B_p(t) = 1.5');
  });
});
