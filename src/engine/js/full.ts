/** The same of the full kernel. */
export * from '../../../assembly/sensitivity/index';
export * from '../../../assembly/stochastic/index';
export * from './index.js';
