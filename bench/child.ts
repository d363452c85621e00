/** A measuring process: does one job and ends, so that no measurement meets the compiled code or the garbage of another. */
import { Absent } from './absent.js';
import { type JobMessage, type JobReply, jobs } from './jobs.js';

process.once('message', async ({ name, order }: JobMessage) => {
  let reply: JobReply;
  try {
    reply = { answer: await (jobs[name] as (order: unknown) => Promise<unknown>)(order) };
  } catch (error) {
    if (error instanceof Absent) reply = { absent: error.message };
    else reply = { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  process.send!(reply, () => process.disconnect());
});
