/** Runs the suite in the page, and in a worker that this script is as well. */
import { hashes } from './suite.ts';

if (globalThis.document === undefined) {
  self.onmessage = async ({ data }) => {
    try {
      self.postMessage(await hashes(data, false));
    } catch (error) {
      self.postMessage(String(error.stack));
    }
  };
} else {
  globalThis.inPage = (engine) => hashes(engine, true);
  globalThis.inWorker = (engine) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(import.meta.url, { type: 'module' });
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage(engine);
    });
  globalThis.report = async () => 'ready';
}
