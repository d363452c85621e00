import { type Checkpoint, taskCircuit } from 'neural-crn/learning';
import { learnerOf, problemOf, Session } from '../../learn/worker/session';
import { forgetRun, keepRun, keptRun } from '../../learn/worker/storage';
import type { Setup } from '../setup';
import { DigitFrames } from './frames';
import { offerFile, offerOwn } from './images';
import { DigitPictures } from './pictures';
import { type Begin, beginWith, describe, taskOf } from './plan';
import type { Description, Reply, Request } from './protocol';
import { Reader } from './reader';

/** What is kept of a run, so that a reload can continue it. */
interface KeptDigits {
  setup: Setup;
  checkpoint: Checkpoint;
  images: string | null;
}

/** A run, with what looks at it. */
interface Run {
  session: Session;
  pictures: DigitPictures;
  reader: Reader;
  speed: number;
}

const post = (reply: Reply, transfer: Transferable[] = []) => postMessage(reply, { transfer });

let run: Run | undefined;
/** The newest of what was asked for. */
let newest = 0;
let asked: { ask: number; pixels: readonly number[] | null } = { ask: 0, pixels: null };

async function end(ended: Run | undefined): Promise<void> {
  await ended?.session.dispose();
  ended?.reader.dispose();
}

async function prepare(request: Request & { kind: 'prepare' }) {
  const { id, setup, look, file, pot } = request;
  newest = id;
  await end(run);
  run = undefined;
  let where: 'setup' | 'data' = 'data';
  try {
    const kept = request.resume ? await keptRun<KeptDigits>('digits') : undefined;
    const images = kept?.images ?? file?.name ?? null;
    if (file) await offerFile(file);
    else await offerOwn();
    where = pot ? 'data' : 'setup';
    const { task, resume }: Begin = kept
      ? { task: kept.checkpoint.task, resume: kept.checkpoint }
      : pot
        ? beginWith(await pot.text(), setup)
        : { task: taskOf(setup) };
    const circuit = await taskCircuit(task);
    const description: Description = {
      ...describe(task, circuit, setup),
      images,
      pot: pot?.name ?? null,
      resumed: resume?.epoch ?? null,
    };
    const learner = await learnerOf(task, circuit, resume);
    const reader = await Reader.create(circuit, task.solver ?? { rtol: 1e-6, atol: 1e-9 });
    const pictures = new DigitPictures(learner, reader, asked);
    const session = new Session({
      look: { speed: look.speed, example: null },
      learner,
      pictures,
      frames: new DigitFrames(id, learner, pictures, post),
      tell: (state, problem) => post({ kind: 'state', id, state, ...(problem && { problem }) }),
      keep: (checkpoint) => keepRun<KeptDigits>('digits', { setup, checkpoint, images }),
    });
    const made = { session, pictures, reader, speed: look.speed };
    if (id !== newest) return void (await end(made));
    run = made;
    post({ kind: 'prepared', id, description });
    await session.show();
  } catch (error) {
    if (id !== newest) return;
    const problem = problemOf(error, where);
    const named = pot ?? file;
    post({
      kind: 'refused',
      id,
      problem: named ? { ...problem, message: `“${named.name}”: ${problem.message}` } : problem,
    });
  }
}

async function saved() {
  const kept = await keptRun<KeptDigits>('digits');
  post({
    kind: 'saved',
    saved: kept ? { epoch: kept.checkpoint.epoch, setup: kept.setup, images: kept.images } : null,
  });
}

addEventListener('message', async ({ data }: MessageEvent<Request>) => {
  switch (data.kind) {
    case 'prepare':
      return void prepare(data);
    case 'run':
    case 'epoch':
    case 'step':
      return run?.session.go(data.kind);
    case 'pause':
      return run?.session.pause();
    case 'speed':
      if (run) run.speed = data.speed;
      return run?.session.look({ speed: data.speed, example: null });
    case 'ask':
      asked = { ask: data.ask, pixels: data.pixels };
      run?.pictures.ask(data.ask, data.pixels);
      return run?.session.look({ speed: run.speed, example: null });
    case 'drawn':
      return run?.session.drawn();
    case 'export':
      return post({ kind: 'exported', exported: (await run?.session.export().catch(() => null)) ?? null });
    case 'saved':
      return void saved();
    case 'forget':
      return void forgetRun('digits');
  }
});
