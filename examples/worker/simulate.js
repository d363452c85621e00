// The worker's script.
import { parseNetwork, SolveFailure, simulate } from 'neural-crn';

let controller = new AbortController();

addEventListener('message', async ({ data }) => {
  controller.abort();
  if (data.stop) return;
  controller = new AbortController();
  const { network, issues } = parseNetwork(data.text);
  if (network === null) return postMessage({ message: issues[0].message });
  try {
    const { final, stats } = await simulate(network, {
      to: data.to,
      signal: controller.signal,
      onProgress: ({ fraction }) => postMessage({ fraction }),
    });
    postMessage({ final, steps: stats.steps });
  } catch (error) {
    // A failure says where it ended, and has what was saved before as `partial`.
    const { message, time } = error;
    postMessage({
      message: error instanceof SolveFailure && error.code === 'cancelled' ? `stopped at ${time}` : message,
    });
  }
});
