import { netChange } from './change.js';
import type { IssueList } from './issues.js';
import type { Network, Reaction } from './model.js';
import { isWritableName, showName } from './names.js';

/** The terms of one channel are one event, so they change the same species by the same numbers. */
export function checkChannels(network: Network, issues: IssueList): void {
  const first = new Map<string, { change: string; line: number }>();
  for (const [index, reaction] of network.reactions.entries()) {
    const { channel, span } = reaction;
    if (!channel) continue;
    const { name, sign } = channel;
    if (typeof name !== 'string' || !isWritableName(name)) {
      const message = `the name ${JSON.stringify(String(name).slice(0, 40))} of a channel is empty or has a backtick or a line end`;
      issues.error({ code: 'invalidName', message, at: span });
    }
    if (sign !== 1 && sign !== -1) {
      const message = `the sign of reaction number ${index + 1} in its channel is ${String(sign)}; it is 1 or -1`;
      issues.error({ code: 'invalidSign', message, at: span });
      continue;
    }
    const change = describeChange(reaction, sign);
    const before = first.get(name);
    if (!before) {
      first.set(name, { change, line: span?.line ?? 0 });
    } else if (before.change !== change) {
      const where = before.line > 0 ? ` on line ${before.line}` : '';
      const message = `the reaction changes other species, or by other numbers, than the first of the channel ${showName(name)}${where}`;
      const hint = 'a negative term has its two sides exchanged and a `-` before the name of its channel';
      issues.error({ code: 'channelDiffers', message, hint, at: span });
    }
  }
}

/** The net change that one event of the channel makes, in a fixed order. */
function describeChange(reaction: Reaction, sign: 1 | -1): string {
  const terms = netChange(reaction).sort((a, b) => a.species - b.species);
  return terms.map(({ species, value }) => `${species}:${sign * value}`).join(' ');
}
