import { parseConcentration, parseRate } from '../units.js';

/** How a network is made of DNA strands: options of {@link translateToDsd}. */
export interface DsdOptions {
  /** What one model unit of concentration stands for. Default `'10 nM'`. */
  concentration?: string;
  /**
   * What the largest constant of the second order stands for. Default: as much as leaves the strands half of their speed
   * for binding without effect (gain 2). Not together with a number for `qMax`.
   */
  rate?: string;
  /** Concentration of every fuel at the start, as a text or in model units. Default `'10 uM'`. */
  cMax?: string | number;
  /** Rate constant of the fastest strand displacement, as a text or in model units. Default `'1e6 /M/s'`. */
  qMax?: string | number;
  /** Whether the binding of signals is made good for. Default true; without, what reacts is slower than it should be. */
  buffered?: boolean;
  /** `'finite'`: fuels are used up. `'held'`: somebody keeps them at their concentration. Default `'finite'`. */
  fuels?: 'finite' | 'held';
  /**
   * Rate constant at which the fuels of a reaction release its products without input, as a text (1 to 10 /M/s are
   * measured) or in model units. Default 0.
   */
  leak?: string | number;
  /** Part of every signal's strands that sticks to fuels without effect, 0 to below 1. Default 0. Not made good for. */
  occlusion?: number;
}

/** The same in model units, where the network decides what was not given. */
export interface DsdSettings {
  /** Of fuels at the start. */
  cMax: number;
  qMax: number;
  buffered: boolean;
  fuels: 'finite' | 'held';
  leak: number;
  occlusion: number;
  /** M in one model unit of concentration. */
  concentration: number;
  /** /M/s that k = 1 of the second order stands for. */
  one: number;
  /** Seconds in one model unit of time. */
  second: number;
}

/** What the settings depend on, in model units. */
export interface Speeds {
  /** Largest constant of the second order; 0 without any. */
  second: number;
  /** Largest constant of the first order. */
  first: number;
  /** Largest sum of the constants with which a signal binds first. */
  binding: number;
}

/** What is assumed where nothing else is said: signals of 10 nM beside fuels of 10 µM. */
export const DSD_DEFAULTS = { concentration: '10 nM', cMax: '10 uM', qMax: '1e6 /M/s' } as const;

const names: readonly (keyof DsdOptions)[] = [
  'concentration',
  'rate',
  'cMax',
  'qMax',
  'buffered',
  'fuels',
  'leak',
  'occlusion',
];

/** Constants are half of the fastest: gain 2. */
const HEADROOM = 2;
/** What releases a product takes at most this part of the time of the fastest reaction of the first order. */
const RELEASE = 0.01;

/**
 * Fills in options.
 * @throws RangeError or TypeError naming an option that cannot be used
 */
export function dsdSettings(options: DsdOptions, speeds: Speeds): DsdSettings {
  for (const name of Object.keys(options)) {
    if (!names.includes(name as keyof DsdOptions)) {
      throw new RangeError(`there is no option "${name}"; the options are ${names.join(', ')}`);
    }
  }
  const { buffered = true, fuels = 'finite', occlusion = 0, rate } = options;
  if (typeof buffered !== 'boolean') {
    throw new TypeError(`buffered must be true or false, got ${JSON.stringify(buffered)}`);
  }
  if (fuels !== 'finite' && fuels !== 'held') {
    throw new RangeError(`fuels must be 'finite' or 'held', got ${JSON.stringify(fuels)}`);
  }
  if (!(occlusion >= 0 && occlusion < 1)) {
    throw new RangeError(`occlusion must be a number from 0 to below 1, got ${occlusion}`);
  }
  const concentration = parseConcentration(options.concentration ?? DSD_DEFAULTS.concentration);
  const { qMax: fastest = DSD_DEFAULTS.qMax, cMax: most = DSD_DEFAULTS.cMax, leak: leaks = 0 } = options;
  const cMax = amount('cMax', most, concentration, parseConcentration);

  let qMax: number;
  let one: number;
  if (typeof fastest === 'number') {
    if (rate !== undefined) {
      throw new RangeError(
        'rate and a number for qMax both set the time; give one of them, or qMax as a text',
      );
    }
    qMax = positive('qMax', fastest);
    one = parseRate(DSD_DEFAULTS.qMax) / qMax;
  } else {
    const largest = parseRate(fastest, 'qMax');
    one =
      rate === undefined
        ? largest / ownFastest(speeds, cMax)
        : parseRate(rate) / (speeds.second > 0 ? speeds.second : 1);
    qMax = Number((largest / one).toPrecision(15));
  }
  const leak = leaks === 0 ? 0 : amount('leak', leaks, one, parseRate);
  return {
    cMax,
    qMax,
    buffered,
    fuels,
    leak,
    occlusion,
    concentration,
    one,
    second: 1 / (one * concentration),
  };
}

/** In model units: fast enough for the network, and no faster, since everything is measured against it. */
const ownFastest = ({ second, first, binding }: Speeds, cMax: number): number =>
  Math.max(HEADROOM * Math.max(second, binding), first / (RELEASE * cMax)) || 1;

function amount(
  name: string,
  given: string | number,
  unit: number,
  parse: (text: string, name: string) => number,
): number {
  // Powers of ten divide with an error in the last digit.
  return typeof given === 'number'
    ? positive(name, given)
    : Number((parse(given, name) / unit).toPrecision(15));
}

function positive(name: string, value: number): number {
  if (value > 0 && Number.isFinite(value)) return value;
  throw new RangeError(`${name} must be a finite number > 0, got ${value}`);
}
