import { macrotask } from '../../../src/simulate/pause';

/** Gives the messages their turn. */
export const turn = (milliseconds = 0): Promise<void> =>
  milliseconds > 0 ? new Promise((resolve) => setTimeout(resolve, milliseconds)) : macrotask();
