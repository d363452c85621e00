import { positive } from '../../network/limits.js';
import { type Names, refuseUnknown } from '../names.js';
import type { RateIndependentOptions, RateIndependentSettings } from './options.js';
import { checkedReluNetwork } from './relu-network.js';

const NAMES: Names<RateIndependentOptions> = {
  network: true,
  x: true,
  inputRails: true,
  reduce: true,
  fractions: true,
  order: true,
  rates: true,
  duration: true,
};

/** What is left of a reaction's transient after so many of its times: e^−10⁴, or 10⁻⁴ where two amounts are equal. */
const RESTING = 1e4;

const choices = {
  inputRails: ['single', 'dual'],
  reduce: ['none', 'inner', 'all'],
  fractions: ['divide', 'scale'],
  order: [2, 'any'],
} as const;

/**
 * Fills in and checks the options of a rate-independent network.
 * @throws RangeError or TypeError naming the option (also one that there is not), or the place in the network
 */
export function rateIndependentSettings(options: RateIndependentOptions): RateIndependentSettings {
  refuseUnknown('option', options, Object.keys(NAMES));
  const { network, inputRails = 'dual', reduce = 'inner', fractions = 'scale', order = 2 } = options;
  const chosen = { inputRails, reduce, fractions, order };
  for (const [name, allowed] of Object.entries(choices)) {
    const value = chosen[name as keyof typeof chosen];
    if ((allowed as readonly unknown[]).includes(value)) continue;
    const words = allowed.map((word) => (typeof word === 'string' ? `'${word}'` : word)).join(' or ');
    throw new RangeError(`${name} must be ${words}, got ${JSON.stringify(value)}`);
  }
  const { sizes } = checkedReluNetwork(network);
  const x = checkedInputs(options.x ?? null, sizes[0]!, inputRails);
  const rates = typeof options.rates === 'object' ? [...options.rates] : (options.rates ?? 1);
  const list = typeof rates === 'number' ? [rates] : rates;
  list.forEach((rate, r) => {
    positive({ [typeof rates === 'number' ? 'rates' : `rates[${r + 1}]`]: rate });
  });
  const {
    duration = RESTING / list.reduce((least, rate) => Math.min(least, rate), Number.POSITIVE_INFINITY),
  } = options;
  positive({ duration });
  return { network, x, inputRails, reduce, fractions, order, rates, duration };
}

function checkedInputs(
  x: readonly number[] | null,
  count: number,
  inputRails: 'single' | 'dual',
): number[] | null {
  if (x === null) return null;
  if (!Array.isArray(x) || x.length !== count) {
    throw new RangeError(
      `x must have ${count} values, got ${Array.isArray(x) ? x.length : JSON.stringify(x)}`,
    );
  }
  x.forEach((value: number, i) => {
    if (!Number.isFinite(value)) throw new RangeError(`x[${i + 1}] must be a finite number, got ${value}`);
    if (value < 0 && inputRails === 'single') {
      throw new RangeError(`x[${i + 1}] cannot be ${value} with inputRails 'single'; use 'dual'`);
    }
  });
  return [...x];
}
