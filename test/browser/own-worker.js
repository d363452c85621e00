/** A worker of the application that simulates by itself. */
import { parseNetwork, simulate } from 'neural-crn';

self.onmessage = async ({ data }) => {
  const { network } = parseNetwork(data);
  const finals = [];
  for (const engine of ['wasm', 'js']) finals.push((await simulate(network, { to: 1, engine })).final.A);
  self.postMessage(finals);
};
