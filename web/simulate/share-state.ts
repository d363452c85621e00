import { methods } from './methods';
import { firstPreset, loadPreset, type Preset } from './presets';
import type { RunSettings } from './protocol';
import type { Changes } from './values';

/** All that a link to the Simulate view holds. */
export interface SharedState {
  text: string;
  changes: Changes;
  settings: RunSettings;
  logTime: boolean;
  logConcentration: boolean;
  hidden: readonly string[];
}

/** Longer addresses are cut by some programs that pass them on. */
const LONGEST = 30_000;
/** A text that a link unpacks to; more is no network that anybody wrote into one. */
const MOST_TEXT = 5_000_000;

const base64 = (bytes: Uint8Array): string => {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
};

const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (character) => character.charCodeAt(0));

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  by: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  const reader = new Blob([bytes]).stream().pipeThrough(by).getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > MOST_TEXT) throw new RangeError('the text of the link is too long');
    parts.push(value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A text as `[A-Za-z0-9_-]`, packed. */
export const packText = async (text: string): Promise<string> =>
  base64(await through(new TextEncoder().encode(text), new CompressionStream('deflate')));

export const unpackText = async (packed: string): Promise<string> =>
  new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
    await through(bytesOf(packed), new DecompressionStream('deflate')),
  );

/** Where texts are kept that are too long for an address: they outlive a reload, but no link holds them. */
export interface Drafts {
  put(text: string): void;
  get(): string | null;
}

/**
 * The state as parts of an address. `tooLong` says that the text is not in it, but in `drafts` alone.
 */
export async function printState(
  state: SharedState,
  named: (text: string) => Preset | undefined,
  drafts?: Drafts,
): Promise<{ params: URLSearchParams; tooLong: boolean }> {
  const params = new URLSearchParams();
  const preset = named(state.text);
  let tooLong = false;
  if (preset) params.set('preset', preset.name);
  else {
    const packed = await packText(state.text);
    tooLong = packed.length > LONGEST;
    if (tooLong) {
      params.set('draft', '1');
      drafts?.put(state.text);
    } else params.set('text', packed);
  }
  for (const [id, value] of Object.entries(state.changes)) params.append('v', `${id}=${value}`);
  const { to, rtol, method } = state.settings;
  if (to !== undefined) params.set('to', String(to));
  if (rtol !== undefined) params.set('rtol', String(rtol));
  if (method !== undefined) params.set('method', method);
  if (state.logTime !== (preset?.logTime ?? false)) params.set('x', state.logTime ? 'log' : 'linear');
  if (state.logConcentration !== (preset?.logConcentration ?? false)) {
    params.set('y', state.logConcentration ? 'log' : 'linear');
  }
  const own = preset?.hidden ?? [];
  const isOwn = own.length === state.hidden.length && own.every((name) => state.hidden.includes(name));
  if (!isOwn) for (const name of state.hidden.length > 0 ? state.hidden : ['']) params.append('hide', name);
  return { params, tooLong };
}

const positive = (text: string | null): number | undefined => {
  const value = Number(text ?? Number.NaN);
  return value > 0 && value < Infinity ? value : undefined;
};

/**
 * The state that an address holds; what it does not say is as the preset has it.
 * @throws Error saying in words what is wrong with the link
 */
export async function parseState(params: URLSearchParams, drafts?: Drafts): Promise<SharedState> {
  const name = params.get('preset');
  const preset = name === null ? undefined : await loadPreset(name);
  if (name !== null && !preset)
    throw new Error(`This link asks for a network named “${name}”, and there is none.`);
  const packed = params.get('text');
  let text = preset?.text;
  if (packed !== null) {
    try {
      text = await unpackText(packed);
    } catch {
      throw new Error(
        'This link is damaged: its network cannot be read. Perhaps it was cut when it was copied.',
      );
    }
  } else if (params.has('draft')) {
    const kept = drafts?.get() ?? null;
    if (kept === null) {
      throw new Error('This link is to a network that is too long for a link. Ask for its file instead.');
    }
    text = kept;
  }
  const changes: Record<string, number> = {};
  for (const entry of params.getAll('v')) {
    const equals = entry.lastIndexOf('=');
    const value = Number(entry.slice(equals + 1));
    if (/^[pri]:/.test(entry) && equals > 2 && Number.isFinite(value))
      changes[entry.slice(0, equals)] = value;
  }
  const to = positive(params.get('to'));
  const rtol = positive(params.get('rtol'));
  const method = methods.find(({ value }) => value === params.get('method'))?.value;
  const axis = (key: string, own: boolean | undefined) =>
    params.has(key) ? params.get(key) === 'log' : (own ?? false);
  return {
    text: text ?? firstPreset.text,
    changes,
    settings: {
      ...(to !== undefined && { to }),
      ...(rtol !== undefined && { rtol }),
      ...(method !== undefined && { method }),
    },
    logTime: axis('x', preset?.logTime),
    logConcentration: axis('y', preset?.logConcentration),
    hidden: params.has('hide') ? params.getAll('hide').filter((name) => name !== '') : (preset?.hidden ?? []),
  };
}
