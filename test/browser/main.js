/** The application with a worker of its own. */
import { findings } from './app.js';

const own = () =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./own-worker.js', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(`own worker: ${message}`));
    worker.postMessage('init A = 1; A -> B');
  });

globalThis.report = async () => ({ ...(await findings()), own: await own() });
