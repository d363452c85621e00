import type { WorkerHandle } from './messages.js';

/** What `createWorker` has given: a worker, or one that knows how to be used by a pool. */
export const handleOf = (worker: Worker | WorkerHandle): WorkerHandle =>
  'listen' in worker ? worker : webWorker(worker);

/** A worker of a page as the pool uses it, for `createWorker`. */
export function webWorker(worker: Worker): WorkerHandle {
  return {
    post: (message) => worker.postMessage(message),
    listen({ message, end }) {
      worker.onmessage = ({ data }) => message(data);
      worker.onmessageerror = () => end('a message could not be read');
      // A script that does not load says nothing more than that.
      worker.onerror = (event) =>
        end(
          event.message ||
            'its script could not be loaded; where a bundler or host does not find it, give createWorker',
        );
    },
    hold: () => {},
    terminate: () => worker.terminate(),
  };
}
