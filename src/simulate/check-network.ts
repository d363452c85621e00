import { validateNetwork } from '../network/index.js';
import type { Network } from '../network/model.js';

/** Networks found valid. A network changed after its first run is not looked at again. */
const valid = new WeakSet<Network>();

const lists = ['species', 'parameters', 'reactions', 'phases', 'doses'] as const;

/**
 * Refuses what is no network, and a network that breaks a rule (a negative order, say): built by hand it has not been
 * through the parser's checks.
 * @throws TypeError or RangeError
 */
export function requireNetwork(network: unknown): asserts network is Network {
  if (typeof network !== 'object' || network === null || !lists.every((list) => list in network)) {
    const parsed = typeof network === 'object' && network !== null && 'network' in network;
    const hint = parsed
      ? "pass the result's .network, which is null when its issues hold an error"
      : 'parseNetwork(text).network and networkBuilder().build() give one';
    throw new TypeError(`the first argument must be a network; ${hint}`);
  }
  const candidate = network as Network;
  if (valid.has(candidate)) return;
  const errors = validateNetwork(candidate).filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    const [{ message, hint }] = errors;
    const more = errors.length > 1 ? ` (and ${errors.length - 1} more; validateNetwork lists them)` : '';
    throw new RangeError(
      `the network breaks a rule: ${message}${hint === undefined ? '' : `; ${hint}`}${more}`,
    );
  }
  valid.add(candidate);
}
