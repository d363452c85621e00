/** What a page's plain `<script>` gets, as the global `neuralCrn`. */
export * as circuits from './circuits/index.js';
export * from './index.js';
export * as learning from './learning/index.js';
export { createWorkerSimulator } from './web/index.js';
