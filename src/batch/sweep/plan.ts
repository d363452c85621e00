import { neuralCrn } from '../../circuits/index.js';
import { prepare } from '../../simulate/prepare.js';
import { prepareStochastic } from '../../stochastic/prepare.js';
import type { CasesJob } from './case-job.js';
import { checkSweep } from './check.js';
import { designOf } from './design.js';
import type { CaseOptions } from './nest.js';
import { isRefusal } from './outcome.js';
import { type Quantity, quantitiesOf } from './quantities.js';
import type { Factor } from './ranges.js';
import { type Sweep, SweepError } from './settings.js';
import { simulateOptions } from './simulate-cases.js';
import { stochasticOptions } from './stochastic-cases.js';
import { taskOfCase } from './train-case.js';

/** All cases of a sweep. */
export interface SweepPlan {
  target: Sweep['target'];
  /** Options that the design varies, in the order of their columns. */
  factors: Factor[];
  /** What is kept of every case, in the order of its columns. */
  take: Quantity[];
  /** Every option of every case, common ones included, by full name. */
  cases: CaseOptions[];
  /** For each case the place of the first that is the same: itself, unless a list or a range has one twice. */
  first: number[];
}

/**
 * Checks a sweep and makes its cases.
 * @throws SweepError with everything that is wrong, or where no case at all can be run
 */
export function planSweep(sweep: Sweep): SweepPlan {
  const checked = checkSweep(sweep);
  const take = quantitiesOf(sweep);
  const { factors, cases } = designOf(checked);
  const common = Object.fromEntries(checked.options);
  const complete = cases.map((one) => ({ ...common, ...Object.fromEntries(one) }));
  const firsts = new Map<string, number>();
  const first = complete.map((options, k) => {
    const key = JSON.stringify(Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1)));
    const place = firsts.get(key) ?? k;
    firsts.set(key, place);
    return place;
  });
  const plan: SweepPlan = { target: sweep.target, factors, take, cases: complete, first };
  refuseHopeless(plan);
  return plan;
}

/** The job that runs some cases. */
export function casesOf({ target, take, cases }: SweepPlan, places: readonly number[]): CasesJob {
  const some = { take, cases: places.map((k) => cases[k]) };
  if (target.kind !== 'train') return { kind: target.kind, network: target.network, ...some };
  if ('task' in target) return { kind: 'train', task: target.task, ...some };
  return { kind: 'train', data: target.data, name: target.name ?? 'csv', ...some };
}

/** Where no case can be run, that is found out before the first one is. */
function refuseHopeless({ target, take, cases }: SweepPlan): void {
  let reason: string | undefined;
  for (const options of cases) {
    try {
      if (target.kind === 'simulate') prepare(target.network, simulateOptions(target.network, options));
      else if (target.kind === 'stochastic') {
        const { run: _, ...others } = stochasticOptions(target.network, options, take);
        prepareStochastic(target.network, others);
      } else {
        const { name = 'csv' } = target as { name?: string };
        neuralCrn(taskOfCase('task' in target ? target : { data: target.data, name }, options).circuit);
      }
      return;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      reason ??= error.message;
    }
  }
  const which = cases.length === 1 ? 'the case' : `every one of the ${cases.length} cases`;
  throw new SweepError([{ path: '', message: `${which} is refused, the first one because: ${reason}` }]);
}
