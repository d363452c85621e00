import type { FromWorker, ToWorker, WorkerPort } from './messages.js';

/** The pool that started this worker: in a worker thread of Node, or in a page's worker. */
export const workerPort = (): WorkerPort => threadPort() ?? pagePort();

function threadPort(): WorkerPort | undefined {
  const host = (globalThis as { process?: NodeJS.Process }).process;
  // Asked for where it exists: an import would not resolve in a page.
  const parent = host?.getBuiltinModule?.('worker_threads')?.parentPort;
  if (!parent) return undefined;
  return {
    post: (message, moved) => parent.postMessage(message, moved),
    listen: (listener) => {
      parent.on('message', listener);
    },
  };
}

function pagePort(): WorkerPort {
  const scope = globalThis as unknown as {
    postMessage: (message: FromWorker, moved?: ArrayBuffer[]) => void;
    onmessage: (event: { data: ToWorker }) => void;
  };
  return {
    post: (message, moved) => scope.postMessage(message, moved),
    listen: (listener) => {
      scope.onmessage = ({ data }) => listener(data);
    },
  };
}
