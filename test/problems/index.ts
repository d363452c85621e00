import { brusselator } from './brusselator.js';
import { diffusingBrusselator } from './diffusing-brusselator.js';
import { e5 } from './e5.js';
import { hires } from './hires.js';
import { multistate } from './multistate.js';
import { neuralForward } from './neural-forward.js';
import { orego } from './orego.js';
import { pollu } from './pollu.js';
import type { TestProblem } from './problem.js';
import { repressilator } from './repressilator.js';
import { robertson } from './robertson.js';

export type { TestProblem };
export {
  brusselator,
  diffusingBrusselator,
  e5,
  hires,
  multistate,
  neuralForward,
  orego,
  pollu,
  repressilator,
  robertson,
};

/** Those with reference end states. */
export const referenceProblems: TestProblem[] = [
  robertson,
  hires,
  orego,
  pollu,
  e5,
  brusselator,
  multistate,
  repressilator,
];
