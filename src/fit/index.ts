/**
 * neural-crn/fit: constants and starting concentrations of a network by bounded least squares. Safe in browsers and in Node.
 * @packageDocumentation
 */
export { fit } from './fit.js';
export type { FitReason } from './levenberg-marquardt.js';
export { experimentsOf } from './table.js';
export type * from './types.js';
