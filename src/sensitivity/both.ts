import type { Follower } from '../simulate/follower.js';

/** Two that follow a vessel's runs; what the first saves with the rows is the width. */
export const both = (first: Follower, second: Follower): Follower => ({
  width: first.width,
  start(prepared) {
    first.start(prepared);
    second.start(prepared);
  },
  begin(...stretch) {
    first.begin(...stretch);
    second.begin(...stretch);
  },
  take(placed) {
    first.take(placed);
    second.take(placed);
  },
  turn(...edge) {
    first.turn(...edge);
    second.turn(...edge);
  },
});
