import type { Setup } from '../setup';
import { CSV } from '../setup';
import { namedOptions, tableOptions } from './options';

/** A value as TypeScript. */
function literal(value: unknown, indent = ''): string {
  if (typeof value === 'string') return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  if (value === null || typeof value !== 'object') return String(value);
  const inner = `${indent}  `;
  const entries = Object.entries(value).map(
    ([name, part]) =>
      `${inner}${/^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name)}: ${literal(part, inner)},`,
  );
  return entries.length === 0 ? '{}' : `{\n${entries.join('\n')}\n${indent}}`;
}

const TAIL = `const run = train(task);
for await (const { epoch, trainLoss, validationLoss } of run) {
  console.log(epoch, trainLoss, validationLoss);
}
const { model } = await run.result;
await writeFile('model.json', saveModel(model));
`;

/** The task as it is without its clock inside, where the setup wants none; or with the one it wants. */
function clockLines({ clock, gate, task }: Setup): string {
  if (clock === 'none') return 'delete task.clock;\n';
  if (clock !== null && task === CSV) return `task.clock = ${literal({ kind: clock, gate })};\n`;
  return '';
}

/** TypeScript that trains what the page trains, with the same numbers. */
export function trainingCode(setup: Setup): string {
  if (setup.task === CSV) {
    const { options, circuit } = tableOptions(setup);
    const changed =
      Object.keys(circuit).length > 0 ? `task.circuit = { ...task.circuit, ...${literal(circuit)} };\n` : '';
    return `import { readFile, writeFile } from 'node:fs/promises';
import { csvTask, saveModel, train } from 'neural-crn/learning';

const task = csvTask(await readFile(${literal(`${setup.table.name}.csv`)}, 'utf8'), ${literal(options)});
${changed}${clockLines(setup)}
${TAIL}`;
  }
  const member = /^[A-Za-z_$][\w$]*$/.test(setup.task) ? `.${setup.task}` : `[${literal(setup.task)}]`;
  return `import { writeFile } from 'node:fs/promises';
import { saveModel, ${setup.clock === 'none' ? 'type Task, ' : ''}tasks, train } from 'neural-crn/learning';

const task${setup.clock === 'none' ? ': Task' : ''} = tasks${member}.create(${literal(namedOptions(setup))});
${clockLines(setup)}
${TAIL}`;
}
