/** The benchmarks: `npm run bench`. Every figure is a ratio within one run, with the digits reached beside it. */
import { benchEngines } from './engines.js';
import { benchTraining } from './training.js';

await benchEngines();
await benchTraining();
