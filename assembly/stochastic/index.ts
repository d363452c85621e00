// Stochastic simulation: what the kernel exports for it beside the ABI of ../index.ts.
export { advanceEvents, startEvents } from './advance';
export { exponential, uniform } from './draws';
export { poisson } from './poisson';
