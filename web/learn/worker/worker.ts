import { taskCircuit } from 'neural-crn/learning';
import { CSV } from '../setup';
import { describe, recipeNames } from './describe';
import { Frames } from './frames';
import { Pictures } from './pictures';
import { taskOf } from './plan';
import type { Description, Reply, Request, TableSource } from './protocol';
import { learnerOf, problemOf, Session } from './session';
import { forgetRun, type KeptRun, keepRun, keptRun } from './storage';
import { type ReadTable, readTable } from './table';

const post = (reply: Reply, transfer: Transferable[] = []) => postMessage(reply, { transfer });

let session: Session | undefined;
/** The table read last: a change of settings does not read it again. */
let table: { source: TableSource; read: ReadTable } | undefined;
/** The newest of what was asked for. */
let newest = 0;

/** Longest text of a table that goes back to the page. */
const MOST_TEXT = 300_000;

async function prepare({ id, setup, look, table: source, resume }: Request & { kind: 'prepare' }) {
  newest = id;
  await session?.dispose();
  session = undefined;
  const stored = resume ? await keptRun<KeptRun>('latest') : undefined;
  // Of other settings there is nothing to continue.
  const kept = stored && JSON.stringify(stored.setup) === JSON.stringify(setup) ? stored : undefined;
  let columns: string[] | undefined;
  let where: 'setup' | 'data' = 'data';
  try {
    const given = kept?.table ?? source;
    if (setup.task === CSV && given !== undefined && given !== table?.source)
      table = { source: given, read: await readTable(given) };
    const read = setup.task === CSV ? table?.read : undefined;
    columns = read?.columns;
    if (setup.task === CSV && read === undefined)
      throw new RangeError('drop a table, choose a file, or paste one');
    if (read && !read.columns.includes(setup.table.target)) {
      const [first] = read.columns.slice(-1);
      if (read.columns.length < 2)
        throw new RangeError(
          `the table has one column, "${first}"; it needs one to learn from and one to predict (separated by , ; or tab)`,
        );
      setup = { ...setup, table: { ...setup.table, target: first } };
    }
    const task = kept?.checkpoint.task ?? taskOf(setup, read?.text);
    where = 'setup';
    const circuit = await taskCircuit(task);
    const description: Description = {
      ...describe(task, circuit, setup),
      ...(read && {
        table: {
          columns: read.columns,
          rows: read.rows,
          used: read.used,
          text: read.text.length <= MOST_TEXT ? read.text : null,
        },
      }),
      ...(kept && { resumed: kept.checkpoint.epoch }),
    };
    const learner = await learnerOf(task, circuit, kept?.checkpoint);
    const pictures = new Pictures(learner, description.plane);
    const [asked, text] = [setup, read?.text ?? null];
    const made = new Session({
      look,
      learner,
      pictures,
      frames: new Frames(id, learner, pictures, post),
      tell: (state, problem) => post({ kind: 'state', id, state, ...(problem && { problem }) }),
      keep: (checkpoint) => keepRun('latest', { setup: asked, checkpoint, table: text, saved: Date.now() }),
    });
    if (id !== newest) return void (await made.dispose());
    session = made;
    post({ kind: 'prepared', id, description });
    await made.show();
  } catch (error) {
    if (id !== newest) return;
    post({ kind: 'refused', id, problem: problemOf(error, where), ...(columns && { columns }) });
  }
}

async function takeAlong() {
  const exported = (await session?.export().catch(() => null)) ?? null;
  post({ kind: 'exported', exported });
}

async function saved() {
  const kept = await keptRun<KeptRun>('latest');
  if (kept === undefined) return post({ kind: 'saved', saved: null });
  const { setup, checkpoint, saved } = kept;
  post({
    kind: 'saved',
    saved: { setup, saved, epoch: checkpoint.epoch, experiment: checkpoint.task.experiment },
  });
}

addEventListener('message', ({ data }: MessageEvent<Request>) => {
  switch (data.kind) {
    case 'prepare':
      return void prepare(data);
    case 'run':
    case 'epoch':
    case 'step':
      return session?.go(data.kind);
    case 'pause':
      return session?.pause();
    case 'look':
      return session?.look(data.look);
    case 'drawn':
      return session?.drawn();
    case 'export':
      return void takeAlong();
    case 'saved':
      return void saved();
    case 'forget':
      return void forgetRun('latest');
  }
});

post({ kind: 'ready', recipes: recipeNames() });
