// Sensitivities: what the full kernel exports for them beside the ABI of ../index.ts.
export { beginPull, pullBack, pullRow, replay } from './adjoint';
export { foldCotangent, foldTangent } from './fold';
export { noteTangentTotals } from './totals';
