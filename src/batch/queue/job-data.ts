import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { RESULTS_VERSION } from '../store/identity.js';
import { decode, encode } from './wire.js';

/** A job as it lies in Redis. */
export interface JobData {
  /** Package and kernel that it is to be done by. */
  version: string;
  /** Its input, without what lies by itself. */
  input: string;
  /** Keys of the input whose values are kept once for all jobs that have them, with what they are known by. */
  parts: Record<string, string>;
}

/** What a job came to, encoded. */
export type JobResult = { value: unknown } | { error: unknown };

/** Why a job has failed that nobody waited for any more. */
export const CANCELLED = 'cancelled';

/** A job's input, or a part of it, is kept by itself beyond so many characters. */
const LARGE = 2000;
/** Seconds that parts are kept after their last use. */
export const KEPT = 7 * 24 * 3600;

const sha = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

/** An input cut into what belongs to the job and what it shares, and what the job is known by. */
export function pack(job: string, input: unknown): { id: string; data: JobData; parts: Map<string, string> } {
  const parts = new Map<string, string>();
  const named: Record<string, string> = {};
  let rest = input;
  if (typeof input === 'object' && input !== null && Object.getPrototypeOf(input) === Object.prototype) {
    const own: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(input)) {
      const text = encode(value);
      if (text.length <= LARGE) own[key] = value;
      else {
        named[key] = sha(text);
        parts.set(named[key], text);
      }
    }
    rest = own;
  }
  const data: JobData = { version: RESULTS_VERSION, input: encode(rest), parts: named };
  return { id: `job-${sha(JSON.stringify([job, data]))}`, data, parts };
}

/** The parts of a queue's jobs. */
export class Parts {
  /** Those that are known to be there, with when that was. */
  private readonly put = new Map<string, number>();
  private readonly got = new Map<string, unknown>();

  constructor(
    private readonly redis: Redis,
    private readonly key: (what: string) => string,
  ) {}

  /** Puts parts where workers find them. */
  async keep(parts: ReadonlyMap<string, string>): Promise<void> {
    for (const [id, text] of parts) {
      const now = Date.now();
      // Long before they are dropped there.
      if (now - (this.put.get(id) ?? 0) < (KEPT * 1000) / 4) continue;
      this.put.set(id, now);
      await this.redis.set(this.key(`part/${id}`), text, 'EX', KEPT);
    }
  }

  /** After Redis has lost what it had. */
  forget(): void {
    this.put.clear();
  }

  /** A job's whole input; `undefined` where a part of it is not there any more. */
  async unpack({ input, parts }: JobData): Promise<{ input: unknown } | undefined> {
    const whole = decode(input);
    for (const [key, id] of Object.entries(parts)) {
      if (!this.got.has(id)) {
        const text = await this.redis.get(this.key(`part/${id}`));
        if (text === null) return undefined;
        // A worker runs one sweep or two at a time.
        if (this.got.size >= REMEMBERED) this.got.delete(this.got.keys().next().value as string);
        this.got.set(id, decode(text));
      }
      (whole as Record<string, unknown>)[key] = this.got.get(id);
    }
    return { input: whole };
  }
}

const REMEMBERED = 8;
