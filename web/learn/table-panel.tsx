import { useRef, useState } from 'preact/hooks';
import { Button } from '../design/button';
import { Check, NumberField, Select } from '../design/fields';
import { Panel } from '../design/panel';
import { change, chooseTable, columns, description, setup, tableText } from './store';

/** Part of the rows held back. */
const part = (value: number) => (value > 0 && value < 1 ? undefined : 'between 0 and 1');

const EXAMPLE = `length,width,height,kind
${Array.from({ length: 60 }, (_, k) => {
  const [a, b, c] = [(k * 37) % 60, (k * 23) % 50, (k * 11) % 40].map((value) => 1 + value / 20);
  return `${a.toFixed(2)},${b.toFixed(2)},${c.toFixed(2)},${a + 0.5 * b > 3.4 ? 'large' : 'small'}`;
}).join('\n')}
`;

/** Your own table: dropped, chosen, or pasted. */
export function TablePanel() {
  const [over, setOver] = useState(false);
  const [pasted, setPasted] = useState('');
  const file = useRef<HTMLInputElement>(null);
  const { table } = setup.value;
  const described = description.value;
  const names = columns.value;
  const read = described?.table;
  return (
    <Panel
      title="Your table"
      tools={
        read ? (
          <span class="muted small number">
            {read.rows.toLocaleString('en')} rows, {described.train.targets.length} to learn from
          </span>
        ) : undefined
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is one of three ways; the others are controls */}
      <div
        class={over ? 'drop over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          const dropped = event.dataTransfer?.files[0];
          const text = event.dataTransfer?.getData('text/plain');
          if (dropped) chooseTable(dropped, dropped.name.replace(/\.[^.]*$/, ''));
          else if (text) chooseTable(text, 'table');
        }}
      >
        <p>Drop a CSV file here: numbers in columns, one column to predict. It stays in your browser.</p>
        <div class="row">
          <Button onPress={() => file.current?.click()}>Choose a file</Button>
          <Button look="quiet" onPress={() => chooseTable(EXAMPLE, 'boxes')}>
            Try an example
          </Button>
          <input
            ref={file}
            type="file"
            class="visually-hidden"
            accept=".csv,.tsv,.txt,text/csv,text/plain"
            tabIndex={-1}
            aria-label="Table"
            onChange={({ currentTarget }) => {
              const [chosen] = currentTarget.files ?? [];
              if (chosen) chooseTable(chosen, chosen.name.replace(/\.[^.]*$/, ''));
              currentTarget.value = '';
            }}
          />
        </div>
      </div>
      <details class="more">
        <summary>Paste a table</summary>
        <textarea
          class="input paste code"
          aria-label="Table as text"
          rows={6}
          spellcheck={false}
          placeholder={'x1,x2,y\n1.0,2.0,5.1\n…'}
          value={pasted}
          onInput={({ currentTarget }) => setPasted(currentTarget.value)}
        />
        <Button disabled={pasted.trim() === ''} onPress={() => chooseTable(pasted, 'table')}>
          Use it
        </Button>
      </details>
      {names.length > 0 ? (
        <div class="fields roomy">
          <Select
            label="Column to predict"
            value={table.target}
            choices={names.map((name) => ({ value: name, title: name }))}
            onChange={(target) =>
              change({ table: { ...table, target, classes: null }, circuit: {}, epochs: null })
            }
          />
          <NumberField
            label="Part held back"
            value={table.test}
            check={part}
            onChange={(test) => change({ table: { ...table, test } })}
          />
          <Check
            label="Its cells are names of classes"
            value={table.classes ?? (described?.classes.length ?? 0) > 0}
            onChange={(classes) => change({ table: { ...table, classes }, circuit: {}, epochs: null })}
          />
        </div>
      ) : null}
      {read && tableText() === null ? (
        <p class="muted small">The table is too large to travel in a link.</p>
      ) : null}
    </Panel>
  );
}
