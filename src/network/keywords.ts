/** Words that begin a statement other than a reaction. */
export const keywords = [
  'param',
  'init',
  'const',
  'phase',
  'dose',
  'simulate',
  'save',
  'rtol',
  'atol',
  'method',
  'compartment',
  'amount',
  'observable',
] as const;

/** Words that other languages begin such statements with. */
export const otherKeywords = new Map([
  ['parameter', 'param'],
  ['parameters', 'param'],
  ['initial', 'init'],
  ['species', 'init'],
  ['constant', 'const'],
  ['event', 'dose … when'],
  ['to', 'simulate to'],
  ['solve', 'simulate'],
  ['group', 'observable'],
  ['output', 'observable'],
  ['volume', 'compartment'],
]);
