import type { Prepared } from '../simulate/prepare.js';
import type { Derivatives, Sparse } from './derivatives.js';

/**
 * One direction through all rate constants, starting concentrations and doses at once, each by about its own size, with
 * signs and factors that have nothing to do with each other. Its tangent moves wherever a derivative by any of them moves,
 * so that steps which are short enough for it serve the adjoint too.
 */
export function probeOf({ settings, initial, plan }: Prepared): Derivatives {
  const next = generator();
  const move = (sizes: Float64Array): Sparse => ({
    at: Array.from(sizes, (_, place) => place),
    value: Array.from(sizes, (size) => size * next()),
  });
  const doses = [...plan.phases, ...plan.events].flatMap((one) => one.doses);
  const amounts = new Map(doses.map((dose) => [dose, Float64Array.of(dose.amount * next())]));
  return {
    scales: Float64Array.of(1),
    constants: [move(settings.constants)],
    initial: [move(initial)],
    amountOf: (dose) => amounts.get(dose),
    durationOf: () => undefined,
    levelOf: () => undefined,
  };
}

/** Numbers of a size of ½ to 1½ and any sign: Lehmer's generator, always the same. */
function generator(): () => number {
  let state = 1;
  const unit = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  return () => (unit() < 0.5 ? -1 : 1) * (0.5 + unit());
}
