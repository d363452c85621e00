/** What keeps a worker at hand, and ends it when it does not listen. */
export interface Client<Request> {
  send(request: Request): void;
  /** Ends the worker and starts another. */
  restart(): void;
}

/** A worker of a script, which answers to `hear`. What it cannot even load, `lost` is told. */
export function createClient<Request, Reply>(
  script: string,
  hear: (reply: Reply) => void,
  lost: (message: string) => void,
): Client<Request> {
  let worker: Worker;
  const start = () => {
    const own = new Worker(script, { type: 'module' });
    worker = own;
    // An ended worker may have left messages on their way.
    own.onmessage = ({ data }: MessageEvent<Reply>) => {
      if (own === worker) hear(data);
    };
    own.onerror = (event) => {
      event.preventDefault();
      if (own === worker) lost(event.message || 'the worker could not be started');
    };
  };
  start();
  return {
    send: (request) => worker.postMessage(request),
    restart() {
      worker.terminate();
      start();
    },
  };
}
