/**
 * Experiments whose numbers are known beforehand, measured anew over seeds and held against what the authors, the specification's
 * independent simulation or mathematics say.
 */
export type { Claim, ClaimSource, Judgement, Tolerance, Verdict } from './claim.js';
export { judge } from './claim.js';
export type { ShownDiscovery } from './crnn.js';
export type { ShownProgram } from './crnpp.js';
export type { ShownDesign } from './design.js';
export type { ShownNeuron } from './hebbian.js';
export { claimsOn, LEARNED, type LearnerClaim, learnerClaims } from './learner-claims.js';
export type { ShownField } from './rncrn.js';
export { runValidation, type ValidationJob, type ValidationResult } from './run.js';
export type { ShownResponse } from './steady.js';
export type { Measurement, Validation, ValidationContext, ValidationRecipe } from './validation.js';
export { validationRecipe, validations } from './validations.js';
