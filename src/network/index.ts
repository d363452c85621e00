/** Networks: the model, its text, its builder, its rules, and what can be said of it without running it. */
export { activeReactions } from './active.js';
export { type Analysis, analyse } from './analyse.js';
export {
  type ConstantInput,
  type CrossingInput,
  type DirectivesInput,
  type DoseMoment,
  type NetworkBuilder,
  NetworkError,
  networkBuilder,
  type ReactionInput,
  type TermsInput,
} from './builder.js';
export { netChange } from './change.js';
export { evaluateExpression, parameterValues, printExpression } from './expression.js';
export { fromFactorialRates } from './factorial-rates.js';
export { initialConcentrations, rateConstants, speciesIndex } from './lookup.js';
export { methodNames } from './methods.js';
export type * from './model.js';
export { type Moiety, moieties } from './moieties.js';
export { parseNetwork } from './parse.js';
export { printNetwork } from './print.js';
export { type RateIndependence, rateIndependence } from './rate-independence.js';
export { validateNetwork } from './validate.js';
