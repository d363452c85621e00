import type { Checkpoint } from 'neural-crn/learning';
import type { Setup } from '../setup';

/** What is kept of a run, so that a reload can continue it. */
export interface KeptRun {
  setup: Setup;
  checkpoint: Checkpoint;
  /** Text of the table it learns from. */
  table: string | null;
  /** When, in milliseconds since 1970. */
  saved: number;
}

const STORE = 'runs';
/** The last run of the Learn view, and of the digits. */
type Slot = 'latest' | 'digits';

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('neural-crn-learn', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('the store is blocked by another page'));
  });
}

async function using<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** Where storage is forbidden or full, nothing is kept, and training goes on. */
const quietly = <T>(work: Promise<T>): Promise<T | undefined> => work.catch(() => undefined);

export const keepRun = <Run extends { checkpoint: Checkpoint }>(slot: Slot, run: Run) =>
  quietly(using('readwrite', (store) => store.put(run, slot)));
export const keptRun = <Run>(slot: Slot) =>
  quietly(using<Run | undefined>('readonly', (store) => store.get(slot)));
export const forgetRun = (slot: Slot) => quietly(using('readwrite', (store) => store.delete(slot)));
