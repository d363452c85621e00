import type { Tableau } from '../../assembly/tableaus';
import type { CompiledProblem } from '../compile/compile.js';
import { readTables } from '../kernels/tables.js';
import { workOf } from '../kernels/work.js';
import { chooseMethod, explicitGain, LEAST_GAIN, LOOSE_RTOL, type MethodChoice } from './method-choice.js';
import type { Settings } from './settings.js';

/** What was chosen, and why in a few words. */
export interface Choice {
  name: string;
  why: string;
}

interface Choices {
  /** The method that a run begins with. */
  first: Tableau;
  method: Choice;
  other?: Choice;
  linearSolver: Choice;
  kernels: Choice;
}

const ASKED = 'it was asked for';

/** What runs a problem, and why. */
export function explainChoices(settings: Settings, problem: CompiledProblem): Choices {
  const choice = chooseMethod(settings, problem);
  return {
    first: choice.first,
    ...explainMethod(settings, problem, choice),
    linearSolver: explainLinear(settings, problem, choice),
    kernels: explainKernels(settings, problem, choice),
  };
}

function explainMethod(
  { method, rtol, fixedStep }: Settings,
  problem: CompiledProblem,
  { first, other, gain }: MethodChoice,
): Pick<Choices, 'method' | 'other'> {
  const { name } = first;
  if (method !== 'auto') return { method: { name, why: ASKED } };
  if (problem.incomplete) {
    return { method: { name, why: 'factors would fill up, and it goes without them for many steps' } };
  }
  const tolerance = rtol.toExponential();
  const byTolerance =
    rtol >= LOOSE_RTOL ? `cheaper, and enough for rtol ${tolerance}` : `fewer steps at rtol ${tolerance}`;
  if (other !== undefined) {
    const why = `a step costs 1/${gain.toFixed(1)} of one of ${name}, where stiffness allows it`;
    return { method: { name, why: byTolerance }, other: { name: other.name, why } };
  }
  if (fixedStep > 0) return { method: { name, why: `${byTolerance}; steps are fixed` } };
  const less = explicitGain(rtol, problem).toFixed(2);
  const alone = `an explicit step would cost 1/${less} of one, and 1/${LEAST_GAIN} is asked of it`;
  return { method: { name, why: `${byTolerance}; ${alone}` } };
}

function explainLinear(
  { linearSolver }: Settings,
  { incomplete }: CompiledProblem,
  { first, other }: MethodChoice,
): Choice {
  if (first.family === 'explicit') return { name: 'none', why: `${first.name} is explicit` };
  if (incomplete)
    return { name: 'gmres', why: linearSolver === 'gmres' ? ASKED : 'the fill of L + U explodes' };
  if (first.family === 'multistep') {
    return { name: 'lu', why: linearSolver === 'lu' ? ASKED : 'L + U is cheap enough' };
  }
  const when = other === undefined ? '' : ', while it is the one that runs';
  return { name: 'lu', why: `${first.name} factors once a step${when}` };
}

function explainKernels(
  { kernels, engine }: Settings,
  { record, eliminated }: CompiledProblem,
  { shape }: MethodChoice,
): Choice {
  if (eliminated.length > 0) return { name: 'interpreted', why: 'no others compute what is eliminated' };
  if (kernels !== 'auto') return { name: kernels, why: 'they were asked for' };
  if (engine === 'js') return { name: 'interpreted', why: 'the engine js has no others' };
  const { breakEven } = workOf(readTables(record), shape);
  if (breakEven === Number.POSITIVE_INFINITY) {
    return { name: 'interpreted', why: 'as straight lines a problem of this size is no faster' };
  }
  return {
    name: 'auto',
    why: `interpreted for the first ${Math.ceil(breakEven).toLocaleString('en-US')} steps or so, then generated`,
  };
}
