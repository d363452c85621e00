import '../learn/learn.css';
import './compare.css';
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { route, writeState } from '../app/route';
import { Button } from '../design/button';
import { Message, Panel } from '../design/panel';
import { Segmented } from '../design/segmented';
import { columnsOf, placeOf, type StoredComparison, type StoredRow, sorted, type TableName } from './columns';
import address from './comparison.json?url';
import { Robustness } from './robustness';

interface Look {
  table: TableName;
  /** A problem, or all of them. */
  problem: string;
  sort: string;
  down: boolean;
}

const ALL = 'all';
const BEGINNING: Look = { table: 'came', problem: ALL, sort: '', down: false };
const TABLES: readonly { value: TableName; title: string }[] = [
  { value: 'came', title: 'What came of it' },
  { value: 'made', title: 'What it is made of' },
  { value: 'off', title: 'With errors' },
];

const look = signal<Look>(BEGINNING);
const found = signal<StoredComparison | undefined>(undefined);
const trouble = signal('');

function change(part: Partial<Look>): void {
  look.value = { ...look.peek(), ...part };
  const { table, problem, sort, down } = look.peek();
  const state = new URLSearchParams();
  if (table !== BEGINNING.table) state.set('table', table);
  if (problem !== ALL) state.set('problem', problem);
  if (sort !== '') state.set('sort', sort);
  if (down) state.set('down', '1');
  writeState('compare', state);
}

/** Takes up what the address says; what is not known there is as in the first view. */
function readAddress(state: URLSearchParams): void {
  change({
    table: TABLES.find(({ value }) => value === state.get('table'))?.value ?? BEGINNING.table,
    problem: state.get('problem') ?? ALL,
    sort: state.get('sort') ?? '',
    down: state.has('down'),
  });
}

async function load(): Promise<void> {
  trouble.value = '';
  try {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`status ${response.status}`);
    found.value = await response.json();
  } catch (error) {
    trouble.value = (error as Error).message;
  }
}

function Table({ rows }: { rows: readonly StoredRow[] }) {
  const { table, sort, down } = look.value;
  const names = [
    {
      name: 'problem',
      title: 'Problem',
      value: (row: StoredRow) => row.problem,
      text: (row: StoredRow) => row.problem,
    },
    {
      name: 'system',
      title: 'System',
      value: (row: StoredRow) => row.title,
      text: (row: StoredRow) => row.title,
    },
  ];
  const columns = columnsOf(table, rows);
  const all = [...names, ...columns];
  const by = all.find(({ name }) => name === sort);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
    <section class="comparison" tabIndex={0} aria-label="Table">
      <table>
        <thead>
          <tr>
            {all.map(({ name, title, ...column }) => (
              <th
                key={name}
                scope="col"
                aria-sort={by?.name === name ? (down ? 'descending' : 'ascending') : undefined}
              >
                <button
                  type="button"
                  title={'about' in column ? column.about : undefined}
                  onClick={() => change({ sort: name, down: by?.name === name ? !down : false })}
                >
                  {title}
                  <span aria-hidden="true">{by?.name === name ? (down ? ' ▾' : ' ▴') : ''}</span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted(rows, by, down).map((row) => {
            const place = placeOf(row);
            return (
              <tr key={`${row.problem} ${row.system}`} class={row.system === 'neural' ? 'own' : undefined}>
                <td>{row.problem}</td>
                <th scope="row">
                  {place === undefined ? (
                    row.title
                  ) : (
                    <a href={place} title={`Run ${row.title} in this page`}>
                      {row.title}
                    </a>
                  )}
                </th>
                {columns.map(({ name, text }) => (
                  <td key={name} class="number">
                    {text(row)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function Figures({ rows, problems }: { rows: readonly StoredRow[]; problems: readonly string[] }) {
  const systems = [...new Set(rows.map(({ system }) => system))];
  const color = (system: string) => `var(--series-${1 + (systems.indexOf(system) % 8)})`;
  return (
    <Panel wide title="Starts that learn, as designed and with errors">
      <div class="robusts">
        {problems.map((problem) => (
          <Robustness key={problem} problem={problem} rows={rows} color={color} />
        ))}
      </div>
      <ul class="legend">
        {systems.map((system) => (
          <li key={system}>
            <svg width="10" height="10" aria-hidden="true">
              <circle cx="5" cy="5" r="4" fill={color(system)} />
            </svg>
            {rows.find((row) => row.system === system)?.title}
          </li>
        ))}
        <li>lines: intervals of 95 %; few starts say little</li>
      </ul>
    </Panel>
  );
}

/** Where Neural CRNs win, and where they lose: `docs/comparison.md` has the numbers. */
function Verdict() {
  return (
    <>
      <Panel title="Where Neural CRNs win">
        <ul class="verdicts">
          <li>
            <strong>Phases.</strong> Two, where the others that have phases have four to nine: most of the
            time in a laboratory.
          </li>
          <li>
            <strong>Reactions.</strong> The fewest of all that learn XOR, lines or irises, each of two
            molecules at most.
          </li>
          <li>
            <strong>Examples.</strong> On XOR a handful of epochs: labels gate the error.
          </li>
          <li>
            <strong>Mismatch.</strong> XOR, OR and irises are learned with rate constants 20 % off by every
            start.
          </li>
        </ul>
      </Panel>
      <Panel title="Where they lose">
        <ul class="verdicts">
          <li>
            <strong>Fidelity.</strong> A rectified circuit's step is further from its ideal than those of
            systems whose modules each come to rest.
          </li>
          <li>
            <strong>Phases at all.</strong> One pot learns XOR without any, with a copy of the network for
            every example.
          </li>
          <li>
            <strong>Dosing.</strong> Every example is dosed by hand; a BFCNN stores its examples and stops
            itself.
          </li>
          <li>
            <strong>Values under mismatch.</strong> Few starts learn a line to 5 % when constants are 20 %
            off.
          </li>
          <li>
            <strong>Inference alone.</strong> A rate-independent network decides irises with 16 reactions,
            trained by a computer.
          </li>
        </ul>
      </Panel>
    </>
  );
}

/** The stored comparison of systems in which chemistry learns. */
export function Compare() {
  useEffect(() => {
    readAddress(route.peek().state);
    if (found.peek() === undefined) void load();
    const again = () => route.peek().view === 'compare' && readAddress(route.peek().state);
    addEventListener('hashchange', again);
    return () => removeEventListener('hashchange', again);
  }, []);
  const comparison = found.value;
  const { table, problem } = look.value;
  const rows = comparison?.rows ?? [];
  const problems = [...new Set(rows.map((row) => row.problem))];
  const isKnown = problems.includes(problem);
  const chosen = isKnown ? rows.filter((row) => row.problem === problem) : rows;
  return (
    <div class="learn compare">
      <h2 class="visually-hidden">Compare</h2>
      {trouble.value === '' ? null : (
        <Message kind="error">
          The table could not be loaded: {trouble}.
          <div class="row">
            <Button onPress={load}>Try again</Button>
          </div>
        </Message>
      )}
      <Panel
        wide
        title="Systems in which chemistry learns, beside each other"
        tools={
          <span class="row">
            <Segmented
              label="Problem"
              value={isKnown ? problem : ALL}
              choices={[ALL, ...problems].map((value) => ({ value, title: value }))}
              onChange={(value) => change({ problem: value })}
            />
            <Segmented
              label="Table"
              value={table}
              choices={TABLES}
              onChange={(value) => change({ table: value, sort: '', down: false })}
            />
          </span>
        }
      >
        <p class="muted small">
          The same data, split, order of rows and stop rule for all: three epochs running in which the pot's
          own answers meet the goal. Made by <code>neural-crn compare</code>
          {comparison ? `, from up to ${comparison.seeds.length} starts` : ''}; some systems had fewer. Names
          that are links run in this page.
        </p>
        {comparison === undefined ? <div class="comparison-waiting" /> : <Table rows={chosen} />}
        {(comparison?.without ?? []).length === 0 ? null : (
          <details class="more">
            <summary>What has no answer</summary>
            <ul class="verdicts small muted">
              {comparison?.without.map(({ title, problem, reason }) => (
                <li key={`${title} ${problem}`}>
                  {title}, {problem}: {reason}
                </li>
              ))}
            </ul>
          </details>
        )}
      </Panel>
      {comparison === undefined ? null : <Figures rows={rows} problems={isKnown ? [problem] : problems} />}
      <div class="learn-main">
        <Verdict />
      </div>
    </div>
  );
}
