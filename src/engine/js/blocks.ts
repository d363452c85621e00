/** The twin of `assembly/blocks.ts`: the same words, one block after the other. */
import { D_WORDS } from '../../../assembly/stochastic/layout';
import { advanceCounter, threefry } from '../../../assembly/stochastic/threefry';

export function fillWords(stream: number): void {
  const out = stream + (D_WORDS << 2);
  for (let block = 0; block < 4; block++) threefry(stream, block, out + (block << 2));
  advanceCounter(stream);
}
